"""`make train`: trains the recognizer from `corpus/` and writes the weights that ship. Seeded; minutes on two cores.

Nothing is held out at random. Each writer's phrases are predicted from the other writers', with a fifth of the items
hidden (known by their sheets only), so that the ranker learns what evidence is worth on voices and items it has not
seen. For catalogues of sheets only, each half of the items is predicted by what was learnt on the other half.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from random import Random

import numpy as np

from knowledge.corpus.catalogue import load_catalogue
from knowledge.corpus.requests import RequestKind, open_requests
from knowledge.embedding.build import E5_NAME, build_e5
from knowledge.embedding.e5 import E5Embedder
from knowledge.items import ServiceItem
from knowledge.recognition.asking import Asking, load_asking
from knowledge.recognition.bridge import KnownItems, SheetBridge, known_items
from knowledge.recognition.build import build_index, catalogue_words
from knowledge.recognition.decision_weights import save_decisions
from knowledge.recognition.evidence import CatalogueIndex
from knowledge.recognition.head import NONE, TrainedHead
from knowledge.recognition.spelling import SpellingRepair
from knowledge.recognition.views import sheet_texts
from knowledge.recognition.weights import WEIGHTS_FILE, RecognizerWeights, save_weights
from knowledge.recognition.wording import plain_wording
from knowledge.roles import Embedder
from knowledge.training.bridging import Pairs, fit_bridge
from knowledge.training.decisions import Listener, labelled, learn_decisions
from knowledge.training.fitting import Example, fit_head, fit_ranker, likeliest
from knowledge.training.held_out import Judged, judged, said
from knowledge.training.remembering import RememberingEmbedder

_SEED = 20260101
_HIDDEN_SHARE = 0.2
_ROUNDS = 2
_FOLDS = 5
_ROOT = Path(__file__).parents[2]
_WRITERS = {"F": "E", "G": "E", "H": "E", "I": "E"}
"""Sources by one hand are held out together."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request and the items that are right, of which there may be several or none."""

    query: str
    items: tuple[str, ...]
    writer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """All there is to learn from. `cache` is a folder for vectors."""

    items: Sequence[ServiceItem]
    asking: Sequence[Asking]
    asked: Sequence[Asked]
    embedder: Embedder
    cache: Path


def material(corpus: Path, embedder: Embedder, cache: Path) -> Material:
    """Reads the corpus. Ambiguous requests are asked, and are no way of asking for one item."""
    asking = load_asking(corpus / "asking")
    asked = [Asked(one.query, (one.item,) if one.item else (), _writer(one.source)) for one in asking]
    for several in open_requests(corpus / "asking"):
        if several.kind in (RequestKind.AMBIGUOUS, RequestKind.SINGLE):
            asked.append(Asked(several.query, several.items, _writer(several.source)))
    items = load_catalogue(corpus).items
    return Material(items=items, asking=asking, asked=asked, embedder=embedder, cache=cache)


def _writer(source: str) -> str:
    return _WRITERS.get(source, source)


def only_sheet(item: ServiceItem) -> ServiceItem:
    """The item as another city's catalogue has it: no short names, no frequent questions."""
    return replace(item, aliases=(), faq=())


def _no_head(dimensions: int) -> TrainedHead:
    return TrainedHead(classes=(NONE,), weights=np.zeros((1, dimensions), np.float32), bias=np.zeros(1, np.float32))


def _head(asking: Sequence[Asking], embedder: Embedder) -> TrainedHead:
    vectors = embedder.embed_queries([plain_wording(one.query) for one in asking])
    return fit_head(vectors, [one.item or NONE for one in asking])


def learn_bridge(items: Sequence[ServiceItem], asking: Sequence[Asking], embedder: Embedder) -> SheetBridge:
    """From the sheets of these items and the requests for them."""
    place = {item.slug: number for number, item in enumerate(items)}
    known = [one for one in asking if one.item in place]
    texts = [(number, kind, text) for number, item in enumerate(items) for kind, text in enumerate(sheet_texts(item))]
    return fit_bridge(
        Pairs(
            requests=embedder.embed_queries([plain_wording(one.query) for one in known]),
            wanted=np.array([place[one.item or NONE] for one in known]),
            sheets=embedder.embed_passages([text for _number, _kind, text in texts]),
            owners=np.array([number for number, _kind, _text in texts]),
            kinds=np.array([kind for _number, kind, _text in texts]),
        )
    )


def know_items(items: Sequence[ServiceItem], head: TrainedHead, bridge: SheetBridge, embedder: Embedder) -> KnownItems:
    """The items of the head, by name."""
    turned = bridge.sheets(embedder.embed_passages([plain_wording(item.name) for item in items]))
    return known_items(head, dict(zip([item.slug for item in items], turned, strict=True)))


def _examples(
    index: CatalogueIndex, spelling: SpellingRepair, asked: Sequence[Asked], embedder: Embedder
) -> list[Example]:
    texts = [spelling.repair(plain_wording(one.query)) for one in asked]
    place = {slug: number for number, slug in enumerate(index.slugs)}
    return [
        likeliest(index.evidence(text, vector), [place[slug] for slug in one.items])
        for one, text, vector in zip(asked, texts, embedder.embed_queries(texts), strict=True)
    ]


def by_writer(given: Material) -> dict[str, list[tuple[Asked, Example, bool]]]:
    """Each writer's requests as the others' make them look; true where the item was known with ways of asking."""
    random = Random(_SEED)  # noqa: S311 - a seeded choice of items, no secret
    found: dict[str, list[tuple[Asked, Example, bool]]] = {}
    for writer in sorted({one.writer for one in given.asked}):
        hidden = set(random.sample([item.slug for item in given.items], round(_HIDDEN_SHARE * len(given.items))))
        known = [one for one in given.asking if _writer(one.source) != writer and one.item not in hidden]
        shown = [only_sheet(item) if item.slug in hidden else item for item in given.items]
        bridge = learn_bridge([item for item in shown if item.slug not in hidden], known, given.embedder)
        head = _head(known, given.embedder)
        names = know_items(given.items, head, bridge, given.embedder)
        index = build_index(shown, known, given.embedder, head=head, bridge=bridge, known=names, cache=given.cache)
        asked = [one for one in given.asked if one.writer == writer]
        examples = _examples(index, catalogue_words(shown, known), asked, given.embedder)
        found[writer] = [
            (one, example, not hidden.intersection(one.items)) for one, example in zip(asked, examples, strict=True)
        ]
        say(f"writer {writer}: {len(asked)} requests predicted from the others")
    return found


def by_items(given: Material) -> list[list[Example]]:
    """Half of the items as a catalogue of sheets; head and bridge know only the other half. Then the other way round.

    No item they know is in that catalogue: else the ranker would learn that what they know best is never wanted.
    """
    slugs = [item.slug for item in given.items]
    strangers = [one for one in given.asked if not one.items]
    halves: list[list[Example]] = []
    for round_ in range(_ROUNDS):
        Random(_SEED + round_).shuffle(slugs)  # noqa: S311 - a seeded choice of items, no secret
        for half in range(2):
            hidden = set(slugs[half::2])
            asked = [one for one in given.asked if one.items and hidden.issuperset(one.items)]
            some = [*asked, *strangers[half::2]][round_::_ROUNDS]
            halves.append(never_seen(given, hidden, some))
            say(f"half {len(halves)}/{2 * _ROUNDS}: {len(some)} requests for {len(hidden)} items never seen")
    return halves


def never_seen(
    given: Material, hidden: set[str], asked: Sequence[Asked], others: Sequence[ServiceItem] = ()
) -> list[Example]:
    """How requests look to a catalogue of the hidden items, and others, by sheets alone; only the rest was learnt."""
    seen = [only_sheet(item) for item in given.items if item.slug not in hidden]
    bare = [only_sheet(item) for item in given.items if item.slug in hidden]
    bare += [only_sheet(item) for item in others]
    bridge = learn_bridge(seen, given.asking, given.embedder)
    head = _head([one for one in given.asking if one.item not in hidden], given.embedder)
    names = know_items(seen, head, bridge, given.embedder)
    no_head = _no_head(given.embedder.dimensions)
    index = build_index(bare, (), given.embedder, head=no_head, bridge=bridge, known=names, cache=given.cache)
    return _examples(index, catalogue_words(bare, ()), asked, given.embedder)


def train(given: Material) -> tuple[RecognizerWeights, list[Judged]]:
    """All parts, and how they did on what was left out."""
    writers, halves = by_writer(given), by_items(given)
    report = []
    for writer, left_out in writers.items():
        rest = [example for other, rows in writers.items() if other != writer for _asked, example, _known in rows]
        report.append(
            judged(f"writer {writer}", [example for _asked, example, known in left_out if known], fit_ranker(rest))
        )
    for number, half in enumerate(halves):
        other = halves[number + 1 if number % 2 == 0 else number - 1]
        report.append(judged(f"half {number + 1} of the items, sheets only", half, fit_ranker(other)))
    head = _head(given.asking, given.embedder)
    bridge = learn_bridge([only_sheet(item) for item in given.items], given.asking, given.embedder)
    weights = RecognizerWeights(
        embedder=given.embedder.name,
        head=head,
        bridge=bridge,
        known=know_items(given.items, head, bridge, given.embedder),
        asked=fit_ranker([example for rows in writers.values() for _asked, example, _known in rows]),
        sheets=fit_ranker(list(chain.from_iterable(halves))),
        about=f"trained on {len(given.asking)} ways of asking of {len(given.items)} items, "
        f"writers {', '.join(writers)}",
    )
    return weights, report


def listeners(given: Material, weights: RecognizerWeights) -> dict[str, Listener]:
    """What hears each source without head, phrases and bridge having learnt from its writer."""
    found: dict[str, Listener] = {}
    for writer in sorted({one.writer for one in given.asked}):
        known = [one for one in given.asking if _writer(one.source) != writer]
        head, bridge = _head(known, given.embedder), learn_bridge(given.items, known, given.embedder)
        names = know_items(given.items, head, bridge, given.embedder)
        index = build_index(
            given.items, known, given.embedder, head=head, bridge=bridge, known=names, cache=given.cache
        )
        listener = Listener(index=index, ranker=weights.asked, spelling=catalogue_words(given.items, known))
        found |= {source: listener for source in (writer, *_WRITERS) if _writer(source) == writer}
        say(f"writer {writer} is heard by what the others taught")
    return found


def sheet_listeners(given: Material, weights: RecognizerWeights) -> list[tuple[frozenset[str], Listener]]:
    """For each fifth of the items what hears requests for them by sheets and a bridge learnt on the others."""
    bare = [only_sheet(item) for item in given.items]
    slugs = [item.slug for item in bare]
    Random(_SEED).shuffle(slugs)  # noqa: S311 - a seeded choice of items, no secret
    found = []
    for fold in range(_FOLDS):
        hidden = frozenset(slugs[fold::_FOLDS])
        seen = [item for item in bare if item.slug not in hidden]
        bridge = learn_bridge(seen, given.asking, given.embedder)
        head = _head([one for one in given.asking if one.item not in hidden], given.embedder)
        names = know_items(seen, head, bridge, given.embedder)
        no_head = _no_head(given.embedder.dimensions)
        index = build_index(bare, (), given.embedder, head=no_head, bridge=bridge, known=names, cache=given.cache)
        found.append((hidden, Listener(index=index, ranker=weights.sheets, spelling=catalogue_words(bare, ()))))
    return found


def say(message: str) -> None:
    """To the terminal."""
    sys.stderr.write(message + "\n")


def main() -> None:
    """Trains from the repository's corpus."""
    models = _ROOT / "var" / "models"
    build_e5(models / E5_NAME, say)
    cache = _ROOT / "var" / "training"
    embedder = RememberingEmbedder(E5Embedder(models / E5_NAME), cache / "asked")
    given = material(_ROOT / "corpus", embedder, cache)
    weights, report = train(given)
    save_weights(weights, WEIGHTS_FILE)
    requests = labelled(given.items, given.asking, open_requests(_ROOT / "corpus" / "asking"))
    decisions, kept = learn_decisions(
        requests, given.items, embedder, asked=listeners(given, weights), sheets=sheet_listeners(given, weights)
    )
    embedder.save()
    save_decisions(decisions)
    for line in kept:
        say(line)
    for one in report:
        say(said(one))
    say(f"written to {WEIGHTS_FILE}: {weights.about}")


if __name__ == "__main__":
    main()
