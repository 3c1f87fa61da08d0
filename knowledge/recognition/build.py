"""Builds the recognizer of a catalogue. A new item needs no training: its sheet is enough to be found."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from knowledge.corpus.requests import OpenRequest, RequestKind
from knowledge.items import ServiceItem
from knowledge.recognition.asking import Asking
from knowledge.recognition.bridge import KnownItems, SheetBridge
from knowledge.recognition.deciding import WITHOUT_PHRASES, Decider, Thresholds
from knowledge.recognition.decision_weights import DecisionWeights, load_decisions
from knowledge.recognition.elsewhere import Elsewhere
from knowledge.recognition.evidence import CatalogueIndex
from knowledge.recognition.head import TrainedHead
from knowledge.recognition.item_names import NamesOfItems
from knowledge.recognition.kinship import Kinship
from knowledge.recognition.open_requests import OpenRequests, OpenView
from knowledge.recognition.recognizer import CatalogueDecisions, LearnedRecognizer
from knowledge.recognition.spelling import SpellingRepair
from knowledge.recognition.vectors import VectorCache
from knowledge.recognition.views import phrase_views, sheet_texts, sheet_views
from knowledge.recognition.weights import RecognizerWeights
from knowledge.recognition.wording import plain_wording
from knowledge.roles import Embedder

_NAME_WEIGHT = 3


def build_index(
    items: Sequence[ServiceItem],
    asking: Sequence[Asking],
    embedder: Embedder,
    *,
    head: TrainedHead,
    bridge: SheetBridge,
    known: KnownItems,
    cache: Path | None = None,
) -> CatalogueIndex:
    """The catalogue's texts with their vectors, taken from the cache folder where they are known."""
    vectors = VectorCache(cache, embedder.name)
    sheets, phrases = sheet_views(items), phrase_views(items, asking)
    index = CatalogueIndex(
        items,
        (sheets, vectors.vectors("passage", [view.text for view in sheets], embedder.embed_passages)),
        (phrases, vectors.vectors("query", [view.text for view in phrases], embedder.embed_queries)),
        head=head,
        bridge=bridge,
        known=known,
    )
    vectors.save()
    return index


def catalogue_words(items: Iterable[ServiceItem], asking: Iterable[Asking]) -> SpellingRepair:
    """Spelling learnt from the catalogue; phrases written with slips on purpose teach nothing about spelling."""
    texts = [plain_wording(one.query) for one in asking if one.style != "typo"]
    for item in items:
        texts += [plain_wording(item.name)] * _NAME_WEIGHT
        texts += [plain_wording(text) for text in (*item.aliases, *(qa.question for qa in item.faq))]
        texts += sheet_texts(item)
    return SpellingRepair(texts)


def build_recognizer(
    items: Sequence[ServiceItem],
    asking: Sequence[Asking],
    embedder: Embedder,
    weights: RecognizerWeights,
    cache: Path | None = None,
    *,
    opened: Sequence[OpenRequest] = (),
    decisions: DecisionWeights | None = None,
) -> LearnedRecognizer:
    """The recognizer of these items. `cache` is a folder where vectors are kept between starts.

    `opened` are requests that leave open which item is meant or want several; `decisions` are those that ship if None.
    """
    head = weights.head_for(embedder.name, embedder.dimensions)
    bridge = weights.bridge_for(embedder.name, embedder.dimensions)
    names = weights.known_for(embedder.name, embedder.dimensions)
    index = build_index(items, asking, embedder, head=head, bridge=bridge, known=names, cache=cache)
    slugs = {item.slug for item in items}
    known = any(one.item in slugs for one in asking)
    decisions = decisions or load_decisions()
    kinship = Kinship(items)
    return LearnedRecognizer(
        index,
        weights.asked if known else weights.sheets,
        spelling=catalogue_words(items, asking),
        embedder=embedder,
        elsewhere=Elsewhere(item.region for item in items),
        decisions=CatalogueDecisions(
            decider=(
                Decider(items, kinship, decisions.asked, Thresholds())
                if known and opened
                else Decider(items, kinship, decisions.sheets, WITHOUT_PHRASES)
            ),
            kinship=kinship,
            names=NamesOfItems(items),
            open_requests=index_open_requests(items, opened, embedder, cache),
        ),
    )


def index_open_requests(
    items: Sequence[ServiceItem], opened: Sequence[OpenRequest], embedder: Embedder, cache: Path | None = None
) -> OpenRequests:
    """The open requests about these items. One with items of another catalogue says nothing here."""
    place = {item.slug: number for number, item in enumerate(items)}
    views = [
        OpenView(plain_wording(one.query), frozenset(place[s] for s in one.items), one.kind is RequestKind.MULTI)
        for one in opened
        if one.kind is not RequestKind.SINGLE and all(slug in place for slug in one.items)
    ]
    # a folder of its own: what one use of a cache file does not touch is dropped from it
    vectors = VectorCache(cache / "open" if cache else None, embedder.name)
    found = vectors.vectors("query", [view.text for view in views], embedder.embed_queries)
    vectors.save()
    return OpenRequests(views, found, len(items))
