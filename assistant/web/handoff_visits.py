"""Routes of the counter for appointments at a window: who comes when, who came, who did not."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from fastapi import APIRouter, Depends

from assistant.audit.acts import Act
from assistant.handoff.reasons import IN_CHINESE
from assistant.handoff.screening import words_of_a_person
from assistant.handoff.visiting import Appointment
from assistant.identity.people import Action, Person
from assistant.web import handoff_desk_schemas as wire
from assistant.web.handoff_clerk import known_clerk
from assistant.web.handoff_parts import HandoffParts
from assistant.web.schemas import NamedItem
from assistant.web.sse import render
from assistant.web.staff import Staff
from guardrails.entered import show_entered

_ENDS = (3, 4)
"""So many figures of a telephone number are shown at its beginning and at its end."""


_MOST_LOOKS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Looks:
    """Who has seen whose appointment: recorded before it is shown, once and not each minute."""

    staff: Staff
    _seen: set[tuple[str, str]] = field(default_factory=set)
    _lock: Lock = field(default_factory=Lock)

    def note(self, person: Person, found: Iterable[Appointment], now: datetime) -> None:
        with self._lock:
            new = [one.ticket.id for one in found if (person.id, one.ticket.id) not in self._seen]
        for ticket in new:
            self.staff.audit.record(
                Act(actor=person.id, action="handoff.visit_seen", subject=f"ticket/{ticket}"), at=now
            )
        with self._lock:
            if len(self._seen) >= _MOST_LOOKS:
                self._seen.clear()
            self._seen.update((person.id, ticket) for ticket in new)


def visits_router(parts: HandoffParts, staff: Staff) -> APIRouter:
    """The routes, bound to the parts."""
    router = APIRouter(prefix="/api/desk", tags=["desk"])
    works = Depends(staff.may(Action.HELP_CITIZENS))
    looks = _Looks(staff=staff)

    @router.get("/visits")
    def visits(person: Person = works) -> wire.VisitList:
        """Appointments at the window from today on, and earlier ones that nobody marked. The page asks every minute."""
        found, now = parts.handoff.visits.listed(), parts.handoff.log.clock()
        looks.note(person, found, now)
        return wire.VisitList(now=now, visits=[_view(parts, one, person) for one in found])

    @router.post("/visits/{ticket}/came")
    def came(ticket: str, person: Person = works) -> wire.WireVisit:
        """The citizen is here: this clerk has the story and the panel from now on. 409 where a colleague has them."""
        known_clerk(parts, person)
        parts.handoff.visits.came(ticket, person.id)
        return _view(parts, parts.handoff.visits.one(ticket), person)

    @router.post("/visits/{ticket}/not-come")
    def not_come(ticket: str, person: Person = works) -> wire.WireVisit:
        """The time is over and nobody came; who comes later can still be received."""
        parts.handoff.visits.not_come(ticket, person.id)
        return _view(parts, parts.handoff.visits.one(ticket), person)

    return router


def _view(parts: HandoffParts, one: Appointment, person: Person) -> wire.WireVisit:
    subject = one.ticket.subject
    named = parts.name_of_item(subject.item) if subject.item else None
    called = one.contact.called if one.contact else ""
    phone = one.contact.phone if one.contact else ""
    return wire.WireVisit(
        ticket=one.ticket.id,
        at=one.at,
        state=one.state,
        item=NamedItem(slug=subject.item, name=named or subject.item) if subject.item else None,
        department=subject.department,
        language=subject.language,
        reason_text=IN_CHINESE[subject.reason],
        has_case=subject.case is not None,
        called=render(show_entered(words_of_a_person(called, from_citizen=False).text).shown) if called else None,
        phone=_ends_of(phone) if phone else None,
        clerk_name=parts.clerk_name(one.ticket.clerk),
        mine=one.ticket.clerk == person.id,
    )


def _ends_of(phone: str) -> str:
    first, last = _ENDS
    return f"{phone[:first]}{'*' * max(len(phone) - first - last, 4)}{phone[-last:]}"
