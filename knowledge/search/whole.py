"""Reading whole documents: a question's words may stand in different passages of the one document that answers it."""

from collections.abc import Mapping, Sequence

from knowledge.search.bm25 import K1, B

DOCUMENTS = 20
"""How many of the documents found are read whole."""

WHOLE_WEIGHT = 0.6
"""Weight of the whole document beside the passage, measured in docs/retrieval.md."""

LONGEST = 60
"""A document of more passages is a code of laws: that all of the words stand somewhere in it says nothing."""


def scores(texts: Mapping[str, str], pairs: Mapping[str, float]) -> dict[str, float]:
    """Return BM25 of each document over the question's pairs of characters, which come with what each is worth.

    Divided by what a document would get that says every pair again and again: 0..1, and equal for equal wording.
    """
    mean = sum(map(len, texts.values())) / max(1, len(texts)) or 1.0
    best = (K1 + 1.0) * sum(pairs.values()) or 1.0
    return {document: _score(text, pairs, mean) / best for document, text in texts.items()}


def _score(text: str, pairs: Mapping[str, float], mean: float) -> float:
    damping = K1 * (1.0 - B + B * len(text) / mean)
    total = 0.0
    for pair, worth in pairs.items():
        times = text.count(pair)
        if times:
            total += worth * times * (K1 + 1.0) / (times + damping)
    return total


def readable(title: str, passages: Sequence[str], found: str) -> str:
    """The text that stands for a document: all of it, or the passage that was found where it is a code of laws."""
    parts = passages if len(passages) <= LONGEST else (found,)
    return "\n".join((title, *parts)).lower()
