"""Intervals and curves: every number an evaluation reports comes with how sure it is."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

SEED = 20261122
"""Of every bootstrap: a rerun prints the same digits."""

RESAMPLES = 2000
"""Bootstrap resamples: the interval's own error is then below a tenth of its width."""

Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Measure:
    """A value with its 95 % interval and the number of cases it rests on. NaN where there is no case."""

    value: float
    low: float
    high: float
    n: int

    def as_json(self) -> dict[str, object]:
        """The shape the contract fixes; NaN becomes null."""
        return {"value": _finite(self.value), "ci95": [_finite(self.low), _finite(self.high)], "n": self.n}


def _finite(x: float) -> float | None:
    return None if math.isnan(x) else round(float(x), 6)


NOTHING = Measure(math.nan, math.nan, math.nan, 0)


def share(hits: Sequence[bool]) -> Measure:
    """A proportion with Wilson's interval, which is honest at 0 and 1."""
    n = len(hits)
    if n == 0:
        return NOTHING
    p = sum(hits) / n
    center = (p + Z95**2 / (2 * n)) / (1 + Z95**2 / n)
    half = Z95 * math.sqrt(p * (1 - p) / n + Z95**2 / (4 * n * n)) / (1 + Z95**2 / n)
    return Measure(p, max(0.0, center - half), min(1.0, center + half), n)


def mean(values: Sequence[float]) -> Measure:
    """A mean with a percentile bootstrap interval, seeded so that a rerun prints the same digits."""
    return statistic(np.asarray(values, float)[:, None], lambda rows: float(rows[:, 0].mean()))


def ratio(parts: Sequence[float], wholes: Sequence[float]) -> Measure:
    """Sum of parts over sum of wholes, resampled by case (a micro average)."""
    pairs = np.column_stack([np.asarray(parts, float), np.asarray(wholes, float)])

    def value(rows: NDArray[np.float64]) -> float:
        total = rows[:, 1].sum()
        return float(rows[:, 0].sum() / total) if total else math.nan

    return statistic(pairs, value)


def statistic(rows: NDArray[np.float64], value: Callable[[NDArray[np.float64]], float]) -> Measure:
    """Any statistic of rows with a percentile bootstrap interval."""
    n = len(rows)
    if n == 0:
        return NOTHING
    rng = np.random.default_rng(SEED)
    draws = [value(rows[rng.integers(0, n, n)]) for _ in range(RESAMPLES)]
    known = [d for d in draws if not math.isnan(d)]
    if not known:
        return Measure(value(rows), math.nan, math.nan, n)
    low, high = np.percentile(known, [2.5, 97.5])
    return Measure(value(rows), float(low), float(high), n)


def auroc(positives: Sequence[float], negatives: Sequence[float]) -> Measure:
    """Probability that a positive scores above a negative; ties count half."""
    labels = np.concatenate([np.ones(len(positives)), np.zeros(len(negatives))])
    rows = np.column_stack([np.concatenate([positives, negatives]).astype(float), labels])
    return statistic(rows, _auroc) if len(positives) and len(negatives) else NOTHING


def _auroc(rows: NDArray[np.float64]) -> float:
    scores, labels = rows[:, 0], rows[:, 1]
    order = np.argsort(scores, kind="stable")
    _, inverse, counts = np.unique(scores[order], return_inverse=True, return_counts=True)
    middle_rank = np.cumsum(counts) - (counts - 1) / 2
    ranks = middle_rank[inverse]
    positive = labels[order] == 1
    p, q = int(positive.sum()), int((~positive).sum())
    return math.nan if p == 0 or q == 0 else float((ranks[positive].sum() - p * (p + 1) / 2) / (p * q))


def expected_calibration_error(confidences: Sequence[float], correct: Sequence[bool], bins: int = 10) -> Measure:
    """Mean gap between confidence and accuracy over equal-width bins, weighted by cases."""

    def value(rows: NDArray[np.float64]) -> float:
        index = np.minimum((rows[:, 0] * bins).astype(int), bins - 1)
        gaps = 0.0
        for b in range(bins):
            inside = rows[index == b]
            if len(inside):
                gaps += len(inside) / len(rows) * abs(inside[:, 0].mean() - inside[:, 1].mean())
        return float(gaps)

    return statistic(np.column_stack([np.asarray(confidences, float), np.asarray(correct, float)]), value)


def quantiles(values: Sequence[float]) -> dict[str, float]:
    """p50, p95 and p99, in the unit of the values; empty for none."""
    if not values:
        return {}
    p50, p95, p99 = np.percentile(np.asarray(values, float), [50, 95, 99])
    return {"p50": round(float(p50), 2), "p95": round(float(p95), 2), "p99": round(float(p99), 2)}
