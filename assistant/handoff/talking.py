"""The conversation between a citizen and clerks: said once however often it is sent, handed on, ended, begun again."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.exc import IntegrityError

from assistant.handoff.errors import NotNow, NotYours, UnknownTicket
from assistant.handoff.happenings import Happening, Kind, Outcome, Side
from assistant.handoff.log import Change, TicketLog
from assistant.handoff.queue import SqlHandoffQueue
from assistant.handoff.roster import clerk_locked
from assistant.handoff.rows import happening_of
from assistant.handoff.screening import words_of_a_person
from assistant.handoff.tables import ClerkRow, HappeningRow, TicketRow
from assistant.handoff.ticket import IN_LINE, State, Ticket
from assistant.handoff.visiting import forget_contact, is_expected

_SAID_BEFORE = select(HappeningRow).where(
    HappeningRow.ticket_id == bindparam("ticket"),
    HappeningRow.side == bindparam("side"),
    HappeningRow.client_id == bindparam("client_id"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """A message on its way in. Sent again with the same `client_id`, it is the same message."""

    client_id: str
    text: str
    file: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """To whom a conversation goes: a clerk, a department, or whoever is free; with a word for them."""

    clerk: str | None = None
    department: str | None = None
    note: str = ""


class Talking:
    """What both sides do while a ticket is open."""

    def __init__(self, log: TicketLog, queue: SqlHandoffQueue) -> None:
        self._log = log
        self._queue = queue

    def citizen_says(self, ticket_id: str, saying: Saying) -> Happening:
        """Keep a citizen's message. While they wait it is kept for whoever comes. Raises NotNow when it is over."""
        words = words_of_a_person(saying.text, from_citizen=True)
        until = self._log.clock() + self._log.promise.reply
        said = self._saying(saying, words.text, Side.CITIZEN, until=until)
        return self._say(ticket_id, said, flag=words.danger)

    def clerk_says(self, ticket_id: str, clerk_id: str, saying: Saying) -> Happening:
        """Keep a clerk's message. Raises NotYours where they are not in the conversation."""
        words = words_of_a_person(saying.text, from_citizen=False)
        return self._say(ticket_id, self._saying(saying, words.text, Side.CLERK, by=clerk_id))

    def read(self, ticket_id: str, side: Side, seq: int) -> None:
        """Note how far a side has read. The mark never goes back."""
        column = TicketRow.citizen_read if side is Side.CITIZEN else TicketRow.clerk_read
        further = (TicketRow.id == ticket_id, column < seq, TicketRow.seq >= seq)
        with self._log.change() as change:
            values = {column.key: seq, "changed_at": self._log.clock()}
            change.session.execute(update(TicketRow).where(*further).values(**values))
            change.tell(ticket_id, line=False)

    def transfer(self, ticket_id: str, clerk_id: str, to: Handover) -> Ticket:
        """Hand a conversation on with its story; a named clerk is asked first. Raises NotYours, UnknownTicket."""
        now = self._log.clock()
        with self._log.change() as change:
            ticket = self._held(change, ticket_id, clerk_id)
            if to.clerk is not None and change.session.get(ClerkRow, to.clerk) is None:
                raise UnknownTicket(f"There is no clerk {to.clerk}.")
            handed = Happening(
                kind=Kind.TRANSFERRED,
                at=now,
                side=Side.CLERK,
                by=clerk_id,
                about=to.clerk,
                word=to.department,
                text=to.note or None,
                until=now + self._log.promise.offer,
            )
            return self._log.add(change, ticket, handed)

    def invite(self, ticket_id: str, clerk_id: str, helper: str) -> Ticket:
        """Bring a second clerk into the conversation. Raises NotYours, UnknownTicket."""
        with self._log.change() as change:
            ticket = self._held(change, ticket_id, clerk_id)
            if change.session.get(ClerkRow, helper) is None:
                raise UnknownTicket(f"There is no clerk {helper}.")
            if helper in ticket.speakers:
                return ticket
            joined = Happening(kind=Kind.JOINED, at=self._log.clock(), side=Side.CLERK, by=helper, about=clerk_id)
            return self._log.add(change, ticket, joined)

    def leave(self, ticket_id: str, clerk_id: str) -> Ticket:
        """A second clerk goes out of the conversation; who has it cannot leave, only hand it on or end it."""
        with self._log.change() as change:
            ticket = self._log.locked(change, ticket_id)
            if clerk_id not in ticket.helpers:
                raise NotYours(f"You are no second helper of ticket {ticket_id}.")
            left = Happening(kind=Kind.LEFT, at=self._log.clock(), side=Side.CLERK, by=clerk_id)
            return self._log.add(change, ticket, left)

    def resolve(self, ticket_id: str, clerk_id: str, outcome: Outcome, note: str = "") -> Ticket:
        """End a conversation. Again is no second time. Raises NotYours."""
        now = self._log.clock()
        with self._log.change() as change:
            clerk_locked(
                change, clerk_id
            )  # before the ticket, as everywhere: two who wait for each other wait for ever
            ticket = self._log.locked(change, ticket_id)
            if ticket.state is State.ENDED and ticket.clerk == clerk_id:
                return ticket
            ticket = self._held(change, ticket_id, clerk_id)
            ended = Happening(
                kind=Kind.RESOLVED, at=now, side=Side.CLERK, by=clerk_id, word=outcome.value, text=note or None
            )
            self._after_an_end(change, clerk_id, ticket_id, now)
            return self._log.add(change, ticket, ended)

    def withdraw(self, ticket_id: str) -> Ticket:
        """The citizen needs no person any more, or does not come to the window. Again is no second time."""
        now = self._log.clock()
        seen = self._log.ticket(ticket_id)
        with self._log.change() as change:
            if seen is not None and seen.clerk:
                clerk_locked(change, seen.clerk)
            ticket = self._log.locked(change, ticket_id)
            if ticket.state is State.ENDED and not is_expected(ticket):
                return ticket
            forget_contact(change, ticket_id)
            if ticket.clerk and seen is not None and seen.clerk == ticket.clerk:
                self._after_an_end(change, ticket.clerk, ticket_id, now)
            return self._log.add(change, ticket, Happening(kind=Kind.WITHDRAWN, at=now, side=Side.CITIZEN))

    def reopen(self, ticket_id: str) -> Ticket:
        """The citizen says that it is not solved: in line again, with its story. Raises NotNow while it is open."""
        try:
            with self._log.change() as change:
                ticket = self._log.locked(change, ticket_id)
                if ticket.state is not State.ENDED:
                    raise NotNow(f"Ticket {ticket_id} is open.")
                again = Happening(kind=Kind.REOPENED, at=self._log.clock(), side=Side.CITIZEN)
                return self._queue.requeue(change, ticket, again)
        except IntegrityError as open_one:
            raise NotNow(f"The conversation of {ticket_id} has another open ticket.") from open_one

    def reopen_at_desk(self, ticket_id: str, clerk_id: str) -> Ticket:
        """Who ended it goes on with it, without the line: it was ended too early. Again is no second time.

        Raises NotYours where somebody else had it, NotNow where the citizen has asked anew meanwhile.
        """
        now = self._log.clock()
        try:
            with self._log.change() as change:
                clerk_locked(change, clerk_id)
                ticket = self._log.locked(change, ticket_id)
                if ticket.clerk != clerk_id or ticket.is_call:
                    raise NotYours(f"Ticket {ticket_id} was not ended by you.")
                if ticket.is_live:
                    return ticket
                if ticket.state is not State.ENDED:
                    raise NotNow(f"Ticket {ticket_id} is {ticket.state.value}.")
                again = Happening(kind=Kind.REOPENED, at=now, side=Side.CLERK, by=clerk_id)
                until = now + self._log.promise.reply
                taken = Happening(kind=Kind.ACCEPTED, at=now, by=clerk_id, until=until, side=Side.CLERK)
                return self._log.add(change, ticket, again, taken)
        except IntegrityError as open_one:
            raise NotNow(f"The conversation of {ticket_id} has another open ticket.") from open_one

    def offer_a_call(self, ticket_id: str, clerk_id: str) -> Ticket:
        """Let the citizen choose a call at a later time instead of waiting on. Raises NotYours."""
        with self._log.change() as change:
            ticket = self._held(change, ticket_id, clerk_id)
            offered = Happening(kind=Kind.CHOICE_OFFERED, at=self._log.clock(), side=Side.CLERK, by=clerk_id)
            return self._log.add(change, ticket, offered)

    def _say(self, ticket_id: str, said: Happening, flag: str | None = None) -> Happening:
        try:
            with self._log.change() as change:
                ticket = self._log.locked(change, ticket_id)
                known = self._known(change, ticket_id, said)
                if known is not None:
                    return known
                _may_speak(ticket, said)
                flags = (Happening(kind=Kind.FLAGGED, at=said.at, word=flag),) if flag else ()
                self._log.add(change, ticket, said, *flags)
                return replace(said, seq=ticket.seq + 1)
        except IntegrityError:  # the same message by a second line at the same moment: that one was kept
            with self._log.change() as change:
                known = self._known(change, ticket_id, said)
            if known is None:
                raise
            return known

    def _known(self, change: Change, ticket_id: str, said: Happening) -> Happening | None:
        said_as = {"ticket": ticket_id, "side": said.side.value, "client_id": said.client_id}
        row = change.session.scalar(_SAID_BEFORE, said_as)
        return happening_of(row) if row is not None else None

    def _held(self, change: Change, ticket_id: str, clerk_id: str) -> Ticket:
        ticket = self._log.locked(change, ticket_id)
        if ticket.clerk != clerk_id or not ticket.is_live:
            raise NotYours(f"Ticket {ticket_id} is not yours.")
        return ticket

    def _after_an_end(self, change: Change, clerk_id: str, ticket_id: str, now: datetime) -> None:
        """The clerk is free for the next one, and how to reach the citizen is forgotten."""
        change.session.execute(update(ClerkRow).where(ClerkRow.id == clerk_id).values(last_ended_at=now))
        forget_contact(change, ticket_id)

    def _saying(
        self, saying: Saying, text: str, side: Side, *, by: str | None = None, until: datetime | None = None
    ) -> Happening:
        return Happening(
            kind=Kind.MESSAGE,
            at=self._log.clock(),
            side=side,
            by=by,
            client_id=saying.client_id,
            text=text,
            file=saying.file,
            until=until,
        )


def _may_speak(ticket: Ticket, said: Happening) -> None:
    if said.side is Side.CLERK and (said.by not in ticket.speakers or not ticket.is_live):
        raise NotYours(f"Ticket {ticket.id} is not yours: take it before answering.")
    if said.side is Side.CITIZEN and ticket.state not in {*IN_LINE, State.ACCEPTED, State.TALKING}:
        raise NotNow(f"Ticket {ticket.id} is {ticket.state.value}: nobody would read this.")
