"""The honest choice where no person is there in time: keep waiting, a call at a chosen time, a contact, a window."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from assistant.handoff.errors import NotNow, NotYours
from assistant.handoff.happenings import Choice, Happening, Kind, Side
from assistant.handoff.hours import Hours
from assistant.handoff.log import Change, TicketLog
from assistant.handoff.queue import SqlHandoffQueue
from assistant.handoff.tables import ContactRow
from assistant.handoff.ticket import State, Ticket, may_choose
from knowledge.storage.engine import reading

EVERY = timedelta(minutes=30)
SLOTS = 12
MOST_CALLS = 3
_PHONE = re.compile(r"\+?\d[\d\- ]{5,18}\d")


class PhoneInvalid(NotNow):
    """This is no telephone number."""


class TimeNotOffered(NotNow):
    """Nobody can call or receive at this time: choose one of the offered ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """How to reach somebody, and how to address them. Only who makes the call sees it; a window needs no number."""

    phone: str
    called: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What a citizen chose. `at`: the time of the call or of the appointment."""

    choice: Choice
    at: datetime | None = None
    contact: Contact | None = None


class Choosing:
    """Keeps what was chosen, and the promise that follows from it."""

    def __init__(self, log: TicketLog, queue: SqlHandoffQueue, hours: Hours) -> None:
        self._log = log
        self._queue = queue
        self._hours = hours

    def slots(self) -> tuple[datetime, ...]:
        """The times that can be chosen now."""
        return self._hours.slots(self._log.clock(), every=EVERY, count=SLOTS)

    def choose(self, ticket_id: str, chosen: Chosen) -> Ticket:
        """Keep a choice. Raises NotNow when a person has answered already, PhoneInvalid, TimeNotOffered."""
        until = self._time_of(chosen)
        phone = _phone(chosen)
        now = self._log.clock()
        with self._log.change() as change:
            ticket = self._log.locked(change, ticket_id)
            if not may_choose(ticket):
                raise NotNow(f"Ticket {ticket_id} is {ticket.state.value}.")
            if chosen.contact is not None and chosen.choice is not Choice.KEEP_WAITING:
                _keep_contact(change, ticket_id, phone, chosen.contact.called, now)
            chose = Happening(kind=Kind.CHOSE, at=now, side=Side.CITIZEN, word=chosen.choice.value, until=until)
            if chosen.choice is Choice.KEEP_WAITING and ticket.state is State.OWED_CALL:
                return self._queue.requeue(change, ticket, Happening(kind=Kind.REOPENED, at=now, side=Side.CITIZEN))
            return self._log.add(change, ticket, chose)

    def contact(self, ticket_id: str, clerk_id: str) -> Contact | None:
        """How to reach the citizen, for who has the call. Raises NotYours."""
        with reading(self._log.engine) as session:
            row = session.get(ContactRow, ticket_id)
            ticket = self._log.ticket(ticket_id)
            if ticket is None or ticket.clerk != clerk_id or not ticket.is_live:
                raise NotYours(f"Ticket {ticket_id} is not yours: take the call first.")
            return Contact(phone=row.phone, called=row.called) if row is not None and row.phone else None

    def called(self, ticket_id: str, clerk_id: str, *, reached: bool) -> Ticket:
        """Keep how a call went; not reached is tried again, three times in all. Raises NotYours."""
        now = self._log.clock()
        with self._log.change() as change:
            ticket = self._log.locked(change, ticket_id)
            if ticket.clerk != clerk_id or not ticket.is_live:
                raise NotYours(f"Ticket {ticket_id} is not yours: take the call first.")
            again = None
            if not reached and ticket.calls + 1 < MOST_CALLS:
                again = self._hours.opens_at(now + self._log.promise.call_again)
            word = "reached" if reached else "not_reached"
            called = Happening(kind=Kind.CALLED, at=now, side=Side.CLERK, by=clerk_id, word=word, until=again)
            return self._log.add(change, ticket, called)

    def _time_of(self, chosen: Chosen) -> datetime | None:
        match chosen.choice:
            case Choice.KEEP_WAITING:
                return None
            case Choice.LEAVE_CONTACT:
                return self._hours.slots(self._log.clock(), every=EVERY, count=1)[0]
            case Choice.CALL_BACK | Choice.WINDOW:
                if chosen.at is None or chosen.at not in self.slots():
                    raise TimeNotOffered("Choose one of the offered times.")
                return chosen.at


def _keep_contact(change: Change, ticket_id: str, phone: str | None, called: str, now: datetime) -> None:
    """For a window the name is enough; a number that was left for a call before is not lost by it."""
    known = change.session.get(ContactRow, ticket_id)
    number = phone or (known.phone if known is not None else "")
    change.session.merge(ContactRow(ticket_id=ticket_id, phone=number, called=called[:40], at=now))


def _phone(chosen: Chosen) -> str | None:
    if chosen.choice not in {Choice.CALL_BACK, Choice.LEAVE_CONTACT}:
        return None
    written = chosen.contact.phone.strip() if chosen.contact else ""
    if not _PHONE.fullmatch(written):
        raise PhoneInvalid("A call needs a telephone number.")
    return re.sub(r"[\- ]", "", written)
