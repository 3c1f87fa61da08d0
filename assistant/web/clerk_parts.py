"""What the routes of the side panel are handed, and who may see which case."""

from dataclasses import dataclass, field
from threading import Lock

from starlette.concurrency import run_in_threadpool

from assistant.audit.acts import Act
from assistant.cases.case import Case
from assistant.cases.errors import UnknownCase
from assistant.cases.handling import Handling
from assistant.clerk.building import Desk
from assistant.clerk.panel import Panel
from assistant.clerk.told import Told
from assistant.handoff.reasons import IN_CHINESE
from assistant.handoff.ticket import Ticket
from assistant.identity.people import Person
from assistant.web.clerk_told import told_of
from assistant.web.errors import NotFound
from assistant.web.handoff_parts import HandoffParts
from assistant.web.services import Services
from assistant.web.staff import Staff

_MOST_SEEN = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ClerkParts:
    """The desk's parts as the routes use them."""

    desk: Desk
    handoff: HandoffParts
    services: Services
    staff: Staff
    _seen: set[tuple[str, str]] = field(default_factory=set)
    _lock: Lock = field(default_factory=Lock)

    async def panel(self, ticket: str, person: Person) -> Panel:
        """The panel of a ticket that was handed to the person. Raises NotYours, UnknownTicket."""
        now = self.services.clock()
        found, told = await run_in_threadpool(self._read, ticket, person)
        drawn = await self.desk.panels.drawn(told, now)
        reason = IN_CHINESE[found.subject.reason]
        return await run_in_threadpool(self.desk.panels.panel, found, told, drawn, reason, now)

    def _read(self, ticket: str, person: Person) -> tuple[Ticket, Told]:
        seen = self.handoff.shown_to(ticket, person.id)
        turns = self.services.conversations.turns(seen.ticket.conversation) or ()
        told = told_of(seen.ticket, turns, seen.lines)
        self.note_seen(person, "handoff.panel_seen", f"ticket/{ticket}")
        if told.case is not None:
            self.note_opened(person, told.case)
        return seen.ticket, told

    def handling(self) -> Handling:
        """The operations on cases. Raises NotFound in a product without cases."""
        if self.desk.handling is None:
            raise NotFound
        return self.desk.handling

    def handed_case(self, case_id: str, person: Person) -> Case:
        """A case that the person was given. Raises UnknownCase for every other: the two are never told apart."""
        case = self.handling().desk.cases.case(case_id)
        if person.id not in case.clerks:
            raise UnknownCase(f"No case {case_id} was handed to this clerk; open it by its code.")
        return case

    def shown_case(self, case_id: str, person: Person, ticket: str | None) -> Case:
        """The same, or the case of a ticket that was handed to the person: what its panel tells of may be seen."""
        if ticket is None:
            return self.handed_case(case_id, person)
        if self._read(ticket, person)[1].case != case_id:
            raise UnknownCase(f"Ticket {ticket} is not about case {case_id}.")
        return self.handling().desk.cases.case(case_id)

    def note_opened(self, person: Person, case_id: str) -> None:
        """Opening a case is recorded before it is shown; looking on at the same one is not recorded again."""
        self.note_seen(person, "case.opened", f"case/{case_id}")

    def note_seen(self, person: Person, action: str, subject: str) -> None:
        """Looking is recorded before anything is shown, once for each thing."""
        key = (person.id, subject)
        with self._lock:
            if key in self._seen:
                return
        act = Act(actor=person.id, action=action, subject=subject)
        self.staff.audit.record(act, at=self.services.clock())
        with self._lock:
            if len(self._seen) >= _MOST_SEEN:
                self._seen.clear()
            self._seen.add(key)
