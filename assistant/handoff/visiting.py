"""Appointments at a window: who is expected, who came, who did not, who took it back; all of it from the log."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from assistant.handoff.choosing import Contact
from assistant.handoff.errors import NotNow, TicketTaken
from assistant.handoff.happenings import Choice, Happening, Kind, Side, Visit
from assistant.handoff.hours import OFFICE_TIME
from assistant.handoff.log import Change, TicketLog
from assistant.handoff.rows import ticket_of
from assistant.handoff.tables import ContactRow, TicketRow
from assistant.handoff.ticket import State, Ticket
from knowledge.storage.engine import reading

_LATELY = timedelta(days=30)
"""How long ago an appointment may have been made that is still looked for: times are offered for some days only."""
_MOST = 300


class VisitState(StrEnum):
    """Where an appointment stands."""

    EXPECTED = "expected"
    CAME = "came"
    NOT_COME = "not_come"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """Somebody who chose to come to a window at `at`. `contact` is forgotten once it is known what became of it."""

    ticket: Ticket
    at: datetime
    state: VisitState
    contact: Contact | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """Who is still expected today, and of earlier days those of whom nobody wrote whether they came."""

    today: tuple[Ticket, ...]
    past: tuple[Ticket, ...]


def state_of_visit(ticket: Ticket) -> VisitState | None:
    """Where the appointment of a ticket stands; None where there is none, or the citizen is in line again."""
    if ticket.state is not State.ENDED or ticket.choice is not Choice.WINDOW or ticket.call_at is None:
        return None
    match ticket.ending:
        case Choice.WINDOW.value:
            return VisitState.EXPECTED
        case Visit.CAME.value:
            return VisitState.CAME
        case Visit.NOT_COME.value:
            return VisitState.NOT_COME
        case _:
            return VisitState.CANCELLED


def is_expected(ticket: Ticket) -> bool:
    """Whether somebody is still to come to the window."""
    return state_of_visit(ticket) is VisitState.EXPECTED


def expected_visits(session: Session, now: datetime) -> Expected:
    """Who is expected, as the board counts them."""
    open_ = [ticket for ticket in _made_lately(session, now) if is_expected(ticket)]
    begins, ends = _midnight(now), _midnight(now) + timedelta(days=1)
    return Expected(
        today=tuple(one for one in open_ if one.call_at is not None and begins <= one.call_at < ends),
        past=tuple(one for one in open_ if one.call_at is not None and one.call_at < begins),
    )


def forget_contact(change: Change, ticket_id: str) -> None:
    """Nobody has to reach the citizen any more."""
    contact = change.session.get(ContactRow, ticket_id)
    if contact is not None:
        change.session.delete(contact)


class Visits:
    """What clerks at the window see of appointments, and what they write down."""

    def __init__(self, log: TicketLog) -> None:
        self._log = log

    def listed(self) -> tuple[Appointment, ...]:
        """All from today on, and earlier ones that nobody marked; the next one first."""
        now = self._log.clock()
        with reading(self._log.engine) as session:
            found = [one for ticket in _made_lately(session, now) if (one := _appointment(session, ticket)) is not None]
        today = _midnight(now)
        shown = [one for one in found if one.at >= today or one.state is VisitState.EXPECTED]
        return tuple(sorted(shown, key=lambda one: (one.at, one.ticket.id)))

    def one(self, ticket_id: str) -> Appointment:
        """The appointment of a ticket. Raises NotNow where there is none."""
        ticket = self._log.ticket(ticket_id)
        with reading(self._log.engine) as session:
            found = _appointment(session, ticket) if ticket is not None else None
        if found is None:
            raise NotNow(f"Ticket {ticket_id} has no appointment at a window.")
        return found

    def came(self, ticket_id: str, clerk_id: str) -> Ticket:
        """The citizen is at the window of this clerk, who sees the story from now on. Again is no second time.

        Who was written down as missing may still come. Raises UnknownTicket, NotNow, TicketTaken.
        """
        with self._log.change() as change:
            ticket = self._log.locked(change, ticket_id)
            match state_of_visit(ticket):
                case VisitState.EXPECTED | VisitState.NOT_COME:
                    return self._write(change, ticket, clerk_id, Visit.CAME)
                case VisitState.CAME if ticket.clerk == clerk_id:
                    return ticket
                case VisitState.CAME:
                    raise TicketTaken(f"Ticket {ticket_id} is with {ticket.clerk} at the window.")
                case _:
                    raise NotNow(f"Ticket {ticket_id} has no appointment at a window.")

    def not_come(self, ticket_id: str, clerk_id: str) -> Ticket:
        """The time is over and nobody came. Again is no second time. Raises UnknownTicket, NotNow."""
        now = self._log.clock()
        with self._log.change() as change:
            ticket = self._log.locked(change, ticket_id)
            state = state_of_visit(ticket)
            if state is VisitState.NOT_COME:
                return ticket
            if state is not VisitState.EXPECTED or ticket.call_at is None or ticket.call_at > now:
                raise NotNow(f"Ticket {ticket_id} has no appointment whose time is over.")
            return self._write(change, ticket, clerk_id, Visit.NOT_COME)

    def _write(self, change: Change, ticket: Ticket, clerk_id: str, visit: Visit) -> Ticket:
        forget_contact(change, ticket.id)
        happened = Happening(kind=Kind.VISITED, at=self._log.clock(), side=Side.CLERK, by=clerk_id, word=visit.value)
        return self._log.add(change, ticket, happened)


def _made_lately(session: Session, now: datetime) -> list[Ticket]:
    chosen = (
        TicketRow.ended_at > now - _LATELY,
        TicketRow.state == State.ENDED.value,
        TicketRow.choice == Choice.WINDOW.value,
    )
    return [
        ticket_of(row)
        for row in session.scalars(select(TicketRow).where(*chosen).order_by(TicketRow.call_at.desc()).limit(_MOST))
    ]


def _appointment(session: Session, ticket: Ticket) -> Appointment | None:
    state = state_of_visit(ticket)
    if state is None or ticket.call_at is None:
        return None
    row = session.get(ContactRow, ticket.id)
    contact = Contact(phone=row.phone, called=row.called) if row is not None else None
    return Appointment(ticket=ticket, at=ticket.call_at, state=state, contact=contact)


def _midnight(now: datetime) -> datetime:
    return now.astimezone(OFFICE_TIME).replace(hour=0, minute=0, second=0, microsecond=0)
