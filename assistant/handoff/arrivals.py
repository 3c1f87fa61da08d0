"""How many citizens ask for a person in each half-hour of a working day: from history, or as somebody types it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from assistant.handoff.hours import OFFICE_TIME
from knowledge.life.calendar import is_working_day

HALF_HOURS = 48
_AT = re.compile(r"^([01]?\d|2[0-3])[:：]([03]0)\D+(\d+(?:\.\d+)?)$")
_MOST = 100_000.0


class ArrivalsUnreadable(ValueError):
    """The typed arrivals are in no form that is understood."""


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Mean arrivals of each half-hour from midnight, and on how many days they rest; 0 where they were typed."""

    by_half_hour: tuple[float, ...]
    days: int


def begins(half_hour: int) -> str:
    """When the half-hour begins, as people write it."""
    return f"{half_hour // 2:02}:{30 * (half_hour % 2):02}"


def from_history(moments: Iterable[datetime], now: datetime, days: int) -> Arrivals:
    """The mean over the last working days; today is not over and is left out."""
    today = now.astimezone(OFFICE_TIME).date()
    counted = _working_days_before(today, days)
    totals = [0.0] * HALF_HOURS
    for moment in moments:
        here = moment.astimezone(OFFICE_TIME)
        if here.date() in counted:
            totals[here.hour * 2 + here.minute // 30] += 1
    return Arrivals(tuple(total / max(len(counted), 1) for total in totals), len(counted))


def from_text(text: str) -> Arrivals:
    """Lines like `09:30 24`, or 48 numbers from midnight. Raises ArrivalsUnreadable naming the line."""
    lines = [line.strip() for line in re.split(r"[\n;；]+", text) if line.strip()]
    numbers = [part for part in re.split(r"[\s,，、]+", text.strip()) if part]
    if len(numbers) == HALF_HOURS and all(re.fullmatch(r"\d+(?:\.\d+)?", one) for one in numbers):
        return Arrivals(tuple(min(float(one), _MOST) for one in numbers), 0)
    found = [0.0] * HALF_HOURS
    for line in lines:
        read = _AT.match(line)
        if read is None:
            raise ArrivalsUnreadable(f"{line[:40]!r} is no half-hour: write lines like 09:30 24, or 48 numbers.")
        found[int(read[1]) * 2 + int(read[2]) // 30] = min(float(read[3]), _MOST)
    if not lines:
        raise ArrivalsUnreadable("There are no arrivals: write lines like 09:30 24, or 48 numbers.")
    return Arrivals(tuple(found), 0)


def _working_days_before(today: date, days: int) -> frozenset[date]:
    back: Sequence[date] = [today - timedelta(days=n) for n in range(1, days * 2 + 15)]
    return frozenset([day for day in back if is_working_day(day)][:days])
