"""Scores of retrieval: where the right documents stand, and whether missing evidence is noticed."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evals.statistics import Measure, auroc, expected_calibration_error, mean, share

CUTS = (1, 5, 20, 100)
_TEN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrievalRow:
    """One query: the documents it should find with their grades, and what was found, best first.

    `relevant` is empty where nothing in the folder answers the query.
    """

    id: str
    relevant: Mapping[str, int]
    ranking: Sequence[str]
    scores: Sequence[float]
    evidence: float
    no_evidence: bool

    def recall(self, cut: int) -> float:
        """Share of the relevant documents among the first `cut`."""
        return len(set(self.relevant) & set(self.ranking[:cut])) / len(self.relevant)

    @property
    def reciprocal_rank(self) -> float:
        """1 / place of the first relevant document among ten, else 0."""
        return next((1 / (i + 1) for i, d in enumerate(self.ranking[:_TEN]) if d in self.relevant), 0.0)

    @property
    def ndcg(self) -> float:
        """Graded gain among ten, discounted by place, over the best possible."""
        best = sorted(self.relevant.values(), reverse=True)[:_TEN]
        return _gain([self.relevant.get(d, 0) for d in self.ranking[:_TEN]]) / _gain(best)


def _gain(grades: Sequence[int]) -> float:
    return sum((2.0**grade - 1.0) / math.log2(place + 2) for place, grade in enumerate(grades))


def retrieval_metrics(rows: Sequence[RetrievalRow]) -> dict[str, Measure]:
    """The measures of the contract over answerable queries, and how evidence separates the others."""
    asked = [row for row in rows if row.relevant]
    metrics = {f"recall@{cut}": mean([row.recall(cut) for row in asked]) for cut in CUTS}
    metrics["ndcg@10"] = mean([row.ndcg for row in asked])
    metrics["mrr@10"] = mean([row.reciprocal_rank for row in asked])
    vain = [row for row in rows if not row.relevant]
    metrics["answerable_without_evidence"] = share([row.no_evidence for row in asked])
    if vain:
        metrics["unanswerable_without_evidence"] = share([row.no_evidence for row in vain])
        metrics["evidence_auroc"] = auroc([row.evidence for row in asked], [row.evidence for row in vain])
        both = [*asked, *vain]
        metrics["evidence_ece"] = expected_calibration_error(
            [r.evidence for r in both], [bool(r.relevant) for r in both]
        )
    return metrics
