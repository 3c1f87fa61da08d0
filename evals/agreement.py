"""How far raters agree beyond chance: Krippendorff's α for names, with an interval over the things that were rated.

Own code of thirty lines: the library for it is under the GPL. It is held to the published example.
"""

import math
from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

from evals.statistics import Measure, statistic

_NOT_RATED = -1.0


def alpha(ratings: Sequence[Sequence[Hashable | None]]) -> Measure:
    """α of nominal ratings; one sequence a thing, one place in it a rater, None where that rater said nothing.

    1 is agreement, 0 what chance would give, below 0 is worse than that. NaN where nothing varies: then agreement
    cannot be told from having one answer for all. (K. Krippendorff, Computing Krippendorff's Alpha-Reliability, 2011.)
    """
    names = {name: float(n) for n, name in enumerate(dict.fromkeys(r for thing in ratings for r in thing))}
    rated = np.array([[_NOT_RATED if r is None else names[r] for r in thing] for thing in ratings], float)
    return statistic(rated.reshape(len(ratings), -1), _alpha)


def _alpha(rated: NDArray[np.float64]) -> float:
    """1 − observed over expected disagreement, from the coincidences within things that two or more rated."""
    values = [value for value in np.unique(rated) if value != _NOT_RATED]
    counts = np.stack([(rated == value).sum(axis=1) for value in values], axis=1).astype(float)
    raters = counts.sum(axis=1)
    counts, raters = counts[raters > 1], raters[raters > 1]
    total = raters.sum()
    if not total:
        return math.nan
    agreeing = (counts * (counts - 1)).sum(axis=1)
    observed = ((raters * (raters - 1) - agreeing) / (raters - 1)).sum() / total
    sums = counts.sum(axis=0)
    expected = (total * total - (sums * sums).sum()) / (total * (total - 1))
    return float(1 - observed / expected) if expected else math.nan
