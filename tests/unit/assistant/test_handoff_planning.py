"""Erlang C against values that others published."""

import pytest

from assistant.handoff.planning import need, plan, served_within, waits


@pytest.mark.parametrize(
    ("seats", "load", "chance"),
    [
        (1, 0.5, 0.5),  # M/M/1: the chance to wait is the load
        (2, 1.0, 1 / 3),  # M/M/2 by hand: 2·(1/2)²/(1+1/2)
        (11, 10.0, 0.6821),  # the worked example of 100 calls in 30 minutes of 3 minutes each
        (14, 10.0, 0.1741),
        (3, 3.0, 1.0),
        (5, 0.0, 0.0),
    ],
)
def test_the_chance_to_wait_is_erlangs(seats: int, load: float, chance: float) -> None:
    assert waits(seats, load) == pytest.approx(chance, abs=1e-4)


def test_the_service_level_is_that_of_the_worked_example() -> None:
    assert served_within(14, 10.0, 20, 180) == pytest.approx(0.888, abs=1e-3)
    wanted = need(100, 180, within=20, share=0.8)
    assert (wanted.seats, wanted.load) == (14, 10.0)
    assert wanted.mean_wait == pytest.approx(7.8, abs=0.1)


def test_more_arrivals_never_need_fewer_helpers() -> None:
    needed = [one.helpers for one in plan(range(0, 300, 10), 240, at_once=3, present=0.85)]
    assert needed == sorted(needed)
    assert all(one.share >= 0.95 for one in plan(range(1, 300, 10), 240))


def test_a_very_large_load_does_not_overflow() -> None:
    assert need(20_000, 300).share >= 0.95
