"""`make train`: trains the recognizer from `corpus/` and writes the weights that ship. Seeded; minutes on two cores.

Nothing is held out at random: each source of phrases is predicted from the other two, with a fifth of the items hidden
(known by their sheets only), so that the ranker learns what evidence is worth on voices and items it has not seen.
"""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path
from random import Random

import numpy as np

from knowledge.corpus.catalogue import load_catalogue
from knowledge.embedding.build import E5_NAME, build_e5
from knowledge.embedding.e5 import E5Embedder
from knowledge.items import ServiceItem
from knowledge.recognition.asking import Asking, load_asking
from knowledge.recognition.build import build_index, catalogue_words
from knowledge.recognition.evidence import CatalogueIndex
from knowledge.recognition.head import NONE, TrainedHead
from knowledge.recognition.spelling import SpellingRepair
from knowledge.recognition.weights import WEIGHTS_FILE, RecognizerWeights, save_weights
from knowledge.recognition.wording import plain_wording
from knowledge.roles import Embedder
from knowledge.training.fitting import Example, fit_head, fit_ranker, likeliest, what_thresholds_keep

_SEED = 20260101
_HIDDEN_SHARE = 0.2
_THRESHOLDS = (0.7, 0.8, 0.85, 0.88, 0.9, 0.95)
_ROOT = Path(__file__).parents[2]


def _only_sheet(item: ServiceItem) -> ServiceItem:
    return replace(item, aliases=(), faq=())


def _no_head(dimensions: int) -> TrainedHead:
    return TrainedHead(classes=(NONE,), weights=np.zeros((1, dimensions), np.float32), bias=np.zeros(1, np.float32))


def _head(asking: Sequence[Asking], embedder: Embedder) -> TrainedHead:
    vectors = embedder.embed_queries([plain_wording(one.query) for one in asking])
    return fit_head(vectors, [one.item or NONE for one in asking])


def _examples(
    index: CatalogueIndex, spelling: SpellingRepair, asked: Sequence[Asking], embedder: Embedder
) -> list[Example]:
    texts = [spelling.repair(plain_wording(one.query)) for one in asked]
    place = {slug: number for number, slug in enumerate(index.slugs)}
    return [
        likeliest(index.evidence(text, vector), place[one.item] if one.item else None)
        for one, text, vector in zip(asked, texts, embedder.embed_queries(texts), strict=True)
    ]


def train(items: Sequence[ServiceItem], asking: Sequence[Asking], embedder: Embedder, cache: Path) -> RecognizerWeights:
    """All parts. `cache` is a folder for vectors."""
    random = Random(_SEED)  # noqa: S311 - a seeded choice of items, no secret
    slugs = [item.slug for item in items]
    with_phrases: dict[str, list[Example]] = {}
    by_sheets: dict[str, list[Example]] = {}
    as_served: dict[str, list[Example]] = {}
    bare = [_only_sheet(item) for item in items]
    sheets = build_index(bare, (), embedder, _no_head(embedder.dimensions), cache)
    sources = sorted({one.source for one in asking})
    for source in sources:
        asked = [one for one in asking if one.source == source]
        hidden = set(random.sample(slugs, round(_HIDDEN_SHARE * len(slugs))))
        known = [one for one in asking if one.source != source and one.item not in hidden]
        shown = [_only_sheet(item) if item.slug in hidden else item for item in items]
        index = build_index(shown, known, embedder, _head(known, embedder), cache)
        with_phrases[source] = _examples(index, catalogue_words(shown, known), asked, embedder)
        by_sheets[source] = _examples(sheets, catalogue_words(bare, ()), asked, embedder)
        pairs = zip(asked, with_phrases[source], strict=True)
        as_served[source] = [example for one, example in pairs if one.item not in hidden]
        _say(f"source {source}: {len(asked)} requests predicted from the other sources")
    _say_what_thresholds_keep("asked", with_phrases, as_served)
    _say_what_thresholds_keep("sheets", by_sheets, by_sheets)
    return RecognizerWeights(
        embedder=embedder.name,
        head=_head(asking, embedder),
        asked=fit_ranker(list(chain.from_iterable(with_phrases.values()))),
        sheets=fit_ranker(list(chain.from_iterable(by_sheets.values()))),
        about=f"trained on {len(asking)} ways of asking of {len(items)} items, sources {', '.join(sources)}",
    )


def _say_what_thresholds_keep(
    name: str, fitted: Mapping[str, list[Example]], judged: Mapping[str, list[Example]]
) -> None:
    """Each source is judged by a ranker fitted on the others: what a threshold does with a voice not heard yet."""
    for source in judged:
        ranker = fit_ranker([example for other, examples in fitted.items() if other != source for example in examples])
        for kept in what_thresholds_keep(judged[source], ranker, _THRESHOLDS):
            _say(
                f"{name}, source {source} left out: accepting from {kept.threshold:.2f} keeps {kept.accepted:.3f}, "
                f"wrong {kept.wrong:.3f}"
            )


def _say(message: str) -> None:
    sys.stderr.write(message + "\n")


def main() -> None:
    """Trains from the repository's corpus."""
    models = _ROOT / "var" / "models"
    build_e5(models / E5_NAME, _say)
    embedder = E5Embedder(models / E5_NAME, remembered=50_000)
    items = load_catalogue(_ROOT / "corpus").items
    weights = train(items, load_asking(_ROOT / "corpus" / "asking"), embedder, _ROOT / "var" / "training")
    save_weights(weights, WEIGHTS_FILE)
    _say(f"written to {WEIGHTS_FILE}: {weights.about}")


if __name__ == "__main__":
    main()
