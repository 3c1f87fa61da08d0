"""Cosine similarity of character pairs, weighted by rarity: what dense vectors miss in names and jargon."""

import math
import re
from array import array
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from knowledge.recognition.views import View

_PIECES = re.compile(r"[\u4e00-\u9fff]+|[a-z]+|[0-9]+")

Scores = NDArray[np.float32]


def terms(text: str) -> Counter[str]:
    """Characters, pairs of characters, Latin words and numbers, with how often they occur."""
    found: Counter[str] = Counter()
    for piece in _PIECES.findall(text.lower()):
        if piece.isascii():
            found[piece] += 1
        else:
            found.update(piece)
            found.update(piece[i : i + 2] for i in range(len(piece) - 1))
    return found


class LexicalIndex:
    """An inverted index over short texts; each has length one."""

    def __init__(self, texts: Sequence[str]) -> None:
        counted = [terms(text) for text in texts]
        frequency = Counter(term for counts in counted for term in counts)
        self._size = len(texts)
        self._rarity = {t: math.log((1 + len(texts)) / (1 + n)) + 0.5 for t, n in frequency.items()}
        rows: dict[str, array[int]] = {term: array("i") for term in frequency}
        weights: dict[str, array[float]] = {term: array("f") for term in frequency}
        for row, counts in enumerate(counted):
            weighted = {t: (1 + math.log(n)) * self._rarity[t] for t, n in counts.items()}
            length = math.sqrt(sum(w * w for w in weighted.values())) or 1.0
            for term, weight in weighted.items():
                rows[term].append(row)
                weights[term].append(weight / length)
        self._postings = {
            t: (np.frombuffer(rows[t], dtype=np.int32), np.frombuffer(weights[t], dtype=np.float32)) for t in rows
        }
        self._strange = math.log(1 + len(texts)) + 0.5

    def scores(self, query: str) -> Scores:
        """Cosine with each text, 0 to 1."""
        scores = np.zeros(self._size, dtype=np.float32)
        total = 0.0
        for term, count in terms(query).items():
            weight = (1 + math.log(count)) * self._rarity.get(term, self._strange)
            total += weight * weight
            if term in self._postings:
                rows, weights = self._postings[term]
                scores[rows] += weight * weights
        return scores / np.float32(math.sqrt(total)) if total else scores


class WordsOfItems:
    """All terms of each item, to tell how much of a request an item's own words cover."""

    def __init__(self, views: Sequence[View], items: int) -> None:
        self._owners: dict[str, set[int]] = {}
        for view in views:
            for term in terms(view.text):
                self._owners.setdefault(term, set()).add(view.owner)
        self._arrays = {t: np.fromiter(owners, dtype=np.int32) for t, owners in self._owners.items()}
        self._items = items
        self._strange = math.log(1 + items) + 0.5

    def covered(self, text: str) -> Scores:
        """For each item the share, weighted by rarity, of the text's terms that the item's texts hold."""
        scores = np.zeros(self._items, dtype=np.float32)
        total = 0.0
        for term in terms(text):
            owners = self._arrays.get(term)
            if owners is None:
                total += self._strange
                continue
            weight = math.log((1 + self._items) / (1 + len(owners))) + 0.1
            total += weight
            scores[owners] += weight
        return scores / np.float32(total) if total else scores


class SpelledNames:
    """Names and short names of the items, to tell how nearly a request spells one, wherever in the request."""

    def __init__(self, names: Sequence[Sequence[str]]) -> None:
        self._texts = [text.lower() for of_item in names for text in of_item]
        self._starts = np.cumsum([0, *(len(of_item) for of_item in names[:-1])], dtype=np.int64)

    def nearness(self, text: str) -> Scores:
        """For each item how much of the longer of its best name and the request is spelled alike, in order; 0 to 1."""
        if not self._texts:
            return np.zeros(0, dtype=np.float32)
        found = process.cdist([text.lower()], self._texts, scorer=fuzz.QRatio, workers=1, dtype=np.float32)[0]
        return np.asarray(np.maximum.reduceat(found, self._starts) / np.float32(100), dtype=np.float32)
