"""Reads the line and the desks out of the database, at most once in a while: every waiting page asks for its place."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from threading import Lock

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from assistant.handoff.estimating import Line
from assistant.handoff.happenings import Choice, Kind
from assistant.handoff.log import TicketLog
from assistant.handoff.rows import clerk_of
from assistant.handoff.tables import ClerkRow, HappeningRow, TicketRow
from assistant.handoff.ticket import State
from knowledge.storage.engine import reading

_KEPT = timedelta(seconds=1)
_LATELY = timedelta(hours=2)
_SAMPLES = 200
_STAYS = 0.8
"""The share that keeps waiting, where nobody has chosen yet."""


class LineReader:
    """The line as of a second ago at most."""

    def __init__(self, log: TicketLog, kept: timedelta = _KEPT) -> None:
        self._log = log
        self._kept = kept
        self._lock = Lock()
        self._read_at: datetime | None = None
        self._line = Line()

    def now(self) -> Line:
        """The line; read again where what is known is too old."""
        moment = self._log.clock()
        with self._lock:
            if self._read_at is None or not timedelta(0) <= moment - self._read_at < self._kept:
                self._line = self._read(moment)
                self._read_at = moment
            return self._line

    def _read(self, now: datetime) -> Line:
        with reading(self._log.engine) as session:
            waiting = _waiting(session)
            ended = _ended_lately(session, now)
            stays = _share_that_stays(session, now)
            there = [clerk_of(row) for row in session.scalars(select(ClerkRow).where(ClerkRow.lease_until > now))]
            going_on = _going_on(session, now)
            pickups = _pickups(session, now)
        on_duty = [clerk for clerk in there if clerk.takes_new(now)]
        return Line(
            places=tuple(ticket for ticket, _ in waiting),
            staying=tuple(1.0 if chose else stays for _, chose in waiting),
            seats=sum(clerk.skills.capacity for clerk in on_duty if not clerk.skills.leads),
            anybody=bool(on_duty),
            going_on=going_on,
            talks=tuple((end - begin).total_seconds() for begin, end in ended),
            pickups=pickups,
        )


def _waiting(session: Session) -> Sequence[tuple[str, bool]]:
    query = select(TicketRow.id, TicketRow.choice).where(TicketRow.state == State.WAITING.value)
    return [(ticket, choice is not None) for ticket, choice in session.execute(query.order_by(TicketRow.rank_at))]


def _ended_lately(session: Session, now: datetime) -> Sequence[tuple[datetime, datetime]]:
    query = (
        select(TicketRow.accepted_at, TicketRow.ended_at)
        .where(TicketRow.ended_at > now - _LATELY, TicketRow.accepted_at.is_not(None))
        .order_by(TicketRow.ended_at.desc())
        .limit(_SAMPLES)
    )
    return [(begin, end) for begin, end in session.execute(query) if begin is not None and end is not None]


def _share_that_stays(session: Session, now: datetime) -> float:
    query = select(TicketRow.choice, TicketRow.answered_at).where(
        TicketRow.choice_offered_at > now - _LATELY,
        (TicketRow.choice.is_not(None)) | TicketRow.answered_at.is_not(None),
    )
    chosen = [choice in {None, Choice.KEEP_WAITING.value} for choice, _ in session.execute(query.limit(_SAMPLES))]
    return sum(chosen) / len(chosen) if chosen else _STAYS


def _going_on(session: Session, now: datetime) -> tuple[float, ...]:
    held = (State.ACCEPTED.value, State.TALKING.value, State.OFFERED.value)
    query = select(TicketRow.accepted_at, TicketRow.state).where(TicketRow.state.in_(held))
    lasted = []
    for accepted, state in session.execute(query):
        talking = accepted is not None and state != State.OFFERED.value
        lasted.append((now - accepted).total_seconds() if talking and accepted else 0.0)
    return tuple(lasted)


def _pickups(session: Session, now: datetime) -> tuple[float, ...]:
    """From the last offer to the first words: what a free seat still takes."""
    answered = (
        select(TicketRow.id, TicketRow.answered_at)
        .where(TicketRow.answered_at > now - _LATELY)
        .order_by(TicketRow.answered_at.desc())
        .limit(_SAMPLES)
        .subquery()
    )
    offered = (HappeningRow.ticket_id == answered.c.id) & (HappeningRow.kind == Kind.OFFERED.value)
    query = (
        select(func.max(HappeningRow.at), answered.c.answered_at)
        .join(answered, offered & (HappeningRow.at <= answered.c.answered_at))
        .group_by(answered.c.id, answered.c.answered_at)
    )
    return tuple((end - begin).total_seconds() for begin, end in session.execute(query))
