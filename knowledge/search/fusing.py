"""Fusing the legs: a weighted sum of normalized scores, because either leg loses to the other on some kind of query."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

LEXICAL_WEIGHT = 0.5
"""Weight of the words against the vectors; measured in docs/retrieval.md."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that a leg found. `lexical` lies in 0..1; `dense` is a cosine, None where the leg was silent."""

    id: str
    lexical: float
    dense: float | None
    score: float


def fuse(lexical: Mapping[str, float], dense: Mapping[str, float], weight: float = LEXICAL_WEIGHT) -> list[Candidate]:
    """Return all candidates, best first. Both maps hold scores by passage id; `lexical` ones lie in 0..1.

    Words are divided by the best word score. Cosines of one embedder crowd into a narrow band, so they are spread
    between the lowest and the highest found; what the dense leg did not find gets the lowest.
    """
    best = max(lexical.values(), default=0.0) or 1.0
    low, high = min(dense.values(), default=0.0), max(dense.values(), default=0.0)
    spread = (high - low) or 1.0
    share = weight if dense and lexical else (1.0 if lexical else 0.0)

    def score(passage: str) -> float:
        near = (dense.get(passage, low) - low) / spread if dense else 0.0
        return share * lexical.get(passage, 0.0) / best + (1.0 - share) * near

    found = [Candidate(p, lexical.get(p, 0.0), dense.get(p), score(p)) for p in {**lexical, **dense}]
    return sorted(found, key=lambda c: (-c.score, c.id))


def with_whole(
    ranked: Sequence[Candidate], document_of: Mapping[str, str], whole: Mapping[str, float], weight: float
) -> list[Candidate]:
    """Return the candidates by their own score and that of their document, which is divided by the best document's."""
    best = max(whole.values(), default=0.0)
    if not best:
        return list(ranked)
    lifted = [
        replace(c, score=(c.score + weight * whole.get(document_of[c.id], 0.0) / best) / (1.0 + weight)) for c in ranked
    ]
    return sorted(lifted, key=lambda c: (-c.score, c.id))
