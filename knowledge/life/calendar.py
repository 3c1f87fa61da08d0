"""Chinese working days (调休 included), as the State Council announces them each year; honest where it has not yet."""

from datetime import date, timedelta
from typing import Final

import chinese_calendar

_SATURDAY: Final = 5
# Of an unannounced year: the days around which the announcements of the last years closed the offices. A day too many
# only brings a deadline forward.
_USUALLY_CLOSED: Final = (
    ((1, 1), (1, 3)),
    ((4, 4), (4, 6)),
    ((5, 1), (5, 5)),
    ((10, 1), (10, 7)),
)


def is_announced(year: int) -> bool:
    """True where the holidays of the year are known, with the days that are worked in their place."""
    try:
        chinese_calendar.is_workday(date(year, 12, 31))
    except NotImplementedError:
        return False
    return True


def is_working_day(day: date) -> bool:
    """True where offices work. Of an unannounced year: Monday to Friday, but for the holidays with a fixed date."""
    if is_announced(day.year):
        return bool(chinese_calendar.is_workday(day))
    month_and_day = (day.month, day.day)
    return day.weekday() < _SATURDAY and not any(first <= month_and_day <= last for first, last in _USUALLY_CLOSED)


def last_working_day_before(day: date) -> date:
    """The last day before on which offices work."""
    before = day - timedelta(days=1)
    while not is_working_day(before):
        before -= timedelta(days=1)
    return before


def doubt_about(*days: date) -> str | None:
    """One sentence where a day lies in a year that is not announced yet; None where all are sure."""
    years = sorted({day.year for day in days if not is_announced(day.year)})
    if not years:
        return None
    named = "、".join(f"{year}年" for year in years)
    return f"{named}的放假安排还没有收录，工作日按周一至周五推算；春节、端午、中秋请以国务院办公厅的通知为准"
