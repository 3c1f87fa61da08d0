"""Writes lines to tickets' logs: each with the next number, and with what holds after it, in one transaction."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import datetime
from threading import Lock

from sqlalchemy import Engine, bindparam, insert, select, text, update
from sqlalchemy.orm import Session

from assistant.handoff.deadlines import due_at
from assistant.handoff.errors import TicketTaken, UnknownTicket
from assistant.handoff.happenings import Happening, Kind
from assistant.handoff.promise import Promise
from assistant.handoff.rows import happening_of, happening_values, ticket_of, ticket_values
from assistant.handoff.tables import HappeningRow, TicketRow
from assistant.handoff.ticket import State, Ticket, apply, begin, derive
from knowledge.storage.engine import reading, writing

CHANNEL = "xiaoshen_handoff"
"""The PostgreSQL channel on which a changed ticket is called out, by id."""

QUIET = "~"
"""In front of an id that is called out: something was said in it, nothing changed for the line."""
Told = Callable[[str, bool], None]
"""Hears of a changed ticket, and whether the line changed with it."""
Clock = Callable[[], datetime]

# Built once: to build them anew took most of the computing that a message costs.
_TICKETS = TicketRow.metadata.tables[TicketRow.__tablename__]
_BY_ID = select(TicketRow).where(TicketRow.id == bindparam("ticket"))
_LOCKED = _BY_ID.with_for_update().execution_options(populate_existing=True)
_LOCKED_OR_NONE = _BY_ID.with_for_update(skip_locked=True).execution_options(populate_existing=True)
_ADD_LINES = insert(HappeningRow.metadata.tables[HappeningRow.__tablename__])
_NOT_IN_LOG = frozenset({"id", "citizen_seen_at", "citizen_read", "clerk_read"})
# The number is the condition: two writers who saw the same ticket cannot both go on, lock or no lock.
_CHANGE_TICKET = (
    update(_TICKETS)
    .where(_TICKETS.c.id == bindparam("of_ticket"), _TICKETS.c.seq == bindparam("before"))
    .values({column.name: bindparam(column.name) for column in _TICKETS.c if column.name not in _NOT_IN_LOG})
)


def untold(_ticket: str, _line: bool) -> None:
    """Nobody listens in this process."""


@dataclass(slots=True, kw_only=True)
class Change:
    """One transaction: the lines written so far, to be told when they are kept."""

    session: Session
    told: dict[str, bool]

    def tell(self, ticket: str, *, line: bool) -> None:
        """Tell of this ticket once it is kept; `line`: others than its two sides have to know."""
        self.told[ticket] = line or self.told.get(ticket, False)


class TicketLog:
    """The log of all tickets. Every write anywhere in this package goes through `change` and `add`."""

    def __init__(self, engine: Engine, clock: Clock, promise: Promise | None = None, told: Told = untold) -> None:
        self.engine = engine
        self.clock = clock
        self.promise = promise or Promise()
        self.told = told
        self._is_postgresql = engine.dialect.name == "postgresql"
        # SQLite makes writers wait by trying again ever more seldom; in one process they can simply stand in line.
        self._in_line: AbstractContextManager[object] = nullcontext() if self._is_postgresql else Lock()

    @contextmanager
    def change(self) -> Iterator[Change]:
        """One transaction; those who listen are told after it is kept."""
        with self._in_line, writing(self.engine) as session:
            change = Change(session=session, told={})
            yield change
            if self._is_postgresql:
                for ticket, line in change.told.items():
                    called = {"channel": CHANNEL, "ticket": ticket if line else QUIET + ticket}
                    session.execute(text("SELECT pg_notify(:channel, :ticket)"), called)
        for ticket, line in change.told.items():
            self.told(ticket, line)

    def locked(self, change: Change, ticket_id: str) -> Ticket:
        """The ticket, which nobody else changes until the end of the transaction. Raises UnknownTicket."""
        row = change.session.scalar(_LOCKED, {"ticket": ticket_id})
        if row is None:
            raise UnknownTicket(f"There is no ticket {ticket_id}.")
        return ticket_of(row)

    def locked_or_none(self, change: Change, ticket_id: str) -> Ticket | None:
        """The same, without waiting: None where somebody else is changing it."""
        row = change.session.scalar(_LOCKED_OR_NONE, {"ticket": ticket_id})
        return ticket_of(row) if row is not None else None

    def start(self, change: Change, ticket: Ticket, seen_at: datetime) -> None:
        """Keep a new ticket, before its first line."""
        values = {**ticket_values(ticket), "changed_at": seen_at, "citizen_seen_at": seen_at}
        change.session.add(TicketRow(id=ticket.id, citizen_read=0, clerk_read=0, due_at=due_at(ticket), **values))
        change.session.flush()

    def add(self, change: Change, ticket: Ticket, *new: Happening) -> Ticket:
        """Write lines to a ticket; what holds after them. Raises TicketTaken where somebody else wrote in between."""
        before, lines = ticket.seq, []
        for one in new:
            numbered = replace(one, seq=ticket.seq + 1)
            ticket = apply(ticket, numbered, self.promise)
            lines.append(happening_values(ticket.id, numbered))
        values = {**ticket_values(ticket), "changed_at": self.clock(), "due_at": self._due(ticket)}
        connection = change.session.connection()
        changed = connection.execute(_CHANGE_TICKET, {**values, "of_ticket": ticket.id, "before": before})
        if changed.rowcount != 1:
            raise TicketTaken(f"Ticket {ticket.id} was changed meanwhile.")
        connection.execute(_ADD_LINES, lines)
        change.tell(ticket.id, line=any(one.kind is not Kind.MESSAGE for one in new))
        return ticket

    def ticket(self, ticket_id: str) -> Ticket | None:
        """The ticket as it is."""
        with reading(self.engine) as session:
            row = session.get(TicketRow, ticket_id)
            return ticket_of(row) if row is not None else None

    def after(self, ticket_id: str, seq: int, *, limit: int = 500) -> tuple[Happening, ...]:
        """The lines of a ticket after a number, in order."""
        query = (
            select(HappeningRow)
            .where(HappeningRow.ticket_id == ticket_id, HappeningRow.seq > seq)
            .order_by(HappeningRow.seq)
            .limit(limit)
        )
        with reading(self.engine) as session:
            return tuple(happening_of(row) for row in session.scalars(query))

    def derived(self, ticket_id: str) -> Ticket | None:
        """The ticket computed anew from its log alone; equal to `ticket`, or something is broken."""
        with reading(self.engine) as session:
            row = session.get(TicketRow, ticket_id)
            if row is None:
                return None
            kept = ticket_of(row)
            first = session.get(HappeningRow, (ticket_id, 1))
        subject = replace(kept.subject, department=first.about if first else None)
        return derive(begin(kept.id, kept.conversation, subject, kept.asked_at), self.after(ticket_id, 0), self.promise)

    def _due(self, ticket: Ticket) -> datetime | None:
        due = due_at(ticket)
        if due is None and ticket.state is State.WAITING:  # looked at again: is the citizen still there?
            return self.clock() + self.promise.gone
        return due
