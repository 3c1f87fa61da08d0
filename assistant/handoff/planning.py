"""How many helpers a half-hour needs, by Erlang C: arrivals at random, one line, whoever is free takes the next.

Erlang C is told in A. K. Erlang's own paper of 1917; a helper who talks with several at once is several seats. It knows
no impatience and no mix of skills: both make the true wait differ, the first makes it shorter. pyworkforce computes the
same and brings ortools, pandas and numpy with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, exp, floor

_MOST = 10_000
HALF_HOUR = 1800.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What a half-hour needs: seats are conversations at once, helpers are people. `share` are served in time."""

    arrivals: float
    load: float
    seats: int
    helpers: int
    share: float
    mean_wait: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Staffing:
    """What is assumed.

    `talk`: seconds of a conversation with what is written up after it. `at_once`: conversations of a helper.
    `present`: the part of a shift that a helper is there, one less the shrinkage.
    """

    talk: float
    within: float = 60.0
    share: float = 0.95
    at_once: int = 1
    present: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedHalfHour:
    """The need of a half-hour beside who is planned for it; `reached`: the share served in time by those planned.

    `open`: somebody is on duty by the hours; who comes at other times is told so at once.
    """

    need: Need
    planned: int
    reached: float
    open: bool

    @property
    def lacking(self) -> int:
        """Helpers that are missing; negative: more than needed."""
        return self.need.helpers - self.planned


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPlan:
    """A working day. `reached` and the hours needed are of the half-hours that are open."""

    half_hours: tuple[PlannedHalfHour, ...]
    reached: float | None
    helper_hours: float
    planned_hours: float


def waits(seats: int, load: float) -> float:
    """The chance that somebody has to wait (Erlang C), with `load` conversations going on on average; 1 at no rest."""
    if load <= 0:
        return 0.0
    if seats <= load:
        return 1.0
    blocked = 1.0  # Erlang B, seat by seat: no factorial overflows
    for seat in range(1, seats + 1):
        blocked = load * blocked / (seat + load * blocked)
    return blocked / (1 - load / seats * (1 - blocked))


def served_within(seats: int, load: float, seconds: float, talk: float) -> float:
    """The share that is served within so many seconds, where a conversation lasts `talk` seconds."""
    if load <= 0:
        return 1.0
    if seats <= load:
        return 0.0
    return 1 - waits(seats, load) * exp(-(seats - load) * seconds / talk)


def need(
    arrivals: float,
    talk: float,
    *,
    per_seconds: float = HALF_HOUR,
    within: float = 60,
    share: float = 0.95,
    at_once: int = 1,
    present: float = 1.0,
) -> Need:
    """The fewest helpers for so many arrivals. `present`: the part of a shift that a helper is there."""
    load = arrivals * talk / per_seconds
    seats = max(1, ceil(load))
    while served_within(seats, load, within, talk) < share and seats < _MOST:
        seats += 1
    spare = seats - load
    return Need(
        arrivals=arrivals,
        load=load,
        seats=seats,
        helpers=ceil(seats / at_once / present) if arrivals > 0 else 0,
        share=served_within(seats, load, within, talk),
        mean_wait=waits(seats, load) * talk / spare if spare > 0 else float("inf"),
    )


def plan(arrivals: Sequence[float], talk: float, *, at_once: int = 1, present: float = 1.0) -> tuple[Need, ...]:
    """The need of each half-hour of a day, so that 95 % are served within sixty seconds."""
    return tuple(need(one, talk, at_once=at_once, present=present) for one in arrivals)


def day_plan(
    arrivals: Sequence[float], planned: Sequence[int], by: Staffing, opened: Sequence[bool] | None = None
) -> DayPlan:
    """The need of each half-hour beside the helpers planned for it; open all day where nothing else is said."""
    opened = opened if opened is not None else [True] * len(arrivals)
    half_hours = tuple(_beside(*one, by) for one in zip(arrivals, planned, opened, strict=True))
    asked = sum(h.need.arrivals for h in half_hours if h.open)
    return DayPlan(
        half_hours=half_hours,
        reached=sum(h.reached * h.need.arrivals for h in half_hours if h.open) / asked if asked else None,
        helper_hours=sum(h.need.helpers for h in half_hours if h.open) / 2,
        planned_hours=sum(planned) / 2,
    )


def _beside(arrivals: float, planned: int, opened: bool, by: Staffing) -> PlannedHalfHour:
    wanted = need(arrivals, by.talk, within=by.within, share=by.share, at_once=by.at_once, present=by.present)
    seats = floor(planned * by.at_once * by.present + 1e-9)
    return PlannedHalfHour(
        need=wanted, planned=planned, reached=served_within(seats, wanted.load, by.within, by.talk), open=opened
    )
