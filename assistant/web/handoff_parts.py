"""What the routes of handoff are handed, and the one look that every open page takes when it rings."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import select

from assistant.handoff.bell import Bell
from assistant.handoff.building import Handoff
from assistant.handoff.errors import NotYours, UnknownTicket
from assistant.handoff.files import HandoffFiles
from assistant.handoff.happenings import Happening
from assistant.handoff.pulse import Pulse
from assistant.handoff.rows import ticket_of
from assistant.handoff.tables import TicketRow
from assistant.handoff.ticket import State, Ticket
from assistant.web.services import NewId
from knowledge.storage.engine import reading


def anybody_may_name(_: str, __: str) -> bool:
    """For products without citizens' sessions: nobody's case can be told from somebody else's."""
    return True


_NAMES_KEPT = timedelta(seconds=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A ticket with what is new in its log, and how far both sides have read."""

    ticket: Ticket
    lines: tuple[Happening, ...]
    citizen_read: int
    clerk_read: int


@dataclass(slots=True)
class _Names:
    at: datetime | None = None
    known: dict[str, tuple[str, bool]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoffParts:
    """Handoff as the routes use it. `may_name` says whether a conversation may name a case: clerks are shown it."""

    handoff: Handoff
    bell: Bell
    pulse: Pulse
    files: HandoffFiles
    new_id: NewId
    name_of_item: Callable[[str], str | None]
    department_of_item: Callable[[str], str | None]
    may_name: Callable[[str, str], bool] = anybody_may_name
    _names: _Names = field(default_factory=_Names)

    def of_conversation(self, conversation: str, *, open_only: bool = False) -> Ticket | None:
        """The newest ticket of a conversation."""
        query = select(TicketRow).where(TicketRow.conversation == conversation)
        if open_only:
            query = query.where(TicketRow.state != State.ENDED.value)
        with reading(self.handoff.log.engine) as session:
            row = session.scalar(query.order_by(TicketRow.asked_at.desc()).limit(1))
            return ticket_of(row) if row is not None else None

    def known(self, conversation: str) -> Ticket:
        """The same; raises UnknownTicket where there is none."""
        ticket = self.of_conversation(conversation)
        if ticket is None:
            raise UnknownTicket("Nobody asked for a person in this conversation.")
        return ticket

    def look(self, ticket_id: str, after: int) -> Look:
        """The ticket now, with the lines after a number. Raises UnknownTicket."""
        log = self.handoff.log
        with reading(log.engine) as session:
            row = session.get(TicketRow, ticket_id)
            if row is None:
                raise UnknownTicket(f"There is no ticket {ticket_id}.")
            ticket, citizen_read, clerk_read = ticket_of(row), row.citizen_read, row.clerk_read
        lines = log.after(ticket_id, after) if ticket.seq > after else ()
        return Look(ticket=ticket, lines=lines, citizen_read=citizen_read, clerk_read=clerk_read)

    def shown_to(self, ticket_id: str, clerk: str, after: int = 0) -> Look:
        """The same for a clerk: what they have or had last, or what rings at their desk. Raises NotYours."""
        seen = self.look(ticket_id, after)
        ticket = seen.ticket
        if clerk not in {*ticket.speakers, ticket.clerk, ticket.offered_to}:
            raise NotYours(f"Ticket {ticket_id} was not handed to you.")
        return seen

    def clerk_name(self, clerk: str | None) -> str | None:
        """A clerk's name as it is shown; None where there is no clerk."""
        return self._named(clerk)[0] if clerk else None

    def clerk_leads(self, clerk: str) -> bool:
        """Whether it is a leading cadre who helps out."""
        return self._named(clerk)[1]

    def _named(self, clerk: str) -> tuple[str, bool]:
        now, names = self.handoff.log.clock(), self._names
        if names.at is None or now - names.at > _NAMES_KEPT or clerk not in names.known:
            names.known = {one.id: (one.name, one.skills.leads) for one in self.handoff.roster.all()}
            names.at = now
        return names.known.get(clerk, (clerk, False))
