"""Requests that leave open which item is meant, or want several: what a new request near them is likely to be."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.recognition.evidence import Matrix
from knowledge.roles import Vectors

_SHARPNESS = 25.0
"""How fast a request further away loses its vote: at .1 of cosine behind the nearest one in twelve is left."""


@dataclass(frozen=True, slots=True)
class OpenView:
    """One such request: the places of its items in the catalogue; `several` where all of them are wanted."""

    text: str
    items: frozenset[int]
    several: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Leanings:
    """`best` is each item's nearest open request that it belongs to, `votes` its share among all that are near.

    `nearest` and `nearest_several` are the nearness of the best open request of each kind. All are zero
    where none is known.
    """

    best: Matrix
    votes: Matrix
    nearest: float
    nearest_several: float


class OpenRequests:
    """The open requests of a catalogue. Immutable."""

    def __init__(self, views: Sequence[OpenView], vectors: Vectors, items: int) -> None:
        open_rows = [row for row, view in enumerate(views) if not view.several]
        self._several_rows = np.array([row for row, view in enumerate(views) if view.several], dtype=np.int64)
        self._open_rows = np.array(open_rows, dtype=np.int64)
        self._open = np.ascontiguousarray(vectors[self._open_rows], dtype=np.float32) if len(views) else None
        self._several = np.ascontiguousarray(vectors[self._several_rows], dtype=np.float32) if len(views) else None
        self._belongs = np.zeros((len(open_rows), items), dtype=np.float32)
        for row, place in enumerate(open_rows):
            self._belongs[row, sorted(views[place].items)] = 1
        self._items = items

    @property
    def is_empty(self) -> bool:
        """Whether no open request is known."""
        return not len(self._open_rows) and not len(self._several_rows)

    def leanings(self, vector: Vectors, without: NDArray[np.bool_] | None = None) -> Leanings:
        """What the known open requests say about one with this vector.

        `without` marks views that must not count: training asks about requests that are among them.
        """
        near = self._nearness(self._open, self._open_rows, vector, without)
        several = self._nearness(self._several, self._several_rows, vector, without)
        nearest, nearest_several = float(near.max(initial=0)), float(several.max(initial=0))
        if nearest <= 0:
            nothing = np.zeros(self._items, dtype=np.float32)
            return Leanings(best=nothing, votes=nothing, nearest=0.0, nearest_several=nearest_several)
        weights = np.exp(_SHARPNESS * (near - nearest)) * (near > 0)
        return Leanings(
            best=np.asarray((self._belongs * near[:, None]).max(axis=0)),
            votes=np.asarray(weights @ self._belongs / weights.sum()),
            nearest=nearest,
            nearest_several=nearest_several,
        )

    @staticmethod
    def _nearness(
        known: Vectors | None, rows: NDArray[np.int64], vector: Vectors, without: NDArray[np.bool_] | None
    ) -> Matrix:
        if known is None or not len(known):
            return np.zeros(0, dtype=np.float32)
        near = np.maximum(np.einsum("nd,d->n", known, vector), 0)
        return np.asarray(near if without is None else np.where(without[rows], 0, near), dtype=np.float32)
