"""What the search needs from its parts: the truth it indexes, and engines that build and open one index."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from knowledge.passages import DocumentVersion, Passage
from knowledge.roles import Vectors


class Library(Protocol):
    """The part of `knowledge.roles.KnowledgeBase` that holds documents."""

    def published_documents(self) -> tuple[DocumentVersion, ...]:
        """Every published version, ordered by name and then age."""
        ...

    def passages(self, version_id: str) -> tuple[Passage, ...]:
        """All passages of a version, in order."""
        ...

    def revision(self) -> int:
        """A number that grows with every publish or withdrawal."""
        ...


@dataclass(frozen=True, slots=True)
class LexicalEntry:
    """One passage as a lexical index takes it: the terms of its titles, and of its text."""

    id: str
    title: Sequence[str]
    text: Sequence[str]


@dataclass(frozen=True, slots=True)
class Scored:
    """A passage's id and an engine's own score; higher is better."""

    id: str
    score: float


class LexicalIndex(Protocol):
    """One lexical index, open for reading. Safe to share between threads."""

    @property
    def count(self) -> int:
        """How many passages it holds."""
        ...

    def search(self, terms: Sequence[str], limit: int) -> list[Scored]:
        """The best passages by BM25, best first; none where no term occurs. A repeated term weighs more."""
        ...

    def frequencies(self, terms: Sequence[str]) -> list[int]:
        """In how many passages' texts each term occurs."""
        ...

    def close(self) -> None:
        """Let go of files. Not to be searched afterwards."""
        ...


class LexicalEngine(Protocol):
    """Builds and opens lexical indexes. A folder is written once, by one process, and then only read."""

    @property
    def name(self) -> str:
        """Stable name; a generation built by another engine is rebuilt."""
        ...

    def build(self, folder: Path, entries: Iterable[LexicalEntry]) -> None:
        """Write an index into an empty folder."""
        ...

    def extend(self, former: Path, folder: Path, gone: Sequence[str], entries: Iterable[LexicalEntry]) -> None:
        """Write into an empty folder what `former` holds, without the passages that are gone and with the entries."""
        ...

    def open(self, folder: Path) -> LexicalIndex:
        """Open for reading. Raises `knowledge.errors.IndexDamaged`."""
        ...

    def remove(self, folder: Path) -> None:
        """Delete what is kept outside the folder; the folder itself is the caller's."""
        ...


class DenseIndex(Protocol):
    """One dense index, open for reading. Safe to share between threads."""

    @property
    def count(self) -> int:
        """How many passages it holds."""
        ...

    def search(self, vector: Vectors, limit: int) -> list[Scored]:
        """The nearest passages by inner product, best first."""
        ...

    def close(self) -> None:
        """Let go of files and threads. Not to be searched afterwards."""
        ...


class DenseEngine(Protocol):
    """Builds and opens dense indexes. A folder is written once, by one process, and then only read."""

    @property
    def name(self) -> str:
        """Stable name; a generation built by another engine is rebuilt."""
        ...

    def build(self, folder: Path, ids: Sequence[str], vectors: Vectors) -> None:
        """Write an index of unit vectors, one row an id, into an empty folder."""
        ...

    def open(self, folder: Path) -> DenseIndex:
        """Open for reading. Raises `knowledge.errors.IndexDamaged`."""
        ...

    def remove(self, folder: Path) -> None:
        """Delete what is kept outside the folder; the folder itself is the caller's."""
        ...
