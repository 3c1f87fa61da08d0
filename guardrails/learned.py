"""Small learned judges, told from character groups and sentence vectors; they run on numpy alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float32]

BUCKETS: Final = 1 << 16
LONGEST_GROUP: Final = 4
_PRIME = np.uint64(1_000_003)
_MIX = np.uint64(0x9E3779B97F4A7C15)
_WIDE_BITS: Final = 19  # fewer let unlike groups share a bucket: what was learnt of one is then held against another
WIDE_BUCKETS: Final = 1 << _WIDE_BITS
_LONGEST_WIDE, _WIDEST_GAP = 3, 4
_APART = np.uint64(11)


class Embeds(Protocol):
    """Turns texts into sentence vectors. Passed in from outside: this package knows no model."""

    def embed_queries(self, texts: Sequence[str], /) -> NDArray[np.float32]:
        """One row a text."""
        ...


def groups_of(text: str) -> NDArray[np.int64]:
    """Return the buckets of a text's groups of one to four characters, each once. Linear in the text's length."""
    codes = np.frombuffer(f"\x02{text}\x03".encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)
    found: list[NDArray[np.uint64]] = []
    running = np.zeros(len(codes), dtype=np.uint64)
    for length in range(1, LONGEST_GROUP + 1):
        count = len(codes) - length + 1
        if count < 1:
            break
        running = running[:count] * _PRIME + codes[length - 1 :]
        found.append(((running + np.uint64(length)) * _MIX) >> np.uint64(48))
    return np.unique(np.concatenate(found)).astype(np.int64)


def wide_groups_of(text: str) -> NDArray[np.int64]:
    """Return the buckets of a text's groups of one to three characters and of its pairs that stand apart, each once.

    Pairs that stand up to four characters apart say what belongs together whatever is between. Linear in the length.
    """
    codes = np.frombuffer(f"\x02{text}\x03".encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)
    found: list[NDArray[np.uint64]] = []
    running = np.zeros(len(codes), dtype=np.uint64)
    for length in range(1, min(_LONGEST_WIDE, len(codes)) + 1):
        running = running[: len(codes) - length + 1] * _PRIME + codes[length - 1 :]
        found.append(_wide_bucket(running + np.uint64(length)))
    for gap in range(2, min(_WIDEST_GAP, len(codes) - 1) + 1):
        found.append(_wide_bucket((codes[:-gap] * _PRIME + codes[gap:]) * _PRIME + _APART))
    return np.unique(np.concatenate(found)).astype(np.int64)


def _wide_bucket(mixed: NDArray[np.uint64]) -> NDArray[np.uint64]:
    return (mixed * _MIX) >> np.uint64(64 - _WIDE_BITS)


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoReaders:
    """A judge that reads the wording (character groups) and the sense (a net on the sentence vector).

    Their opinions are added up with the weights that were fitted on what neither had seen.
    """

    group_weights: Vector
    group_bias: float
    mean: Vector
    spread: Vector
    layers: tuple[tuple[Vector, Vector, Vector, Vector], ...]
    stack: Vector

    def wording(self, text: str) -> float:
        """The log odds by wording alone."""
        groups = wide_groups_of(text)
        return float(self.group_weights[groups].sum() / np.sqrt(len(groups)) + self.group_bias)

    def sense(self, vector: Vector) -> float:
        """The log odds by sense alone."""
        x = (vector.astype(np.float32) - self.mean) / self.spread
        total = 0.0
        for into, bias, out, last in self.layers:
            total += float((np.maximum(x @ into + bias, 0.0) @ out)[0] + last[0])
        return total / len(self.layers)

    def odds(self, text: str, vector: Vector) -> float:
        """The log odds of both together."""
        return float(self.stack[0] * self.wording(text) + self.stack[1] * self.sense(vector) + self.stack[2])


def load_readers(path: Path) -> TwoReaders:
    """Read the weights that training wrote."""
    with np.load(path, allow_pickle=False) as held:
        nets = int(held["nets"])
        return TwoReaders(
            group_weights=held["groups"].astype(np.float32),
            group_bias=float(held["group_bias"]),
            mean=held["mean"].astype(np.float32),
            spread=held["spread"].astype(np.float32),
            layers=tuple(
                tuple(held[f"{part}{i}"].astype(np.float32) for part in ("into", "bias", "out", "last"))
                for i in range(nets)
            ),
            stack=held["stack"].astype(np.float32),
        )
