"""When people are on duty: hours with breaks, on the working days of the Chinese calendar."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Protocol
from zoneinfo import ZoneInfo

from knowledge.life.calendar import is_working_day

OFFICE_TIME = ZoneInfo("Asia/Shanghai")
_LONGEST_HOLIDAY = 20  # days; no holiday of the calendar is half as long


@dataclass(frozen=True, slots=True)
class Shift:
    """From the first moment to the last, on one day."""

    begins: time
    ends: time


class Hours(Protocol):
    """When somebody is on duty."""

    def is_open(self, now: datetime) -> bool:
        """Whether somebody is on duty at this moment."""
        ...

    def opens_at(self, now: datetime) -> datetime:
        """The next moment at which somebody is on duty; now where somebody is."""
        ...

    def slots(self, now: datetime, *, every: timedelta, count: int) -> tuple[datetime, ...]:
        """The next moments at which somebody could call or receive the citizen."""
        ...


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """The shifts of a working day, in order; what lies between two is a break. No shifts: always open.

    `every_day`: on Sundays and holidays too.
    """

    shifts: tuple[Shift, ...] = ()
    every_day: bool = False

    def is_open(self, now: datetime) -> bool:
        """Whether somebody is on duty at this moment."""
        if not self.shifts:
            return True
        here = now.astimezone(OFFICE_TIME)
        return self.works_on(here.date()) and any(s.begins <= here.time() < s.ends for s in self.shifts)

    def works_on(self, day: date) -> bool:
        """Whether it is one of their days."""
        return self.every_day or is_working_day(day)

    def opens_at(self, now: datetime) -> datetime:
        """The next moment at which somebody is on duty; now where somebody is."""
        if self.is_open(now):
            return now
        here = now.astimezone(OFFICE_TIME)
        for ahead in range(_LONGEST_HOLIDAY):
            day = here.date() + timedelta(days=ahead)
            if not self.works_on(day):
                continue
            for shift in self.shifts:
                begins = datetime.combine(day, shift.begins, OFFICE_TIME)
                if begins > here:
                    return begins
        raise ValueError(
            "The opening hours leave no day open: set XIAOSHEN_HANDOFF_HOURS like 09:00-11:30,13:00-17:30."
        )

    def slots(self, now: datetime, *, every: timedelta, count: int) -> tuple[datetime, ...]:
        """The next moments at which somebody could call or receive the citizen, at least half a step ahead."""
        return slots_of(self, now, every=every, count=count)

    def __str__(self) -> str:
        """The hours as they are set."""
        told = ",".join(f"{shift.begins:%H:%M}-{shift.ends:%H:%M}" for shift in self.shifts) or "always"
        return f"daily {told}" if self.every_day else told


@dataclass(frozen=True, slots=True)
class HoursTogether:
    """Several teams: somebody is on duty where one of them is."""

    teams: tuple[OpeningHours, ...]

    def is_open(self, now: datetime) -> bool:
        """Whether a team is on duty at this moment."""
        return any(team.is_open(now) for team in self.teams)

    def opens_at(self, now: datetime) -> datetime:
        """The next moment at which a team is on duty."""
        return min(team.opens_at(now) for team in self.teams)

    def slots(self, now: datetime, *, every: timedelta, count: int) -> tuple[datetime, ...]:
        """The next moments at which somebody could call or receive the citizen, at least half a step ahead."""
        return slots_of(self, now, every=every, count=count)


def slots_of(hours: Hours, now: datetime, *, every: timedelta, count: int) -> tuple[datetime, ...]:
    """The next moments of these hours, at full steps."""
    found: list[datetime] = []
    moment = _rounded_up(now.astimezone(OFFICE_TIME) + every / 2, every)
    for _ in range(_LONGEST_HOLIDAY * 100):
        if len(found) == count:
            break
        moment = _rounded_up(hours.opens_at(moment), every) if not hours.is_open(moment) else moment
        if hours.is_open(moment):
            found.append(moment)
        moment += every
    return tuple(found)


def _rounded_up(moment: datetime, step: timedelta) -> datetime:
    midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + -((midnight - moment) // step) * step


def parse_hours(text: str) -> OpeningHours:
    """Hours like `09:00-11:30,13:00-17:30`; `always` for around the clock; `daily ` in front: on holidays too.

    Raises ValueError saying what is wrong.
    """
    if text.strip().startswith("daily "):
        return replace(parse_hours(text.strip().removeprefix("daily ")), every_day=True)
    if text.strip() == "always":
        return OpeningHours()
    shifts: Sequence[Shift] = [_shift(part) for part in text.split(",")]
    ordered = all(a.ends <= b.begins for a, b in pairwise(shifts))
    if not ordered or any(shift.begins >= shift.ends for shift in shifts):
        raise ValueError(
            f"{text!r} is not in order: write shifts from morning to evening, like 09:00-11:30,13:00-17:30."
        )
    return OpeningHours(tuple(shifts))


def _shift(part: str) -> Shift:
    begins, _, ends = part.strip().partition("-")
    try:
        return Shift(time.fromisoformat(begins.strip()), time.fromisoformat(ends.strip()))
    except ValueError:
        raise ValueError(f"{part!r} is no shift: write it like 09:00-11:30.") from None
