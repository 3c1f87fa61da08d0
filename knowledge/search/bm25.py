"""The arithmetic of word search, the same in every engine: what a term is worth, and the best score a query can get."""

import math
from collections import Counter
from collections.abc import Sequence

from knowledge.search.tokens import CHARACTER, PAIR

K1 = 1.2
B = 0.75
TITLE_WEIGHT = 0.3
"""A term in the titles above a passage counts this much of one in its text."""

WORD_WEIGHT = 0.5
PAIR_WEIGHT = 1.0
CHARACTER_WEIGHT = 0.25
"""Pairs find what the dictionary cuts otherwise; words and characters help where it matters how it is cut, or said."""


def idf(frequency: int, count: int) -> float:
    """Return how telling a term is that occurs in `frequency` of `count` passages; never negative."""
    return math.log(1.0 + (count - frequency + 0.5) / (frequency + 0.5))


def weights(terms: Sequence[str]) -> dict[str, float]:
    """Return each term of a query with its weight: how often it is said, less for pairs and characters."""
    return {term: times * _weight(term) for term, times in Counter(terms).items()}


def _weight(term: str) -> float:
    if term.startswith(PAIR):
        return PAIR_WEIGHT
    return CHARACTER_WEIGHT if term.startswith(CHARACTER) else WORD_WEIGHT


def best_possible(weighted: dict[str, float], frequencies: Sequence[int], count: int) -> float:
    """Return the score of a passage that holds every term again and again: what scores are divided by."""
    worth = zip(weighted.values(), frequencies, strict=True)
    return (K1 + 1.0) * sum(weight * idf(frequency, count) for weight, frequency in worth)
