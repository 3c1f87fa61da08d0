"""Ways of asking around an act: the same act is a crime to be helped with, or a matter for an office.

Acts and frames stand in `corpus/guarding/`. Both sides use the same acts and groups of people: what is learnt is then
the difference between "how do I do it unseen" and "where do I report it", and not the words of the act.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from random import Random


def read_tsv(path: Path) -> list[tuple[str, str]]:
    """Return the lines of a file as kind and text; lines that begin with # are remarks."""
    lines = path.read_text(encoding="utf-8").splitlines()
    parts = [line.split("\t", 1) for line in lines if line and not line.startswith("#")]
    return [(kind, text) for kind, text in parts]


class Frames:
    """The frames by kind, and texts made of them."""

    def __init__(self, path: Path, rng: Random) -> None:
        by_kind: dict[str, list[str]] = defaultdict(list)
        for kind, text in read_tsv(path):
            by_kind[kind].append(text)
        self._by_kind: Mapping[str, list[str]] = by_kind
        self._rng = rng

    def of(self, kind: str) -> list[str]:
        """The frames of a kind, or the words that are put into frames."""
        return self._by_kind[kind]

    def around(self, words: Iterable[str], kind: str, each: int) -> Iterator[str]:
        """Each word in some frames of the kind."""
        for word in words:
            for frame in self._rng.sample(self._by_kind[kind], each):
                yield frame.format(word)
