"""Working days as announced, and what is honest about years that are not."""

from datetime import date

import pytest

from knowledge.life.calendar import doubt_about, is_announced, is_working_day, last_working_day_before


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 20), True),
        (date(2026, 11, 21), False),
        (date(2026, 2, 17), False),  # the Spring Festival is on a Tuesday
        (date(2026, 10, 10), True),  # a Saturday that is worked for the National Day
    ],
)
def test_holidays_and_days_worked_instead_count(day: date, works: bool) -> None:
    assert is_working_day(day) is works


@pytest.mark.parametrize(
    ("begins", "deadline"),
    [
        (date(2026, 11, 23), date(2026, 11, 20)),
        (date(2026, 11, 25), date(2026, 11, 24)),
        (date(2026, 10, 8), date(2026, 9, 30)),
        (date(2027, 1, 1), date(2026, 12, 31)),
    ],
)
def test_the_deadline_is_the_last_working_day_before(begins: date, deadline: date) -> None:
    assert last_working_day_before(begins) == deadline


def test_a_year_that_is_not_announced_is_reckoned_and_said_to_be() -> None:
    year = next(year for year in range(2026, 2100) if not is_announced(year))
    doubt = doubt_about(date(year, 3, 1))
    assert doubt is not None
    assert f"{year}年" in doubt
    assert "国务院" in doubt
    assert not is_working_day(date(year, 10, 1))
    assert doubt_about(date(2026, 3, 2)) is None
