"""Scores of the grounding check: unsupported sentences caught, supported ones let through."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from evals.samples import GroundingCase
from evals.statistics import Measure, share, statistic


@dataclass(frozen=True, slots=True)
class GroundingRow:
    """The check's decision on one sentence."""

    case: GroundingCase
    allowed: bool
    reason: str


def grounding_metrics(rows: Sequence[GroundingRow]) -> dict[str, Measure]:
    """Caught, let through, and F1 of catching the unsupported."""
    caught = [not r.allowed for r in rows if not r.case.supported]
    passed = [r.allowed for r in rows if r.case.supported]
    table = np.array([[not r.allowed, not r.case.supported] for r in rows], float).reshape(-1, 2)
    return {
        "unsupported_caught": share(caught),
        "supported_let_through": share(passed),
        "f1": statistic(table, _f1),
    }


def _f1(rows: NDArray[np.float64]) -> float:
    stopped, bad = rows[:, 0] == 1, rows[:, 1] == 1
    hits = int((stopped & bad).sum())
    total = int(stopped.sum() + bad.sum())
    return 2 * hits / total if total else float("nan")
