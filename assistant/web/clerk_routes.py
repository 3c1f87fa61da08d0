"""Routes of the side panel: the panel itself, what becomes of suggestions, canned answers, notes, the counter."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from assistant.cases import happenings as h
from assistant.cases.case import CLOSED_STATES
from assistant.cases.code import read_code
from assistant.cases.handling import Handled, Handling
from assistant.cases.happenings import Actor, ActorKind
from assistant.clerk.cofilling import Cofilling
from assistant.clerk.errors import NoSuchSuggestion
from assistant.clerk.outcomes import Happened, kept_share
from assistant.clerk.suggestion import REJECTIONS, Outcome, Rejection, id_of
from assistant.handoff.talking import Saying
from assistant.identity.people import Action, Person
from assistant.web import clerk_schemas as wire
from assistant.web.case_errors import CASES, WrongCode
from assistant.web.citizen import Citizens
from assistant.web.clerk_cases import case_routes
from assistant.web.clerk_parts import ClerkParts
from assistant.web.clerk_views import panel_view, report_view
from assistant.web.cofilling_routes import COFILLING, citizen_cofilling, desk_cofilling
from assistant.web.desk_canned import CANNED, canned_routes
from assistant.web.desk_translation import citizen_translation, desk_translation
from assistant.web.public_errors import TABLE, Public

CLERK: dict[type[Exception], Public] = {
    NoSuchSuggestion: Public(
        409,
        "suggestion_changed",
        "这条建议已经变了，请看最新的侧栏。",
        "This suggestion has changed. Look at the panel as it is now.",
    ),
}


def clerk_router(parts: ClerkParts, citizens: Citizens | None = None) -> APIRouter:
    """The routes, bound to the parts; with citizens' sessions forms are filled together."""
    TABLE.update(CASES)
    TABLE.update(CLERK)
    TABLE.update(COFILLING)
    TABLE.update(CANNED)
    router = APIRouter(prefix="/api/desk", tags=["desk"])
    works = Depends(parts.staff.may(Action.HELP_CITIZENS))
    leads = Depends(parts.staff.may(Action.SUPERVISE_HELP))
    _panel(router, parts, works)
    _suggestions(router, parts, works, leads)
    _notes(router, parts, works)
    canned_routes(router, parts, works, leads)
    desk_translation(router, parts, works)
    _counter(router, parts, works)
    case_routes(router, parts, works)
    both = APIRouter()
    both.include_router(router)
    both.include_router(citizen_translation(parts))
    if citizens is not None and parts.desk.handling is not None:
        both.include_router(_filling_together(parts, parts.desk.handling, citizens, works))
    return both


def _filling_together(parts: ClerkParts, handling: Handling, citizens: Citizens, works: Person) -> APIRouter:
    log, new_id = parts.handoff.handoff.log, parts.services.new_id
    cofilling = Cofilling(handling, log, parts.staff.audit, new_id)
    desk, both = APIRouter(prefix="/api/desk", tags=["desk"]), APIRouter()
    desk_cofilling(desk, cofilling, works, parts.note_seen)
    both.include_router(desk)
    both.include_router(citizen_cofilling(cofilling, parts.handoff, citizens))
    return both


def _panel(router: APIRouter, parts: ClerkParts, works: Person) -> None:
    @router.get("/tickets/{ticket}/panel")
    async def panel(ticket: str, person: Person = works) -> wire.SidePanel:
        """Everything beside the conversation, after its last message."""
        return panel_view(await parts.panel(ticket, person), clerk=person.name)


def _suggestions(router: APIRouter, parts: ClerkParts, works: Person, leads: Person) -> None:
    @router.post("/tickets/{ticket}/suggestions/{suggestion}/use")
    def use(ticket: str, suggestion: str, used: wire.SuggestionUsed, person: Person = works) -> wire.SuggestionKept:
        """Say a suggestion, as it is or edited. Sent again with the same client_id, it is the same message."""
        if suggestion != id_of(ticket, used.kind, used.suggested):
            raise NoSuchSuggestion(f"Ticket {ticket} has no suggestion {suggestion}.")
        said = parts.handoff.handoff.talking.clerk_says(
            ticket, person.id, Saying(client_id=used.client_id, text=used.text)
        )
        outcome = Outcome.SENT if used.text.strip() == used.suggested.strip() else Outcome.EDITED
        happened = Happened(
            ticket=ticket,
            suggestion=suggestion,
            kind=used.kind,
            item=parts.handoff.look(ticket, 0).ticket.subject.item,
            clerk=person.id,
            outcome=outcome,
            kept_share=kept_share(used.suggested, used.text),
            at=parts.services.clock(),
        )
        parts.desk.outcomes.keep(happened)
        return wire.SuggestionKept(outcome=outcome, seq=said.seq)

    @router.post("/tickets/{ticket}/suggestions/{suggestion}/reject")
    def reject(
        ticket: str, suggestion: str, rejected: wire.SuggestionRejected, person: Person = works
    ) -> wire.SuggestionKept:
        """Do not use a suggestion, with the reason; it is not shown again at this ticket."""
        seen = parts.handoff.shown_to(ticket, person.id)
        happened = Happened(
            ticket=ticket,
            suggestion=suggestion[:64],
            kind=rejected.kind,
            item=seen.ticket.subject.item,
            clerk=person.id,
            outcome=Outcome.REJECTED,
            reason=rejected.reason,
            at=parts.services.clock(),
        )
        parts.desk.outcomes.keep(happened)
        return wire.SuggestionKept(outcome=Outcome.REJECTED, seq=None)

    @router.get("/rejection-reasons")
    def reasons(person: Person = works) -> list[wire.RejectionReason]:
        """The reasons, in the order of their keys 1 to 8."""
        return [wire.RejectionReason(reason=reason, label=REJECTIONS[reason]) for reason in Rejection]

    @router.get("/supervision/suggestions")
    def usefulness(days: Annotated[int, Query(ge=1, le=366)] = 30, person: Person = leads) -> wire.SuggestionReport:
        """What became of suggestions: shares of sent, edited, rejected by kind, and the reasons."""
        since = parts.services.clock() - timedelta(days=days)
        shares, why = report_view(parts.desk.outcomes.usefulness(since))
        return wire.SuggestionReport(since=since, shares=shares, reasons=why)


def _notes(router: APIRouter, parts: ClerkParts, works: Person) -> None:
    @router.post("/tickets/{ticket}/notes", status_code=204)
    def write_note(ticket: str, wanted: wire.NoteWanted, person: Person = works) -> None:
        """Write a note for colleagues beside the handoff. It steers nothing."""
        parts.handoff.shown_to(ticket, person.id)
        parts.desk.notes.write(ticket, person.id, wanted.text, parts.services.clock())


def _counter(router: APIRouter, parts: ClerkParts, works: Person) -> None:
    def shown(handled: Handled) -> wire.SidePanel:
        return panel_view(parts.desk.panels.counter(handled, parts.services.clock()))

    @router.post("/counter")
    def open_case(wanted: wire.CounterCode, person: Person = works) -> wire.SidePanel:
        """Open a case by the code that the citizen brings to the window. From then on it is this clerk's too."""
        handling = parts.handling()
        code = read_code(wanted.code)
        case = handling.desk.cases.by_code(code) if code else None
        if case is None or case.state in CLOSED_STATES:
            raise WrongCode
        parts.note_opened(person, case.id)
        given = [] if person.id in case.clerks else [h.HandedTo(person.id)]
        return shown(handling.add(case, given, Actor(ActorKind.CLERK, person.id)))

    @router.get("/cases/{case_id}/panel")
    def case_panel(case_id: str, person: Person = works) -> wire.SidePanel:
        """The panel of a case that this clerk has opened."""
        case = parts.handed_case(case_id, person)
        parts.note_opened(person, case_id)
        return shown(parts.handling().look(case))
