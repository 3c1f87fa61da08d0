"""Evidence: how likely it is that the passages found hold an answer, judged by reading them, not by the top score."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from functools import lru_cache
from importlib import resources

from knowledge.search.bm25 import idf
from knowledge.search.entries import Entry
from knowledge.search.fusing import Candidate
from knowledge.search.tokens import pairs, words

WEIGHTS_FILE = "evidence.json"

EVIDENCE_NEEDED = 0.05
"""Below this what was found is said not to answer the question: see docs/adr/0011-evidence.md."""

_READ = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What tells an answer from a near miss; each lies in 0..1. Words are weighed by how rare they are.

    `lexical` is the best word score, `gap` how far the first hit stands above the fifth.
    """

    lexical: float
    words_in_best: float
    pairs_in_best: float
    gap: float


class Worth:
    """How rare the words of a question are among the passages; asks the index once."""

    def __init__(self, frequencies: Mapping[str, int], count: int) -> None:
        self._frequencies, self._count = frequencies, count
        self._rarest = idf(0, count) or 1.0

    def of(self, term: str) -> float:
        """Between 0 and 1; 1 for a word that no passage holds."""
        return idf(self._frequencies.get(term, 0), self._count) / self._rarest


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
    )


def _share(asked: set[str], there: set[str], worth: Worth) -> float:
    whole = sum(worth.of(word) for word in asked)
    return sum(worth.of(word) for word in asked & there) / whole if whole else 0.0


@dataclass(frozen=True, slots=True)
class Model:
    """A logistic regression over the signs."""

    intercept: float
    weights: tuple[float, ...]

    def probability(self, seen: Signs) -> float:
        """Between 0 and 1."""
        values: tuple[float, ...] = astuple(seen)
        z = self.intercept + sum(w * v for w, v in zip(self.weights, values, strict=True))
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, z))))


@lru_cache(maxsize=1)
def shipped_model() -> Model:
    """Return the model that `knowledge.training.evidence` wrote; its weights are checked against the signs by name."""
    row = json.loads(resources.files("knowledge.search").joinpath(WEIGHTS_FILE).read_text(encoding="utf-8"))
    return Model(row["intercept"], tuple(row["weights"][field.name] for field in fields(Signs)))
