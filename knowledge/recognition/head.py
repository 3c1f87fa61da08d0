"""The trained head: one linear layer from a request's vector to the items it was trained on, and "fits nothing"."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.roles import Vectors

NONE = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainedHead:
    """`weights` [classes, dimensions] and `bias` [classes]; the class named "" stands for no item."""

    classes: tuple[str, ...]
    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    @property
    def none_column(self) -> int:
        """Where "fits nothing" is."""
        return self.classes.index(NONE)

    def columns(self, slugs: Sequence[str]) -> NDArray[np.int64]:
        """The class of each slug; -1 where the head does not know it."""
        place = {slug: column for column, slug in enumerate(self.classes)}
        return np.array([place.get(slug, -1) for slug in slugs], dtype=np.int64)

    def covers(self, columns: NDArray[np.int64]) -> bool:
        """Whether most of a catalogue is known to the head, so that its view of "nothing" counts."""
        return bool(len(columns)) and float((columns >= 0).mean()) > 0.05  # noqa: PLR2004 - 167 among 2,191 is enough

    def log_probabilities(self, vector: Vectors) -> NDArray[np.float32]:
        """Of all classes, for one vector."""
        scores = np.einsum("cd,d->c", self.weights, vector) + self.bias  # not `@`, as in evidence
        scores = scores - scores.max()
        return np.asarray(scores - np.log(np.exp(scores).sum()), dtype=np.float32)
