"""How alike two texts are: MinHash signatures over shingles of characters, and the key under which titles are alike."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Signature = NDArray[np.uint32]

PERMUTATIONS = 64
BANDS = 16
_ROWS = PERMUTATIONS // BANDS
_SHINGLE = 5
_PRIME = np.uint64((1 << 31) - 1)  # small enough for products of two hashes to stay within 64 bits
_MOST_SHINGLES = 60_000
_SPACE = re.compile(r"[\s\W_]+")
_BRACKETS = re.compile(r"[（(〔【\[][^）)〕】\]]*(?:年|修订|修正|试行|暂行|版|稿|号)[^）)〕】\]]*[）)〕】\]]")
_YEAR = re.compile(r"(?:19|20)\d\d年?(?:度|版)?|[一二三四五六七八九十]+次修[订正]")
_LONGEST_KEY = 200
_LEAST_KEY = 4


def signature(text: str) -> Signature:
    """The MinHash of the text's shingles, spaces and punctuation left out; of an empty text all ones."""
    codes = np.frombuffer(_SPACE.sub("", text).encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)
    if not len(codes):
        return np.full(PERMUTATIONS, np.uint32(0xFFFFFFFF))
    width = min(_SHINGLE, len(codes))
    hashes = np.zeros(len(codes) - width + 1, dtype=np.uint64)
    for offset in range(width):
        hashes = (hashes * np.uint64(1_000_003) + codes[offset : len(hashes) + offset]) % _PRIME
    shingles = np.unique(hashes)
    if len(shingles) > _MOST_SHINGLES:
        shingles = shingles[:: -(-len(shingles) // _MOST_SHINGLES)]
    factors, terms = _permutations()
    least = np.empty(PERMUTATIONS, dtype=np.uint32)
    for row in range(PERMUTATIONS):
        least[row] = np.min((shingles * factors[row] + terms[row]) % _PRIME)
    return least


def share(one: Signature, other: Signature) -> float:
    """The estimated share of shingles that both have, 0 to 1."""
    return float(np.mean(one == other))


def bands(of: Signature) -> tuple[int, ...]:
    """Hashes of parts of the signature. Texts that share half or more of their shingles share one almost surely."""
    rows = of.reshape(BANDS, _ROWS).astype(np.uint64)
    mixed = np.zeros(BANDS, dtype=np.uint64)
    with np.errstate(over="ignore"):
        for column in range(_ROWS):
            mixed = (mixed ^ rows[:, column]) * np.uint64(0x9E3779B97F4A7C15)
            mixed ^= mixed >> np.uint64(29)
    return tuple(int(value & np.uint64(0x7FFFFFFFFFFFFFFF)) for value in mixed)


def text_of(passages: Iterable[str]) -> str:
    """The text that is compared."""
    return "\n".join(passages)


def title_key(title: str) -> str:
    """The title without what changes from version to version: years, 修订, 试行, punctuation. Empty where too short."""
    plain = unicodedata.normalize("NFKC", title).lower()
    bare = _SPACE.sub("", _YEAR.sub("", _BRACKETS.sub("", plain)))
    return bare[:_LONGEST_KEY] if len(bare) >= _LEAST_KEY else ""


@lru_cache(maxsize=1)
def _permutations() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """The same in every process: signatures are stored and compared."""
    random = np.random.default_rng(20_261_122)
    high = int(_PRIME)
    return (
        random.integers(1, high, PERMUTATIONS, dtype=np.uint64),
        random.integers(0, high, PERMUTATIONS, dtype=np.uint64),
    )
