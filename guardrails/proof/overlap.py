"""Which characters of a clause each part of the evidence says: all parts at once, in whole numbers."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from guardrails.proof.families import is_sign
from guardrails.proof.words import ALONE, LITTLE_WEIGHT, SIGN_WEIGHT, is_word, says_little

# Shares are compared, so they are computed without rounding: values in twentieths, weights in tenths.
_ONE: Final = 20
_BY_ITSELF: Final = round(ALONE * _ONE)
_NO_WORD, _NEVER = 0, 1  # codes that no word has; of evidence, and of a clause, so that they are never equal

Values = NDArray[np.int32]


class Signs:
    """The signs of all parts of the evidence, one after the other."""

    def __init__(self, parts: Sequence[str]) -> None:
        """Take the parts in their bare canonical form."""
        self._codes = _coded("".join(f"{part}\0" for part in parts), _NO_WORD)
        self._begins = np.cumsum([0, *(len(part) + 1 for part in parts[:-1])])

    def held(self, text: str) -> Values:
        """Return, for each part (row) and character of the text, how far the part says it.

        One where it stands beside the same neighbour, or is the sign of a family; less where it stands there alone.
        """
        wanted = _coded(text, _NEVER)
        equal = self._codes[:, None] == wanted[None, :]
        beside = equal[:-1, :-1] & equal[1:, 1:]
        values = equal * np.where(_is_sign(wanted), _ONE, _BY_ITSELF).astype(np.uint8)
        found = np.uint8(_ONE) * beside
        np.maximum(values[:-1, :-1], found, out=values[:-1, :-1])
        np.maximum(values[1:, 1:], found, out=values[1:, 1:])
        rows: Values = np.maximum.reduceat(values, self._begins, axis=0).astype(np.int32)
        return rows


class Weights:
    """How much each character of a text counts."""

    def __init__(self, text: str) -> None:
        """Weigh the characters of a text in bare canonical form."""
        self._weights = np.array([_weight(char) for char in text], np.int32)
        self._whole = int(self._weights.sum()) * _ONE

    def shares(self, rows: Values) -> list[float]:
        """Return the share of the text that each row says."""
        if not self._whole:
            return [1.0] * len(rows)
        return [said / self._whole for said in (rows @ self._weights).tolist()]

    def share(self, row: Values) -> float:
        """Return the share of the text that a row says."""
        return int(row @ self._weights) / self._whole if self._whole else 1.0


def in_twentieths(row: Sequence[float]) -> Values:
    """Return a row of shares, which is -1 where a character is no word, as these rows are kept."""
    return np.array([max(0, round(value * _ONE)) for value in row], np.int32)


@lru_cache(maxsize=1024)
def weights_of(text: str) -> Weights:
    """Return how much each character of a text counts, which several looks ask."""
    return Weights(text)


def _weight(char: str) -> int:
    if not is_word(char):
        return 0
    return round(10 * (LITTLE_WEIGHT if says_little(char) else SIGN_WEIGHT if is_sign(char) else 1.0))


def _coded(text: str, instead: int) -> NDArray[np.uint32]:
    codes = np.frombuffer(text.encode("utf-32-le"), np.uint32).copy()
    codes[~(((codes >= 0x4E00) & (codes <= 0x9FFF)) | _is_sign(codes))] = instead  # noqa: PLR2004 - as in `is_word`
    return codes


def _is_sign(codes: NDArray[np.uint32]) -> NDArray[np.bool_]:
    signs: NDArray[np.bool_] = (codes >= 0xE000) & (codes <= 0xF8FF)  # noqa: PLR2004 - as in `is_sign`
    return signs
