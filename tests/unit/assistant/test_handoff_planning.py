"""Erlang C against values that others published."""

from datetime import datetime, timedelta

import pytest

from assistant.handoff.arrivals import ArrivalsUnreadable, from_history, from_text
from assistant.handoff.hours import OFFICE_TIME
from assistant.handoff.planning import Staffing, day_plan, need, plan, served_within, waits


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


def test_a_day_is_held_against_who_is_planned() -> None:
    by = Staffing(talk=180, at_once=1)
    day = day_plan([0.0, 100.0, 100.0, 20.0], [2, 8, 14, 0], by, [True, True, True, False])
    idle, short, enough, closed = day.half_hours
    assert (idle.need.helpers, idle.lacking, idle.reached) == (0, -2, 1.0)
    assert short.reached == 0.0  # eight seats for a load of ten: the line only grows
    assert short.lacking == short.need.helpers - 8
    assert enough.reached == pytest.approx(served_within(14, 10.0, 60, 180))
    assert not closed.open
    assert day.reached == pytest.approx(enough.reached / 2)  # who comes while it is closed is told so, not made to wait
    assert day.helper_hours == (short.need.helpers + enough.need.helpers) / 2


def test_shrinkage_needs_more_people_than_seats() -> None:
    whole, shrunk = (need(100, 180, present=present).helpers for present in (1.0, 0.7))
    assert shrunk == pytest.approx(whole / 0.7, abs=1)


def test_arrivals_are_read_as_people_paste_them() -> None:
    assert from_text("09:00 12\n9:30，20\n10：00\t7.5").by_half_hour[18:21] == (12.0, 20.0, 7.5)
    assert from_text(" ".join(["3"] * 48)).by_half_hour == (3.0,) * 48
    for wrong in ("", "很多", "09:15 3", "25:00 1", "1,2,3"):
        with pytest.raises(ArrivalsUnreadable):
            from_text(wrong)


def test_history_counts_working_days_only_and_leaves_today_out() -> None:
    monday = datetime(2026, 11, 23, 10, 5, tzinfo=OFFICE_TIME)
    moments = [monday - timedelta(days=back) for back in (0, 1, 2, 3, 4)]  # Monday, Sunday, Saturday, Friday, Thursday
    found = from_history(moments, monday, days=4)
    assert (found.days, found.by_half_hour[20]) == (4, 0.5)
    assert sum(found.by_half_hour) == 0.5
