"""Puts the parts of handoff together on a database."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Engine

from assistant.handoff.choosing import Choosing
from assistant.handoff.hours import Hours, OpeningHours
from assistant.handoff.log import Clock, TicketLog, Told, untold
from assistant.handoff.promise import Promise
from assistant.handoff.queue import SqlHandoffQueue
from assistant.handoff.ratings import Ratings
from assistant.handoff.reading_line import LineReader
from assistant.handoff.roster import Roster
from assistant.handoff.sweeping import Sweep
from assistant.handoff.talking import Talking
from assistant.handoff.teams import Teams
from assistant.handoff.visiting import Visits

NewId = Callable[[], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Handoff:
    """Everything that citizens, clerks and the clock do to tickets."""

    log: TicketLog
    line: LineReader
    roster: Roster
    queue: SqlHandoffQueue
    talking: Talking
    choosing: Choosing
    visits: Visits
    sweep: Sweep
    ratings: Ratings
    hours: Hours
    teams: Teams

    def tick(self) -> None:
        """What every process does each second: keep the deadlines, offer what waits."""
        self.sweep.round()
        self.queue.dispatch()


def build_handoff(
    engine: Engine,
    clock: Clock,
    *,
    hours: OpeningHours | None = None,
    promise: Promise | None = None,
    told: Told = untold,
    line_kept: timedelta = timedelta(seconds=1),
) -> Handoff:
    """The parts, on a database whose schema is up to date. `told` hears of each changed ticket of this process.

    `hours` hold for every team that has none of its own.
    """
    log = TicketLog(engine, clock, promise, told)
    teams = Teams(log, hours or OpeningHours())
    line = LineReader(log, line_kept)
    queue = SqlHandoffQueue(log, line, teams)
    return Handoff(
        log=log,
        line=line,
        roster=Roster(log),
        queue=queue,
        talking=Talking(log, queue),
        choosing=Choosing(log, queue, teams),
        visits=Visits(log),
        sweep=Sweep(log),
        ratings=Ratings(log),
        hours=teams,
        teams=teams,
    )
