"""When people are on duty, by the Chinese calendar."""

from datetime import UTC, datetime, timedelta

import pytest

from assistant.handoff.hours import OFFICE_TIME, HoursTogether, parse_hours

OFFICE = parse_hours("09:00-11:30,13:00-17:30")


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=OFFICE_TIME)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        (at(23, 8, 59), False),
        (at(23, 9), True),
        (at(23, 11, 30), False),  # the break
        (at(23, 13), True),
        (at(23, 17, 30), False),
        (at(22, 10), False),  # Sunday
        (at(1, 10, month=10), False),  # National Day
        (datetime(2026, 11, 23, 2, 0, tzinfo=UTC), True),  # ten o'clock in Shanghai
    ],
)
def test_hours_have_breaks_and_holidays(moment: datetime, is_open: bool) -> None:
    assert OFFICE.is_open(moment) is is_open


def test_the_next_opening_is_after_the_break_or_on_the_next_working_day() -> None:
    assert OFFICE.opens_at(at(23, 12)) == at(23, 13)
    assert OFFICE.opens_at(at(20, 18)) == at(23, 9)
    assert OFFICE.opens_at(at(23, 10)) == at(23, 10)


def test_only_times_within_the_hours_are_offered_for_a_call() -> None:
    slots = OFFICE.slots(at(23, 17, 5), every=timedelta(minutes=30), count=4)
    assert slots == (at(24, 9), at(24, 9, 30), at(24, 10), at(24, 10, 30))
    assert all(OFFICE.is_open(slot) for slot in OFFICE.slots(at(23, 10, 1), every=timedelta(minutes=30), count=12))


def test_around_the_clock_is_always_open() -> None:
    assert parse_hours("always").is_open(at(22, 3))


def test_a_saturday_that_is_worked_in_place_of_a_holiday_is_open() -> None:
    assert OFFICE.is_open(at(10, 10, month=10))  # Saturday after the National Day of 2026, worked by the announcement
    assert not OFFICE.is_open(at(17, 10, month=10))  # an ordinary Saturday


def test_several_teams_are_open_where_one_is() -> None:
    evening = parse_hours("daily 18:00-21:00")
    both = HoursTogether((OFFICE, evening))
    assert both.is_open(at(22, 19))  # Sunday evening
    assert both.opens_at(at(22, 10)) == at(22, 18)
    assert both.slots(at(22, 20, 20), every=timedelta(minutes=30), count=2) == (at(23, 9), at(23, 9, 30))
    assert str(evening) == "daily 18:00-21:00"
    assert parse_hours(str(OFFICE)) == OFFICE


@pytest.mark.parametrize("broken", ["", "9-17", "13:00-11:00", "09:00-12:00,11:00-17:00", "all day"])
def test_broken_hours_are_said(broken: str) -> None:
    with pytest.raises(ValueError, match=r"09:00"):
        parse_hours(broken)
