"""Texts made equal where only their writing differs: what scorers compare."""

import re
import unicodedata


def plain(text: str) -> str:
    """For comparing: compatibility forms folded, white space and thousands separators out, lower case."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"(?<=\d),(?=\d{3})|\s+", "", folded)
