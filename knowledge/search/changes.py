"""Vectors that changed since a base was built: a short exact list beside it, and the names of what it hides."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from knowledge.errors import IndexDamaged
from knowledge.roles import Vectors
from knowledge.search.manifest import Manifest
from knowledge.search.roles import DenseIndex, Scored

_FILE = "changes.npz"
_SPARE = 100
"""So many more are asked of the base, for some that it finds are hidden; all hidden ones only where that is too few."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Passages that the base does not have, row by row, and passages of the base that count no more."""

    ids: tuple[str, ...]
    vectors: Vectors
    hidden: frozenset[str]

    def then(self, gone: Sequence[str], ids: Sequence[str], vectors: Vectors) -> "Changes":
        """The changes with some more: first what is gone, then what is new."""
        left_out = frozenset(gone)
        keep = [row for row, passage in enumerate(self.ids) if passage not in left_out]
        hidden = self.hidden | (left_out - frozenset(self.ids))
        kept = tuple(self.ids[row] for row in keep)
        return Changes((*kept, *ids), np.concatenate([self.vectors[keep], vectors]), hidden)


def no_changes(dimensions: int) -> Changes:
    """What a base has that is current itself."""
    return Changes((), np.zeros((0, dimensions), dtype=np.float32), frozenset())


def write_changes(folder: Path, changes: Changes) -> None:
    """Write them beside the generation's other files."""
    np.savez(
        folder / _FILE,
        ids=np.array(changes.ids, dtype=np.str_),
        vectors=changes.vectors,
        hidden=np.array(sorted(changes.hidden), dtype=np.str_),
    )


def read_changes(folder: Path, manifest: Manifest) -> Changes:
    """Read them; a generation with vectors of its own has none. Raises IndexDamaged."""
    if manifest.base is None:
        return no_changes(manifest.dimensions)
    try:
        with np.load(folder / _FILE, allow_pickle=False) as kept:
            hidden = frozenset(str(passage) for passage in kept["hidden"])
            return Changes(tuple(str(passage) for passage in kept["ids"]), kept["vectors"], hidden)
    except (OSError, ValueError, KeyError, EOFError) as error:
        raise IndexDamaged(f"The vectors in {folder} cannot be read. Run: xiaoshen doctor --repair") from error


def with_changes(base: DenseIndex, folder: Path, manifest: Manifest) -> DenseIndex:
    """The base as it is, or with what changed since."""
    return base if manifest.base is None else _ChangedIndex(base, read_changes(folder, manifest))


class _ChangedIndex:
    """Implements `DenseIndex`."""

    def __init__(self, base: DenseIndex, changes: Changes) -> None:
        self._base, self._changes = base, changes

    @property
    def count(self) -> int:
        return self._base.count - len(self._changes.hidden) + len(self._changes.ids)

    def search(self, vector: Vectors, limit: int) -> list[Scored]:
        found = self._of_the_base(vector, limit)
        scores = self._changes.vectors @ np.asarray(vector, dtype=np.float32)
        best = np.argsort(-scores, kind="stable")[:limit]
        found += [Scored(self._changes.ids[row], float(scores[row])) for row in best]
        return sorted(found, key=lambda hit: -hit.score)[:limit]

    def _of_the_base(self, vector: Vectors, limit: int) -> list[Scored]:
        hidden = self._changes.hidden
        for spare in sorted({min(_SPARE, len(hidden)), len(hidden)}):
            asked = self._base.search(vector, limit + spare)
            left = [hit for hit in asked if hit.id not in hidden]
            if len(left) >= limit or len(asked) < limit + spare:
                break
        return left[:limit]

    def close(self) -> None:
        self._base.close()
