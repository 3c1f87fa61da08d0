"""What a paired comparison sees: real losses, and nothing in two runs of the same thing."""

import math

import numpy as np
import pytest

from evals.compare import StoredMeasure, StoredResult, differences, flips
from evals.pairing import clustered_mean, holm, mcnemar, paired, smallest_visible
from evals.statistics import mean

MEASURES = ("fact_recall", "citation_precision", "rightly_unanswered", "forbidden_rate", "top_1", "top_3")
CASES, REPETITIONS = 1_000, 20


def a_result(scores: dict[str, np.ndarray]) -> StoredResult:
    rows = [
        {
            "id": f"c{n}",
            "cluster": f"item{n % 167}",
            "scores": {name: float(values[n]) for name, values in scores.items()},
        }
        for n in range(CASES)
    ]
    metrics = {
        name: StoredMeasure(value=float(values.mean()), ci95=(None, None), n=CASES) for name, values in scores.items()
    }
    return StoredResult(task="answers", metrics=metrics, rows=rows)


def a_run(rng: np.random.Generator) -> dict[str, np.ndarray]:
    return {name: (rng.random(CASES) < (0.03 if name == "forbidden_rate" else 0.92)).astype(float) for name in MEASURES}


def run_again(rng: np.random.Generator, scores: dict[str, np.ndarray], noise: float = 0.01) -> dict[str, np.ndarray]:
    """The same product: one case in a hundred comes out otherwise, in either direction."""
    again = {}
    for name, values in scores.items():
        turned = values.copy()
        for old in (0.0, 1.0):
            same = np.flatnonzero(values == old)
            picked = rng.choice(same, size=min(len(same), round(noise * CASES / 2)), replace=False)
            turned[picked] = 1.0 - old
        again[name] = turned
    return again


@pytest.mark.parametrize("repetition", range(REPETITIONS))
def test_a_loss_of_two_points_in_a_thousand_cases_is_flagged(repetition: int) -> None:
    rng = np.random.default_rng(repetition)
    before = a_run(rng)
    after = run_again(rng, before)
    right = np.flatnonzero(after["fact_recall"] == 1.0)
    after["fact_recall"][rng.choice(right, size=20, replace=False)] = 0.0
    found = {d.metric: d.is_regression for d in differences(a_result(before), a_result(after))}
    assert [name for name, is_regression in found.items() if is_regression] == ["fact_recall"]


@pytest.mark.parametrize("repetition", range(REPETITIONS))
def test_two_runs_of_the_same_product_show_no_regression(repetition: int) -> None:
    rng = np.random.default_rng(1_000 + repetition)
    before = a_run(rng)
    found = differences(a_result(before), a_result(run_again(rng, before)))
    assert not any(d.is_regression for d in found)


SHARES = np.array([0.0, 0.25, 0.5, 0.75, 1.0])
PARTLY = ("fact_recall", "field_recall", "prefill_ratio")


def partly_right(rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Measures of a case between 0 and 1: so much of what it asks for is there."""
    return {name: rng.choice(SHARES, CASES, p=[0.02, 0.03, 0.05, 0.1, 0.8]) for name in PARTLY}


def partly_again(rng: np.random.Generator, scores: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The same product: one case in a hundred comes out a quarter better, and one a quarter worse."""
    again = {}
    for name, values in scores.items():
        moved = values.copy()
        moved[rng.choice(np.flatnonzero(values < 1.0), size=10, replace=False)] += 0.25
        moved[rng.choice(np.flatnonzero(values > 0.0), size=10, replace=False)] -= 0.25
        again[name] = np.clip(moved, 0.0, 1.0)
    return again


@pytest.mark.parametrize("repetition", range(REPETITIONS))
def test_a_loss_of_two_points_of_a_partial_measure_is_flagged(repetition: int) -> None:
    rng = np.random.default_rng(2_000 + repetition)
    before = partly_right(rng)
    after = partly_again(rng, before)
    half = np.flatnonzero(after["field_recall"] >= 0.5)
    after["field_recall"][rng.choice(half, size=40, replace=False)] -= 0.5
    found = {d.metric: d.is_regression for d in differences(a_result(before), a_result(after))}
    assert [name for name, is_regression in found.items() if is_regression] == ["field_recall"]


@pytest.mark.parametrize("repetition", range(REPETITIONS))
def test_two_runs_show_no_regression_of_a_partial_measure(repetition: int) -> None:
    rng = np.random.default_rng(3_000 + repetition)
    before = partly_right(rng)
    found = differences(a_result(before), a_result(partly_again(rng, before)))
    assert not any(d.is_regression for d in found)


def test_mcnemars_exact_p_is_the_binomial_tail() -> None:
    assert mcnemar(0, 0) == 1.0
    assert mcnemar(0, 5) == pytest.approx(2 / 32)
    assert mcnemar(1, 9) == pytest.approx(2 * 11 / 1024)


def test_values_between_zero_and_one_are_compared_by_signs() -> None:
    rng = np.random.default_rng(3)
    before = rng.random(200)
    better = paired(before.tolist(), (before + 0.05).tolist())
    assert (better.test, better.changed) == ("permutation", 200)
    assert better.p < 0.001
    assert better.gap.value == pytest.approx(0.05)
    assert paired(before.tolist(), before.tolist()).p == 1.0


def test_looking_at_more_measures_asks_for_more_certainty() -> None:
    corrected = holm({"a": 0.01, "b": 0.04, "c": 0.03})
    assert corrected == {"a": pytest.approx(0.03), "c": pytest.approx(0.06), "b": pytest.approx(0.06)}


def test_cases_of_one_item_count_together_in_the_interval() -> None:
    values = [1.0] * 50 + [0.0] * 50
    alone = mean(values)
    together = clustered_mean(values, [f"item{n // 10}" for n in range(100)])
    assert together.value == alone.value == 0.5
    assert together.high - together.low > 2 * (alone.high - alone.low)


def test_what_can_be_seen_shrinks_with_the_number_of_cases() -> None:
    assert smallest_visible(1_000) == pytest.approx(2.8016 * math.sqrt(0.05 / 1_000), rel=1e-3)
    assert smallest_visible(0) == 1.0


def test_flips_name_the_cases_that_became_worse_first() -> None:
    before, after = a_run(np.random.default_rng(1)), a_run(np.random.default_rng(1))
    n = int(np.flatnonzero(before["top_1"] == 1.0)[0])
    m = int(np.flatnonzero(before["top_1"] == 0.0)[0])
    after["top_1"][[n, m]] = 0.0, 1.0
    assert [(f.id, f.before, f.after) for f in flips(a_result(before), a_result(after))] == [
        (f"c{n}", 1.0, 0.0),
        (f"c{m}", 0.0, 1.0),
    ]
