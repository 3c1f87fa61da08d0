"""How many helpers a half-hour needs, by Erlang C: arrivals at random, one line, whoever is free takes the next.

Erlang C is told in A. K. Erlang's own paper of 1917; a helper who talks with several at once is several seats. It knows
no impatience and no mix of skills: both make the true wait differ, the first makes it shorter.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, exp

_MOST = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Need:
    """What a half-hour needs: seats are conversations at once, helpers are people. `share` are served in time."""

    arrivals: float
    load: float
    seats: int
    helpers: int
    share: float
    mean_wait: float


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
    if seats <= load:
        return 0.0
    return 1 - waits(seats, load) * exp(-(seats - load) * seconds / talk)


def need(
    arrivals: float,
    talk: float,
    *,
    per_seconds: float = 1800,
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
        helpers=ceil(seats / at_once / present),
        share=served_within(seats, load, within, talk),
        mean_wait=waits(seats, load) * talk / spare if spare > 0 else float("inf"),
    )


def plan(arrivals: Sequence[float], talk: float, *, at_once: int = 1, present: float = 1.0) -> tuple[Need, ...]:
    """The need of each half-hour of a day, so that 95 % are served within sixty seconds."""
    return tuple(need(one, talk, at_once=at_once, present=present) for one in arrivals)
