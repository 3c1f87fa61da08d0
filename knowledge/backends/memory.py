"""Both kinds of index in memory, exact: for tests, and for searching while the real ones are lost."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from knowledge.errors import IndexDamaged
from knowledge.roles import Vectors
from knowledge.search.bm25 import K1, TITLE_WEIGHT, B, idf, weights
from knowledge.search.roles import DenseIndex, LexicalEntry, LexicalIndex, Scored


class _Posting(NamedTuple):
    row: int
    times: int


class _Field:
    """One field of all passages: postings and lengths."""

    def __init__(self) -> None:
        self.postings: dict[str, list[_Posting]] = defaultdict(list)
        self.lengths: list[int] = []

    def add(self, terms: Sequence[str]) -> None:
        for term, times in Counter(terms).items():
            self.postings[term].append(_Posting(len(self.lengths), times))
        self.lengths.append(len(terms))

    @property
    def mean_length(self) -> float:
        return max(1.0, sum(self.lengths) / max(1, len(self.lengths)))


class MemoryLexicalIndex:
    """Implements `LexicalIndex`. With a `background`, terms are worth what they are worth in both together."""

    def __init__(self, entries: Iterable[LexicalEntry], background: LexicalIndex | None = None) -> None:
        self._ids: list[str] = []
        self._title, self._text = _Field(), _Field()
        self._background = background
        for entry in entries:
            self._ids.append(entry.id)
            self._title.add(entry.title)
            self._text.add(entry.text)

    @property
    def count(self) -> int:
        """How many passages it holds, the background not counted."""
        return len(self._ids)

    def search(self, terms: Sequence[str], limit: int) -> list[Scored]:
        """BM25 over both fields."""
        weighted = weights(terms)
        scores: dict[int, float] = defaultdict(float)
        for field, boost in ((self._title, TITLE_WEIGHT), (self._text, 1.0)):
            known = self._background.frequencies(list(weighted)) if self._background else [0] * len(weighted)
            for (term, weight), elsewhere in zip(weighted.items(), known, strict=True):
                self._add(scores, field, term, boost * weight, elsewhere)
        order = sorted(scores, key=lambda row: (-scores[row], row))[:limit]
        return [Scored(self._ids[row], scores[row]) for row in order]

    def _add(self, scores: dict[int, float], field: _Field, term: str, weight: float, elsewhere: int) -> None:
        postings = field.postings.get(term, ())
        total = self.count + (self._background.count if self._background else 0)
        worth = weight * idf(len(postings) + elsewhere, total)
        mean = field.mean_length
        for row, times in postings:
            damping = K1 * (1.0 - B + B * field.lengths[row] / mean)
            scores[row] += worth * times * (K1 + 1.0) / (times + damping)

    def frequencies(self, terms: Sequence[str]) -> list[int]:
        """In how many of its own passages each term occurs."""
        return [len(self._text.postings.get(term, ())) for term in terms]

    def close(self) -> None:
        """Nothing to let go of."""


class MemoryLexicalEngine:
    """Implements `LexicalEngine`; its indexes live as long as the engine."""

    def __init__(self) -> None:
        self._indexes: dict[Path, MemoryLexicalIndex] = {}
        self._entries: dict[Path, tuple[LexicalEntry, ...]] = {}

    @property
    def name(self) -> str:
        """Stable name."""
        return "memory-lexical-1"

    def build(self, folder: Path, entries: Iterable[LexicalEntry]) -> None:
        """Keep the index under the folder's name."""
        self._entries[folder] = tuple(entries)
        self._indexes[folder] = MemoryLexicalIndex(self._entries[folder])

    def extend(self, former: Path, folder: Path, gone: Sequence[str], entries: Iterable[LexicalEntry]) -> None:
        """Build it again from what was kept."""
        left = [entry for entry in self._entries[former] if entry.id not in set(gone)]
        self.build(folder, (*left, *entries))

    def open(self, folder: Path) -> LexicalIndex:
        """Return what was built; another process's folders are unknown."""
        if folder not in self._indexes or not folder.is_dir():
            raise IndexDamaged(f"No word index was built for {folder}. Run: xiaoshen doctor --repair")
        return self._indexes[folder]

    def remove(self, folder: Path) -> None:
        """Forget the index."""
        self._indexes.pop(folder, None)
        self._entries.pop(folder, None)


class MemoryDenseIndex:
    """Implements `DenseIndex` by looking at every vector."""

    def __init__(self, ids: Sequence[str], vectors: Vectors) -> None:
        self._ids, self._vectors = tuple(ids), vectors

    @property
    def count(self) -> int:
        """How many passages it holds."""
        return len(self._ids)

    def search(self, vector: Vectors, limit: int) -> list[Scored]:
        """Exact inner products."""
        scores = self._vectors @ vector
        return [Scored(self._ids[i], float(scores[i])) for i in np.argsort(-scores, kind="stable")[:limit]]

    def close(self) -> None:
        """Nothing to let go of."""


class MemoryDenseEngine:
    """Implements `DenseEngine`; its indexes live as long as the engine."""

    def __init__(self) -> None:
        self._indexes: dict[Path, MemoryDenseIndex] = {}

    @property
    def name(self) -> str:
        """Stable name."""
        return "memory-dense-1"

    def build(self, folder: Path, ids: Sequence[str], vectors: Vectors) -> None:
        """Keep the index under the folder's name."""
        self._indexes[folder] = MemoryDenseIndex(ids, vectors)

    def open(self, folder: Path) -> DenseIndex:
        """Return what was built; another process's folders are unknown."""
        if folder not in self._indexes or not folder.is_dir():
            raise IndexDamaged(f"No vector index was built for {folder}. Run: xiaoshen doctor --repair")
        return self._indexes[folder]

    def remove(self, folder: Path) -> None:
        """Forget the index."""
        self._indexes.pop(folder, None)
