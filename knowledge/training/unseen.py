"""How well items that nobody wrote phrases for are found, by their sheets alone: measured on items left out.

Half of the items of `corpus/` are a catalogue, alone or among another city's; bridge, head and ranker know only the
other half. Run: python -m knowledge.training.unseen [--distractors DIR] [--most N]
"""

import argparse
from collections.abc import Sequence
from pathlib import Path
from random import Random

from knowledge.corpus.catalogue import load_catalogue
from knowledge.embedding.build import E5_NAME
from knowledge.embedding.e5 import E5Embedder
from knowledge.training.fitting import Example, fit_ranker
from knowledge.training.held_out import judged, said
from knowledge.training.remembering import RememberingEmbedder
from knowledge.training.train import Asked, Material, material, never_seen, say

_SEED = 20261122
_EVERY = 3
_ROOT = Path(__file__).parents[2]


def measure(given: Material, distractors: Path | None, most: int) -> None:
    """Says a line for each half of the items."""
    random = Random(_SEED)  # noqa: S311 - a seeded choice of items, no secret
    slugs = [item.slug for item in given.items]
    random.shuffle(slugs)
    halves = [set(slugs[0::2]), set(slugs[1::2])]
    others = list(load_catalogue(distractors).items) if distractors else []
    others = random.sample(others, min(most, len(others)))
    alone: list[list[Example]] = [never_seen(given, hidden, _asked(given, hidden)) for hidden in halves]
    for number, hidden in enumerate(halves):
        ranker = fit_ranker(alone[1 - number])
        among = never_seen(given, hidden, _asked(given, hidden), others) if others else alone[number]
        say(said(judged(f"half {number + 1}, among {len(hidden) + len(others)} items", among, ranker)))


def _asked(given: Material, hidden: set[str]) -> list[Asked]:
    return [one for one in given.asked if hidden.issuperset(one.items)][::_EVERY]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measures on the repository's corpus."""
    parser = argparse.ArgumentParser(description="Measure recognition of items never seen, by their sheets alone.")
    parser.add_argument("--distractors", type=Path, help="a folder of other items' sheets (form of corpus/items)")
    parser.add_argument("--most", type=int, default=10_000, help="of these, so many by chance")
    options = parser.parse_args(arguments)
    cache = _ROOT / "var" / "training"
    embedder = RememberingEmbedder(E5Embedder(_ROOT / "var" / "models" / E5_NAME), cache / "asked")
    measure(material(_ROOT / "corpus", embedder, cache), options.distractors, options.most)


if __name__ == "__main__":
    main()
