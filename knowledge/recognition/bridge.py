"""The bridge from people's words to official sheets: one learnt turn of the vector space, good for items never seen.

An encoder puts 「红本子没了」 and 「补领婚姻登记证」 further apart than they are here. What of a vector tells an
item from its neighbors is much the same for all items: a matrix learnt on some brings the words for others near too.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.recognition.head import TrainedHead
from knowledge.roles import Vectors


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetBridge:
    """`matrix` [dimensions, turned]; the two means are what all requests, and all sheets, have in common."""

    matrix: NDArray[np.float32]
    request_mean: NDArray[np.float32]
    sheet_mean: NDArray[np.float32]

    def requests(self, vectors: Vectors) -> Vectors:
        """Requests' vectors, turned, of length one; one or many."""
        # not `@`: the threads of BLAS wait for each other longer than a request takes on a busy machine
        return _unit(np.einsum("...d,dt->...t", vectors - self.request_mean, self.matrix))

    def sheets(self, vectors: Vectors) -> Vectors:
        """Sheets' vectors, turned, of length one; a row a text."""
        return _unit(np.asarray((vectors - self.sheet_mean) @ self.matrix, dtype=np.float32))


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownItems:
    """Items people's words are known for, to guess by: what sounds like a request for one of them is near its name.

    `names` [classes of the head, turned] are the turned vectors of their names, zero where a class has none. So the
    words for 身份证遗失补领 here help an item of another city that is called 居民身份证补办 there.
    """

    head: TrainedHead
    names: Vectors

    def guess(self, vector: Vectors) -> Vectors:
        """Where the name of the wanted item should be; shorter than one the less it sounds like any known item."""
        chances = np.exp(self.head.log_probabilities(vector))
        return np.asarray(np.einsum("c,ct->t", chances, self.names), dtype=np.float32)


def known_items(head: TrainedHead, names: Mapping[str, Vectors]) -> KnownItems:
    """`names` are turned vectors by slug."""
    nothing = np.zeros_like(next(iter(names.values()))) if names else np.zeros(head.weights.shape[1], np.float32)
    rows = [names.get(slug, nothing) for slug in head.classes]
    return KnownItems(head=head, names=np.stack(rows).astype(np.float32))


def no_bridge(dimensions: int) -> SheetBridge:
    """Leaves vectors as they are, for an embedder nothing was learnt for."""
    nothing = np.zeros(dimensions, np.float32)
    return SheetBridge(matrix=np.eye(dimensions, dtype=np.float32), request_mean=nothing, sheet_mean=nothing)


def _unit(vectors: Vectors) -> Vectors:
    lengths = np.sqrt((vectors * vectors).sum(axis=-1, keepdims=True))
    return np.asarray(vectors / np.maximum(lengths, 1e-9), dtype=np.float32)
