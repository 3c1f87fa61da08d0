"""The people who help: what each can take, and who of them fits a ticket best."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assistant.handoff.ticket import Ticket, Tier

ANY = "*"
"""In a list of skills: all of them."""


class Duty(StrEnum):
    """Whether somebody takes conversations now."""

    ON = "on"
    BREAK = "break"  # keeps the present ones, gets no new ones
    OFF = "off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Skills:
    """What somebody knows and where; an empty list of items means that the departments decide alone."""

    departments: tuple[str, ...] = (ANY,)
    items: tuple[str, ...] = ()
    districts: tuple[str, ...] = (ANY,)
    languages: tuple[str, ...] = ("zh",)
    leads: bool = False
    """Leading cadre who helps out (领导帮办): gets a ticket only when its time is nearly up."""
    capacity: int = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Clerk:
    """Somebody who helps, as of now. `lease_until`: until then the desk counts as there."""

    id: str
    name: str
    skills: Skills
    team: str = ""
    duty: Duty = Duty.OFF
    lease_until: datetime | None = None
    last_ended_at: datetime | None = None

    def is_there(self, now: datetime) -> bool:
        """The desk is heard, whether or not it takes new conversations."""
        return self.duty is not Duty.OFF and self.lease_until is not None and self.lease_until > now

    def takes_new(self, now: datetime) -> bool:
        """The desk is heard and takes conversations."""
        return self.duty is Duty.ON and self.is_there(now)


@dataclass(frozen=True, slots=True)
class Match:
    """A ticket that should ring at a clerk's desk."""

    ticket: str
    clerk: str


def tier_at(ticket: Ticket, now: datetime) -> Tier:
    """Who may take it by the clock, whether or not anybody has logged the widening yet."""
    if ticket.escalate_at is not None and ticket.escalate_at <= now:
        return Tier.EVERYBODY
    if ticket.widen_at is not None and ticket.widen_at <= now:
        return max(ticket.tier, Tier.WIDENED)
    return ticket.tier


def fits(skills: Skills, ticket: Ticket, tier: Tier) -> bool:
    """Whether somebody with these skills may take the ticket."""
    if tier is Tier.EVERYBODY:
        return True
    if skills.leads or not _has(skills.languages, ticket.subject.language):
        return False
    return tier is Tier.WIDENED or (_knows(skills, ticket) and _has(skills.districts, ticket.subject.district))


def assign(
    tickets: Iterable[Ticket], clerks: Sequence[Clerk], loads: Mapping[str, int], now: datetime
) -> tuple[Match, ...]:
    """Who should be asked for which ticket, the ticket that waits longest first.

    A ticket that nobody free fits is left in line; the ones behind it are looked at all the same.
    """
    free = {clerk.id: clerk.skills.capacity - loads.get(clerk.id, 0) for clerk in clerks if clerk.takes_new(now)}
    found: list[Match] = []
    for ticket in sorted(tickets, key=lambda one: (one.rank_at, one.id)):
        tier = tier_at(ticket, now)
        able = [clerk for clerk in clerks if free.get(clerk.id, 0) > 0 and fits(clerk.skills, ticket, tier)]
        fresh = [clerk for clerk in able if clerk.id not in ticket.passed]
        best = min(fresh or able, key=lambda clerk: _preference(clerk, ticket, free[clerk.id]), default=None)
        if best is not None:
            free[best.id] -= 1
            found.append(Match(ticket.id, best.id))
    return tuple(found)


def _preference(clerk: Clerk, ticket: Ticket, free: int) -> tuple[object, ...]:
    """Smaller is better: no leader where a helper is free, who knows it best, least busy, longest without a new one."""
    skills = clerk.skills
    busy = 1 - free / skills.capacity
    rested = clerk.last_ended_at.timestamp() if clerk.last_ended_at else 0.0
    speaks = _has(skills.languages, ticket.subject.language)
    return (skills.leads, not speaks, -_fit(skills, ticket), busy, rested, clerk.id)


def _fit(skills: Skills, ticket: Ticket) -> int:
    subject = ticket.subject
    by_item = subject.item is not None and subject.item in skills.items
    by_department = subject.department is not None and subject.department in skills.departments
    by_district = subject.district is not None and subject.district in skills.districts
    return 4 * by_item + 2 * by_department + by_district


def _knows(skills: Skills, ticket: Ticket) -> bool:
    if ticket.subject.item is not None and ticket.subject.item in skills.items:
        return True
    return _has(skills.departments, ticket.subject.department)


def _has(known: Sequence[str], wanted: str | None) -> bool:
    return wanted is None or ANY in known or wanted in known
