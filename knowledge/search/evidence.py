"""Evidence: how likely it is that the passages found hold an answer, judged by reading them, not by the top score."""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from knowledge.search.bm25 import idf
from knowledge.search.entries import Entry
from knowledge.search.fusing import Candidate
from knowledge.search.tokens import pairs, words

WEIGHTS_FILE = "evidence.json"

EVIDENCE_NEEDED = 0.05
"""Below this what was found is said not to answer the question: see docs/adr/0011-evidence.md."""

READ_SIGNS = ("lexical", "words_in_best", "pairs_in_best", "gap")
"""The signs that the trained model weighs; `lead` is added to what it says."""

_READ = 3
# Fewer neighbors say nothing about what is usual in a library.
_AMONG = 50
_LEAD_WORTH, _USUAL_LEAD = 250.0, 0.0175


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What tells an answer from a near miss; each lies in 0..1. Words are weighed by how rare they are.

    `lexical` is the best word score, `gap` how far the first hit stands above the fifth. `lead` is how far the nearest
    passage stands above the fifty nearest by vectors, as a share of their mean; None where too few were found so.
    """

    lexical: float
    words_in_best: float
    pairs_in_best: float
    gap: float
    lead: float | None = None

    def read(self) -> tuple[float, ...]:
        """The signs of `READ_SIGNS`."""
        return self.lexical, self.words_in_best, self.pairs_in_best, self.gap


class Worth:
    """How rare the words of a question are among the passages; asks the index once."""

    def __init__(self, frequencies: Mapping[str, int], count: int) -> None:
        self._frequencies, self._count = frequencies, count
        self._rarest = idf(0, count) or 1.0

    def of(self, term: str) -> float:
        """Between 0 and 1; 1 for a word that no passage holds."""
        return idf(self._frequencies.get(term, 0), self._count) / self._rarest


def lead_of(cosines: Iterable[float]) -> float | None:
    """How far the nearest stands above the fifty nearest: what is about nothing here is as near to all of them."""
    nearest = sorted(cosines, reverse=True)[:_AMONG]
    usual = sum(nearest) / _AMONG
    return (nearest[0] - usual) / usual if len(nearest) == _AMONG and usual > 0 else None


def signs(query: str, ranked: Sequence[Candidate], read: Sequence[Entry], worth: Worth) -> Signs:
    """Read the best passages. `ranked` and `read` are candidates and entries, each best first; at least one."""
    asked, asked_pairs = set(words(query)), set(pairs(query))
    texts = [f"{entry.titles}\n{entry.passage.text}" for entry in read[:_READ]]
    held = [set(words(text)) for text in texts]
    shares = [_share(asked, there, worth) for there in held]
    best = max(range(len(shares)), key=lambda i: shares[i])
    later = ranked[min(4, len(ranked) - 1)]
    return Signs(
        lexical=max(c.lexical for c in ranked[:_READ]),
        words_in_best=shares[best],
        pairs_in_best=len(asked_pairs & set(pairs(texts[best]))) / max(1, len(asked_pairs)),
        gap=max(0.0, ranked[0].score - later.score),
        lead=lead_of(c.dense for c in ranked if c.dense is not None),
    )


def _share(asked: set[str], there: set[str], worth: Worth) -> float:
    whole = sum(worth.of(word) for word in asked)
    return sum(worth.of(word) for word in asked & there) / whole if whole else 0.0


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic regression over the signs that are read, and what the lead by vectors adds to it.

    The words of a question in everyday speech stand in few documents; then the lead speaks. Its weight and its usual
    value are no part of the training on sheets: they were set on two sets of questions (docs/retrieval.md).
    """

    intercept: float
    weights: tuple[float, ...]

    def probability(self, seen: Signs) -> float:
        """Between 0 and 1."""
        z = self.intercept + sum(w * v for w, v in zip(self.weights, seen.read(), strict=True))
        z += _LEAD_WORTH * (seen.lead - _USUAL_LEAD) if seen.lead is not None else 0.0
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, z))))


@lru_cache(maxsize=1)
def shipped_model() -> Model:
    """Return the model that `knowledge.training.evidence` wrote; its weights are checked against the signs by name."""
    row = json.loads(resources.files("knowledge.search").joinpath(WEIGHTS_FILE).read_text(encoding="utf-8"))
    return Model(row["intercept"], tuple(row["weights"][name] for name in READ_SIGNS))
