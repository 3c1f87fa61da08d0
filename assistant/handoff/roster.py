"""The clerks in the database: skills, duty, and the lease that the heartbeat of a desk keeps."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from assistant.handoff.clerks import Clerk, Duty, Skills
from assistant.handoff.log import Change, TicketLog
from assistant.handoff.rows import clerk_of
from assistant.handoff.tables import ClerkRow, DutyRow, TicketRow
from assistant.handoff.teams import Teams
from assistant.handoff.ticket import State
from knowledge.storage.engine import reading

_AT_ONCE = 500  # SQLite limits the values of one statement
HELD = (State.ACCEPTED.value, State.TALKING.value)


class Roster:
    """Who helps, and who of them is there."""

    def __init__(self, log: TicketLog) -> None:
        self._log = log

    def enlist(self, clerk_id: str, name: str, skills: Skills, *, team: str = "") -> None:
        """Make a clerk known, or change what they can take. Their duty stays."""
        values = {
            "name": name,
            "team": team,
            "departments": skills.departments,
            "items": skills.items,
            "districts": skills.districts,
            "languages": skills.languages,
            "leads": skills.leads,
            "capacity": skills.capacity,
        }
        with self._log.change() as change:
            row = change.session.get(ClerkRow, clerk_id) or ClerkRow(id=clerk_id, duty=Duty.OFF.value)
            for column, value in values.items():
                setattr(row, column, value)
            change.session.add(row)

    def clerk(self, clerk_id: str) -> Clerk | None:
        """The clerk with this id."""
        with reading(self._log.engine) as session:
            row = session.get(ClerkRow, clerk_id)
            return clerk_of(row) if row is not None else None

    def all(self) -> tuple[Clerk, ...]:
        """Every clerk, by id."""
        with reading(self._log.engine) as session:
            return tuple(clerk_of(row) for row in session.scalars(select(ClerkRow).order_by(ClerkRow.id)))

    def there(self, now: datetime) -> tuple[Clerk, ...]:
        """The clerks whose desk is heard."""
        return tuple(clerk for clerk in self.all() if clerk.is_there(now))

    def set_duty(self, clerk_id: str, duty: Duty) -> bool:
        """Go on duty, take a break, or go; the lease begins with it. False where there is no such clerk."""
        now = self._log.clock()
        with self._log.change() as change:
            row = change.session.get(ClerkRow, clerk_id, with_for_update=True)
            if row is None:
                return False
            if row.duty != duty:
                change.session.add(DutyRow(clerk=clerk_id, at=now, duty=duty.value))
            row.duty = duty.value
            row.lease_until = now + self._log.promise.lease if duty is not Duty.OFF else None
            return True

    def beat(self, clerk_ids: Collection[str]) -> None:
        """These desks are heard: their leases go on. One statement, however many a process serves."""
        if not clerk_ids:
            return
        until = self._log.clock() + self._log.promise.lease
        there = (ClerkRow.id.in_(sorted(clerk_ids)), ClerkRow.duty != Duty.OFF.value)
        with self._log.change() as change:
            change.session.execute(update(ClerkRow).where(*there).values(lease_until=until))

    def see(self, ticket_ids: Collection[str]) -> None:
        """The pages of these citizens are open: they still wait."""
        ids, now = sorted(ticket_ids), self._log.clock()
        for start in range(0, len(ids), _AT_ONCE):
            some = TicketRow.id.in_(ids[start : start + _AT_ONCE])
            with self._log.change() as change:
                change.session.execute(update(TicketRow).where(some).values(citizen_seen_at=now))


def planned_helpers(clerks: Sequence[Clerk], teams: Teams, moments: Sequence[datetime]) -> tuple[int, ...]:
    """How many who help are planned for each moment: those whose team is on duty then. Leading cadres are a reserve."""
    hours = {team: teams.hours_of(team) for team in {clerk.team for clerk in clerks}}
    helping = [clerk for clerk in clerks if not clerk.skills.leads]
    return tuple(sum(hours[clerk.team].is_open(moment) for clerk in helping) for moment in moments)


def loads_of(session: Session, clerk: str | None = None) -> Mapping[str, int]:
    """How many conversations each clerk has, offers included; of one clerk where one is named."""
    held = select(TicketRow.clerk, func.count()).where(TicketRow.state.in_(HELD)).group_by(TicketRow.clerk)
    offered = select(TicketRow.offered_to, func.count()).where(TicketRow.state == State.OFFERED.value)
    offered = offered.group_by(TicketRow.offered_to)
    if clerk is not None:
        held, offered = held.where(TicketRow.clerk == clerk), offered.where(TicketRow.offered_to == clerk)
    counted: dict[str, int] = {}
    for query in (held, offered):
        for who, many in session.execute(query):
            if who is not None:
                counted[who] = counted.get(who, 0) + many
    return counted


def clerk_locked(change: Change, clerk_id: str, *, wait: bool = True) -> Clerk | None:
    """The clerk, whose load nobody else changes until the end; None where unknown, or busy and not waited for."""
    query = select(ClerkRow).where(ClerkRow.id == clerk_id).with_for_update(skip_locked=not wait)
    row = change.session.scalar(query.execution_options(populate_existing=True))
    return clerk_of(row) if row is not None else None


def silent(session: Session, now: datetime) -> Sequence[str]:
    """Clerks who count as there and whose lease is over."""
    over = (ClerkRow.duty != Duty.OFF.value, ClerkRow.lease_until <= now)
    return session.scalars(select(ClerkRow.id).where(*over).order_by(ClerkRow.id)).all()
