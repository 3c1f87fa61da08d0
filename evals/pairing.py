"""Two runs on the same cases: is the difference more than chance, and how small a one could be seen at all."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from evals.statistics import SEED, Z95, Measure, statistic

SIGNIFICANT = 0.05
_POWER = 0.841621233572914  # of a normal: 80 %
_SHUFFLES = 9_999


@dataclass(frozen=True, slots=True, kw_only=True)
class Paired:
    """The mean difference case by case, after less before. `p` is two-sided; `changed` counts cases that differ."""

    gap: Measure
    p: float
    changed: int
    test: str


def paired(before: Sequence[float], after: Sequence[float], clusters: Sequence[str] | None = None) -> Paired:
    """Compare by McNemar's exact test where every value is 0 or 1, by a permutation of signs otherwise.

    `clusters` name what cases have in common (the item they are about): the interval then resamples clusters, because
    the cases of one item fail together.
    """
    gaps = np.asarray(after, float) - np.asarray(before, float)
    changed = int(np.count_nonzero(gaps))
    interval = clustered_mean(gaps.tolist(), clusters) if clusters else statistic(gaps[:, None], _mean)
    if set(before) | set(after) <= {0.0, 1.0}:
        return Paired(
            gap=interval, p=mcnemar(int((gaps > 0).sum()), int((gaps < 0).sum())), changed=changed, test="McNemar"
        )
    return Paired(gap=interval, p=_signs(gaps), changed=changed, test="permutation")


def mcnemar(better: int, worse: int) -> float:
    """The exact two-sided p of `better` against `worse` among the pairs that changed; 1 where none did."""
    n, k = better + worse, min(better, worse)
    if n == 0:
        return 1.0
    tail = sum(math.comb(n, i) for i in range(k + 1)) / 2**n
    return float(min(1.0, 2 * tail))


def _signs(gaps: np.ndarray) -> float:
    """How often signs drawn by chance give a mean difference as large; exact zeros have no sign."""
    moved = gaps[gaps != 0]
    if not len(moved):
        return 1.0
    rng = np.random.default_rng(SEED)
    drawn = np.abs(rng.choice([-1.0, 1.0], size=(_SHUFFLES, len(moved))) @ np.abs(moved))
    return float((1 + int((drawn >= abs(moved.sum()) - 1e-12).sum())) / (_SHUFFLES + 1))


def holm(ps: Mapping[str, float]) -> dict[str, float]:
    """P values corrected for how many measures were looked at at once (Holm, 1979)."""
    corrected: dict[str, float] = {}
    floor = 0.0
    for place, (name, p) in enumerate(sorted(ps.items(), key=lambda pair: (pair[1], pair[0]))):
        floor = max(floor, min(1.0, p * (len(ps) - place)))
        corrected[name] = floor
    return corrected


def clustered_mean(values: Sequence[float], clusters: Sequence[str]) -> Measure:
    """A mean whose interval draws whole clusters."""
    names = {name: n for n, name in enumerate(dict.fromkeys(clusters))}
    sums, counts = np.zeros(len(names)), np.zeros(len(names))
    for value, name in zip(values, clusters, strict=True):
        sums[names[name]] += value
        counts[names[name]] += 1
    found = statistic(np.column_stack([sums, counts]), lambda rows: float(rows[:, 0].sum() / rows[:, 1].sum()))
    return Measure(found.value, found.low, found.high, len(values))


def smallest_visible(cases: int, changing: float = 0.05) -> float:
    """The smallest difference of a share that a paired comparison of so many cases sees in four of five tries.

    `changing` is the share of cases whose outcome differs between two runs; .05 is what small changes of this product
    cause. (Normal approximation of McNemar's test, two-sided 5 %.)
    """
    return min(1.0, (Z95 + _POWER) * math.sqrt(changing / cases)) if cases else 1.0


def _mean(rows: np.ndarray) -> float:
    return float(rows[:, 0].mean())
