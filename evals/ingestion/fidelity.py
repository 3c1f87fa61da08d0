"""How much of a text a reader got: character error rate, and shares of short stretches for files with tables."""

import re
import unicodedata
from collections import Counter

from rapidfuzz.distance import Levenshtein

_NOT_A_LETTER = re.compile(r"[\W_]+")
_STRETCH = 6


def letters(text: str) -> str:
    """Letters, digits and Chinese characters only, compatibility forms folded: what no way of marking up changes."""
    return _NOT_A_LETTER.sub("", unicodedata.normalize("NFKC", text))


def character_error_rate(reference: str, read: str) -> float:
    """Insertions, deletions and substitutions of letters, per letter of the reference; 0 is perfect."""
    wanted, found = letters(reference), letters(read)
    return Levenshtein.distance(wanted, found) / max(1, len(wanted))


def recovered(reference: str, read: str) -> float:
    """Share of the reference's stretches of six letters that were read, in any order: tables may be told anyhow."""
    wanted, found = _stretches(reference), _stretches(read)
    return sum(min(count, found[stretch]) for stretch, count in wanted.items()) / max(1, wanted.total())


def _stretches(text: str) -> Counter[str]:
    bare = letters(text)
    return Counter(bare[i : i + _STRETCH] for i in range(max(0, len(bare) - _STRETCH + 1)))
