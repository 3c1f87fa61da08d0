"""The line of those who wait for a person: asking for one, claims that are atomic, offers by routing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select, true
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.elements import ColumnElement

from assistant.handoff.clerks import ANY, Clerk, Match, Skills, assign
from assistant.handoff.errors import DeskFull, NotYours, OffDuty, TicketTaken, UnknownTicket
from assistant.handoff.estimating import Line
from assistant.handoff.happenings import Happening, Kind, Side
from assistant.handoff.hours import Hours
from assistant.handoff.log import Change, TicketLog
from assistant.handoff.reading_line import LineReader
from assistant.handoff.roster import clerk_locked, loads_of
from assistant.handoff.rows import clerk_of, ticket_of
from assistant.handoff.tables import ClerkRow, TicketRow
from assistant.handoff.ticket import State, Subject, Ticket, begin
from knowledge.storage.engine import reading

_LOOK_AT = 200  # tickets of the line that one dispatch looks at; the rest waits for the next, a second later


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Somebody wants a person. The id is new; asking again while a ticket is open gives the open one."""

    id: str
    conversation: str
    subject: Subject
    note: str | None = None


class SqlHandoffQueue:
    """The queue in the database; any number of processes may use it at once."""

    def __init__(self, log: TicketLog, line: LineReader, hours: Hours) -> None:
        self._log = log
        self._line = line
        self._hours = hours

    def request(self, request: Request) -> Ticket:
        """Put somebody in line, told how long it will take; out of hours they are told so at once, with the choices."""
        line = self._line.now()
        try:
            return self._requested(request, line)
        except IntegrityError:  # the same wish by a second line at the same moment: that one is in line
            return self._requested(request, line)

    def _requested(self, request: Request, line: Line) -> Ticket:
        now = self._log.clock()
        with self._log.change() as change:
            known = self._known(change, request)
            if known is not None:
                return known
            ticket = begin(request.id, request.conversation, request.subject, now)
            self._log.start(change, ticket, now)
            asked = Happening(
                kind=Kind.REQUESTED,
                at=now,
                side=Side.CITIZEN,
                word=request.subject.reason.value,
                about=request.subject.department,
                text=request.note,
            )
            return self._log.add(change, ticket, asked, *self._first_steps(line, ticket, now))

    def requeue(self, change: Change, ticket: Ticket, first: Happening) -> Ticket:
        """Put a ticket in line again after `first`, as a new request would be; inside a transaction of the caller."""
        now = self._log.clock()
        return self._log.add(change, ticket, first, *self._first_steps(self._line.now(), ticket, now)[1:])

    def accept(self, ticket_id: str, clerk_id: str) -> Ticket:
        """A clerk takes a ticket that waits, or that was offered to them. Again is no second time.

        Raises TicketTaken, DeskFull, OffDuty, UnknownTicket.
        """
        now = self._log.clock()
        with self._log.change() as change:
            clerk = self._free_clerk(change, clerk_id, now, holding=ticket_id)
            ticket = self._log.locked(change, ticket_id)
            if ticket.clerk == clerk_id and ticket.is_live:
                return ticket
            if ticket.state is not State.WAITING and ticket.offered_to != clerk.id:
                raise TicketTaken(f"Ticket {ticket_id} is {ticket.state.value}: take another one.")
            return self._accepted(change, ticket, clerk, now)

    def claim_next(self, clerk_id: str) -> Ticket | None:
        """The ticket that has waited longest of those the clerk may take; None where there is none.

        One offered to the clerk comes first. Raises DeskFull and OffDuty.
        """
        now = self._log.clock()
        with self._log.change() as change:
            clerk = self._free_clerk(change, clerk_id, now)
            mine = and_(TicketRow.state == State.OFFERED.value, TicketRow.offered_to == clerk_id)
            waiting = and_(TicketRow.state == State.WAITING.value, _may_take(clerk.skills, now))
            query = (
                select(TicketRow)
                .where(or_(mine, waiting))
                .order_by(TicketRow.offered_to.is_(None), TicketRow.rank_at, TicketRow.id)
                .limit(1)
                .with_for_update(skip_locked=True)
            )
            row = change.session.scalar(query.execution_options(populate_existing=True))
            return self._accepted(change, ticket_of(row), clerk, now) if row is not None else None

    def decline(self, ticket_id: str, clerk_id: str) -> Ticket:
        """A clerk does not take an offer: the next one is asked. Raises NotYours where it is not offered to them."""
        with self._log.change() as change:
            ticket = self._log.locked(change, ticket_id)
            if ticket.state is not State.OFFERED or ticket.offered_to != clerk_id:
                raise NotYours(f"Ticket {ticket_id} is not offered to you any more.")
            passed = Happening(kind=Kind.PASSED, at=self._log.clock(), about=clerk_id, word="declined")
            return self._log.add(change, ticket, passed)

    def dispatch(self) -> tuple[Match, ...]:
        """Offer waiting tickets to clerks who are free. Any process may, at any time: nothing is offered twice."""
        now = self._log.clock()
        wanted = self._matches(now)
        made: list[Match] = []
        for match in wanted:
            with self._log.change() as change:
                if self._offer(change, match, now):
                    made.append(match)
        return tuple(made)

    def _first_steps(self, line: Line, ticket: Ticket, now: datetime) -> Sequence[Happening]:
        """What follows a request at once: a place in line with an estimate, or that nobody is there."""
        if not line.anybody and not self._hours.is_open(now):
            return (Happening(kind=Kind.CLOSED_NOW, at=now, until=self._hours.opens_at(now)),)
        queued = Happening(kind=Kind.QUEUED, at=now, number=line.estimate_for_next())
        if not line.anybody:
            return (queued, Happening(kind=Kind.CHOICE_OFFERED, at=now))
        return (queued,)

    def _known(self, change: Change, request: Request) -> Ticket | None:
        """The ticket that this very request made, whatever became of it; or the open one of the conversation."""
        is_open = and_(TicketRow.conversation == request.conversation, TicketRow.state != State.ENDED.value)
        query = select(TicketRow).where(or_(TicketRow.id == request.id, is_open))
        row = change.session.scalar(query.order_by(TicketRow.asked_at.desc()).limit(1))
        return ticket_of(row) if row is not None else None

    def _free_clerk(self, change: Change, clerk_id: str, now: datetime, holding: str | None = None) -> Clerk:
        clerk = clerk_locked(change, clerk_id)
        if clerk is None:
            raise UnknownTicket(f"Nobody is enlisted as {clerk_id}: add them under the clerks of the desk.")
        if not clerk.takes_new(now):
            raise OffDuty(f"{clerk_id} takes no conversations now.")
        load = loads_of(change.session, clerk_id).get(clerk_id, 0)
        offered = TicketRow.offered_to == clerk_id
        if holding is not None:
            offered = and_(offered, TicketRow.id == holding)
        promised = select(TicketRow.id).where(offered, TicketRow.state == State.OFFERED.value).limit(1)
        if load > clerk.skills.capacity or (load == clerk.skills.capacity and not change.session.scalar(promised)):
            raise DeskFull(f"{clerk_id} has {load} conversations.")
        return clerk

    def _accepted(self, change: Change, ticket: Ticket, clerk: Clerk, now: datetime) -> Ticket:
        until = now + self._log.promise.first_words
        return self._log.add(
            change, ticket, Happening(kind=Kind.ACCEPTED, at=now, by=clerk.id, until=until, side=Side.CLERK)
        )

    def _matches(self, now: datetime) -> tuple[Match, ...]:
        """Who should be asked, seen without a lock: most often nobody waits, and nothing has to be written."""
        line = select(TicketRow).where(TicketRow.state == State.WAITING.value).order_by(TicketRow.rank_at)
        with reading(self._log.engine) as session:
            tickets = [ticket_of(row) for row in session.scalars(line.limit(_LOOK_AT))]
            if not tickets:
                return ()
            there = select(ClerkRow).where(ClerkRow.lease_until > now)
            clerks = [clerk_of(row) for row in session.scalars(there)]
            return assign(tickets, clerks, loads_of(session), now)

    def _offer(self, change: Change, match: Match, now: datetime) -> bool:
        ticket = self._log.locked_or_none(change, match.ticket)
        clerk = clerk_locked(change, match.clerk, wait=False)
        if ticket is None or clerk is None or ticket.state is not State.WAITING or not clerk.takes_new(now):
            return False
        if loads_of(change.session, clerk.id).get(clerk.id, 0) >= clerk.skills.capacity:
            return False
        until = now + self._log.promise.offer
        self._log.add(change, ticket, Happening(kind=Kind.OFFERED, at=now, about=clerk.id, until=until))
        return True


def _may_take(skills: Skills, now: datetime) -> ColumnElement[bool]:
    """`clerks.fits` as a condition; the contract test holds the two together."""
    everybody = TicketRow.escalate_at <= now
    raised = TicketRow.tier >= 2  # noqa: PLR2004  Tier.EVERYBODY; the column holds the number
    if skills.leads:
        return or_(everybody, raised)
    speaks = _one_of(TicketRow.language, skills.languages)
    widened = or_(TicketRow.widen_at <= now, TicketRow.tier >= 1)
    knows = _one_of(TicketRow.department, skills.departments)
    if skills.items:
        knows = or_(knows, TicketRow.item.in_(skills.items))
    here = _one_of(TicketRow.district, skills.districts)
    return or_(everybody, raised, and_(speaks, or_(widened, and_(knows, here))))


def _one_of(
    column: InstrumentedAttribute[str | None] | InstrumentedAttribute[str], known: Sequence[str]
) -> ColumnElement[bool]:
    if ANY in known:
        return true()
    return or_(column.is_(None), column.in_(known))
