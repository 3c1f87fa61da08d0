"""Handoff on a real database with a clock that tests turn."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count

from sqlalchemy import Engine

from assistant.handoff.building import Handoff, build_handoff
from assistant.handoff.clerks import Duty, Skills
from assistant.handoff.hours import OFFICE_TIME, OpeningHours
from assistant.handoff.queue import Request
from assistant.handoff.reasons import Reason
from assistant.handoff.talking import Saying
from assistant.handoff.ticket import Subject, Ticket

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=OFFICE_TIME)


@dataclass(slots=True)
class TurnedClock:
    """A clock that stands still until it is turned."""

    now: datetime = MONDAY

    def __call__(self) -> datetime:
        return self.now

    def turn(self, seconds: float) -> None:
        """Let time pass."""
        self.now += timedelta(seconds=seconds)


@dataclass(slots=True)
class Office:
    """A handoff with a clock, and short ways to say what happens in it."""

    engine: Engine
    hours: OpeningHours = field(default_factory=OpeningHours)
    clock: TurnedClock = field(default_factory=TurnedClock)
    changed: list[str] = field(default_factory=list)
    parts: Handoff = field(init=False)
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.parts = build_handoff(
            self.engine,
            self.clock,
            hours=self.hours,
            told=lambda ticket, _: self.changed.append(ticket),
            line_kept=timedelta(0),
        )

    def clerk(self, name: str, skills: Skills | None = None, duty: Duty = Duty.ON) -> str:
        """Somebody who helps, on duty."""
        self.parts.roster.enlist(name, name, skills or Skills())
        self.parts.roster.set_duty(name, duty)
        return name

    def ask(self, conversation: str | None = None, reason: Reason = Reason.ASKED, **subject: str) -> Ticket:
        """A citizen asks for a person."""
        number = next(self._numbers)
        about = Subject(
            reason=reason,
            item=subject.get("item"),
            department=subject.get("department"),
            district=subject.get("district"),
            language=subject.get("language", "zh"),
        )
        request = Request(id=f"t{number}", conversation=conversation or f"c{number}", subject=about)
        return self.parts.queue.request(request)

    def pass_time(self, seconds: float, *desks: str) -> None:
        """Seconds go by, one after the other; the named desks are heard."""
        left = seconds
        while left > 0:
            step = min(left, 1.0)
            self.clock.turn(step)
            self.parts.roster.beat(desks)
            self.parts.tick()
            left -= step

    def ticket(self, ticket: Ticket | str) -> Ticket:
        """The ticket as it is kept, which is what its log says."""
        ticket_id = ticket if isinstance(ticket, str) else ticket.id
        kept = self.parts.log.ticket(ticket_id)
        assert kept is not None
        assert self.parts.log.derived(ticket_id) == kept
        return kept

    def say(self, ticket: Ticket, text: str, by: str | None = None, client_id: str | None = None) -> int:
        """Somebody says something; the number of the line."""
        saying = Saying(client_id=client_id or f"m{next(self._numbers)}", text=text)
        if by is None:
            return self.parts.talking.citizen_says(ticket.id, saying).seq
        return self.parts.talking.clerk_says(ticket.id, by, saying).seq

    def kinds(self, ticket: Ticket) -> list[str]:
        """What happened to a ticket, in order."""
        return [str(one.kind) for one in self.parts.log.after(ticket.id, 0)]
