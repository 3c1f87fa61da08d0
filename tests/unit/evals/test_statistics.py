"""Intervals and curves against values worked out elsewhere."""

import math

import numpy as np
import pytest

from evals.statistics import auroc, expected_calibration_error, mean, quantiles, ratio, share


def test_wilson_interval_of_nine_in_ten_is_the_textbook_one() -> None:
    measure = share([True] * 9 + [False])
    assert measure.value == pytest.approx(0.9)
    assert measure.low == pytest.approx(0.5958, abs=1e-4)
    assert measure.high == pytest.approx(0.9821, abs=1e-4)


def test_a_perfect_share_is_never_certain() -> None:
    measure = share([True] * 300)
    assert measure.value == 1.0
    assert measure.low == pytest.approx(0.98736, abs=1e-4)


def test_no_case_gives_no_number() -> None:
    measure = share([])
    assert math.isnan(measure.value)
    assert measure.as_json() == {"value": None, "ci95": [None, None], "n": 0}


@pytest.mark.parametrize(
    ("positives", "negatives", "expected"),
    [([0.9, 0.8], [0.1, 0.2], 1.0), ([0.5], [0.5], 0.5), ([0.2, 0.9], [0.5], 0.5), ([0.1], [0.9], 0.0)],
)
def test_auroc_counts_pairs_and_ties_half(positives: list[float], negatives: list[float], expected: float) -> None:
    assert auroc(positives, negatives).value == pytest.approx(expected)


def test_auroc_equals_the_brute_force_count_on_random_scores() -> None:
    rng = np.random.default_rng(7)
    positives, negatives = rng.integers(0, 20, 60) / 20, rng.integers(0, 15, 80) / 20
    pairs = [(p > n) + 0.5 * (p == n) for p in positives for n in negatives]
    assert auroc(list(positives), list(negatives)).value == pytest.approx(float(np.mean(pairs)))


def test_calibration_error_is_zero_for_honest_confidence_and_large_for_boasting() -> None:
    honest = expected_calibration_error([0.75] * 4, [True, True, True, False])
    boasting = expected_calibration_error([1.0] * 4, [False] * 4)
    assert honest.value == pytest.approx(0.0)
    assert boasting.value == pytest.approx(1.0)


def test_a_micro_average_weighs_cases_by_their_size() -> None:
    assert ratio([1, 0], [1, 3]).value == pytest.approx(0.25)


def test_the_bootstrap_prints_the_same_digits_twice() -> None:
    values = [0.0, 1.0, 1.0, 0.5, 0.25]
    assert mean(values) == mean(values)


def test_quantiles_of_nothing_are_nothing() -> None:
    assert quantiles([]) == {}
    assert quantiles([1.0, 2.0, 3.0])["p50"] == 2.0
