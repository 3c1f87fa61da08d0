"""Keeps the deadlines: any process that is up does it, every second; two at once do it once."""

from datetime import datetime

from sqlalchemy import Text, cast, or_, select, update

from assistant.handoff.clerks import Duty
from assistant.handoff.deadlines import demanded
from assistant.handoff.happenings import Happening, Kind, Side
from assistant.handoff.log import Change, TicketLog
from assistant.handoff.roster import HELD, silent
from assistant.handoff.tables import ClerkRow, DutyRow, TicketRow
from assistant.handoff.ticket import State, Ticket
from knowledge.storage.engine import reading

_AT_ONCE = 100
_WAITS = frozenset({State.WAITING, State.CLOSED_NOW})


class Sweep:
    """One round over everything that is due."""

    def __init__(self, log: TicketLog) -> None:
        self._log = log

    def round(self) -> int:
        """Do what is due now; how many tickets were changed. Cheap when nothing is."""
        now = self._log.clock()
        changed = self._release_the_silent(now)
        for ticket_id in (*self._due(now), *self._left_alone(now)):
            with self._log.change() as change:
                ticket = self._log.locked_or_none(change, ticket_id)
                if ticket is not None and self._keep_promise(change, ticket, now):
                    changed += 1
        return changed

    def _left_alone(self, now: datetime) -> tuple[str, ...]:
        """Who waits while the last clerk has gone: they are told at once, not when the minute is over."""
        alone = (
            TicketRow.state == State.WAITING.value,
            TicketRow.choice_offered_at.is_(None),
            TicketRow.is_call.is_(False),
        )
        on_duty = select(ClerkRow.id).where(ClerkRow.duty == Duty.ON.value, ClerkRow.lease_until > now)
        query = select(TicketRow.id).where(*alone, ~on_duty.exists()).limit(_AT_ONCE)
        with reading(self._log.engine) as session:
            return tuple(session.scalars(query))

    def _due(self, now: datetime) -> tuple[str, ...]:
        query = select(TicketRow.id).where(TicketRow.due_at <= now).order_by(TicketRow.due_at).limit(_AT_ONCE)
        with reading(self._log.engine) as session:
            return tuple(session.scalars(query))

    def _keep_promise(self, change: Change, ticket: Ticket, now: datetime) -> bool:
        before = ticket.seq
        if self._is_alone(change, ticket, now):
            ticket = self._log.add(change, ticket, Happening(kind=Kind.CHOICE_OFFERED, at=now))
        while (step := self._next_step(change, ticket, now)) is not None:
            ticket = self._log.add(change, ticket, step)
        if ticket.seq == before and ticket.state is State.WAITING:  # looked after: still there, look again later
            later = now + self._log.promise.gone
            change.session.execute(update(TicketRow).where(TicketRow.id == ticket.id).values(due_at=later))
        return ticket.seq != before

    def _is_alone(self, change: Change, ticket: Ticket, now: datetime) -> bool:
        if ticket.state is not State.WAITING or ticket.choice_offered_at is not None or ticket.is_call:
            return False
        on_duty = select(ClerkRow.id).where(ClerkRow.duty == Duty.ON.value, ClerkRow.lease_until > now).limit(1)
        return change.session.scalar(on_duty) is None

    def _next_step(self, change: Change, ticket: Ticket, now: datetime) -> Happening | None:
        if ticket.state in _WAITS and not ticket.is_call and self._is_gone(change, ticket, now):
            return Happening(kind=Kind.ABANDONED, at=now)
        return next(demanded(ticket, now), None)

    def _is_gone(self, change: Change, ticket: Ticket, now: datetime) -> bool:
        seen = change.session.scalar(select(TicketRow.citizen_seen_at).where(TicketRow.id == ticket.id))
        return seen is not None and seen <= now - self._log.promise.gone

    def _release_the_silent(self, now: datetime) -> int:
        """Give back what clerks hold whose desk is not heard any more; they are off duty until they say otherwise."""
        with reading(self._log.engine) as session:
            if not silent(session, now):
                return 0
        released = 0
        with self._log.change() as change:
            for clerk_id in silent(change.session, now):
                still = select(ClerkRow).where(ClerkRow.id == clerk_id, ClerkRow.lease_until <= now)
                row = change.session.scalar(
                    still.with_for_update(skip_locked=True).execution_options(populate_existing=True)
                )
                if row is None or row.lease_until is None or row.lease_until > now:
                    continue
                row.duty, row.lease_until = Duty.OFF.value, None
                change.session.add(DutyRow(clerk=clerk_id, at=now, duty=Duty.OFF.value))
                released += self._release(change, clerk_id, now)
        return released

    def _release(self, change: Change, clerk_id: str, now: datetime) -> int:
        has = (TicketRow.clerk == clerk_id) & TicketRow.state.in_(HELD)
        asked = (TicketRow.offered_to == clerk_id) & (TicketRow.state == State.OFFERED.value)
        helps = cast(TicketRow.helpers, Text).contains(clerk_id) & TicketRow.state.in_(HELD)
        ids = change.session.scalars(select(TicketRow.id).where(or_(has, asked, helps))).all()
        for ticket_id in ids:
            ticket = self._log.locked(change, ticket_id)
            if ticket.state is State.OFFERED and ticket.offered_to == clerk_id:
                self._log.add(change, ticket, Happening(kind=Kind.PASSED, at=now, about=clerk_id, word="gone"))
            elif ticket.is_live and ticket.clerk == clerk_id:
                self._log.add(change, ticket, Happening(kind=Kind.CLERK_LOST, at=now, about=clerk_id, word="gone"))
            elif clerk_id in ticket.helpers:  # a part of another id can be found by the query
                self._log.add(change, ticket, Happening(kind=Kind.LEFT, at=now, side=Side.CLERK, by=clerk_id))
        return len(ids)
