"""Routes of the desk for cases that a clerk was given: mine, documents, give back with reasons, accept, decide."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from assistant.audit.acts import Act
from assistant.cases import happenings as h
from assistant.cases.case import Case
from assistant.cases.errors import CaseChanged, StepNotAllowed
from assistant.cases.handling import Handled
from assistant.cases.happenings import Actor, ActorKind, Happening
from assistant.clerk.case_side import case_side
from assistant.identity.people import Person
from assistant.phrases.handling import handling_phrases
from assistant.web import clerk_case_schemas as wire
from assistant.web.case_papers import file_of
from assistant.web.clerk_parts import ClerkParts
from assistant.web.clerk_schemas import SidePanel
from assistant.web.clerk_views import panel_view
from assistant.web.sse import render
from guardrails.entered import show_entered
from guardrails.outbound import notice, quote


def case_routes(router: APIRouter, parts: ClerkParts, works: Person) -> None:
    """Add the routes. Each change names the version it was made on and is recorded before it is made."""

    def mine(case_id: str, person: Person, version: int | None = None) -> Case:
        case = parts.handed_case(case_id, person)
        if version is not None and case.version != version:
            raise CaseChanged(f"Case {case_id} is at version {case.version}.")
        return case

    def shown(handled: Handled) -> SidePanel:
        return panel_view(parts.desk.panels.counter(handled, parts.services.clock()))

    def done(case: Case, person: Person, action: str, happened: Happening) -> SidePanel:
        act = Act(actor=person.id, action=action, subject=f"case/{case.id}")
        parts.staff.audit.record(act, at=parts.services.clock())
        return shown(parts.handling().add(case, [happened], Actor(ActorKind.CLERK, person.id)))

    _looking(router, parts, works, mine)

    @router.post("/cases/{case_id}/return")
    def give_back(case_id: str, wanted: wire.CaseReturned, person: Person = works) -> SidePanel:
        """Give the case back with one complete notice: what pre-review still wants, and the clerk's own reasons."""
        case = mine(case_id, person, wanted.version)
        lines = [line.text for line in case_side(parts.handling().look(case)).notice]
        lines += [_kept(reason) for reason in wanted.reasons]
        if not lines:
            raise StepNotAllowed(f"Case {case_id} lacks nothing and no reason was given; say what is wanted.")
        return done(case, person, "case.returned", h.Returned("".join(_sentence(line) for line in lines), wanted.until))

    @router.post("/cases/{case_id}/acceptance")
    def accept(case_id: str, wanted: wire.CaseAccepted, person: Person = works) -> SidePanel:
        """Take the submitted case on; `due` is the day by which the citizen is told the decision."""
        case = mine(case_id, person, wanted.version)
        if wanted.due is not None and wanted.due < parts.services.clock().date():
            raise StepNotAllowed("The day of the decision is over already; choose a later one.")
        return done(case, person, "case.accepted", h.Accepted(wanted.due))

    @router.post("/cases/{case_id}/decision")
    def decide(case_id: str, wanted: wire.CaseDecided, person: Person = works) -> SidePanel:
        """Tell the decision: granted or not, in words for the citizen."""
        case = mine(case_id, person, wanted.version)
        return done(case, person, "case.decided", h.Decided(_kept(wanted.result), granted=wanted.granted))


def _looking(router: APIRouter, parts: ClerkParts, works: Person, mine: Callable[[str, Person], Case]) -> None:
    @router.get("/cases")
    def cases(person: Person = works) -> list[wire.DeskCase]:
        """The cases this clerk was given, the last changed first."""
        handling, found = parts.handling(), []
        for case in handling.desk.cases.handed_to(person.id):
            handled = handling.look(case)
            found.append(
                wire.DeskCase(
                    id=case.id,
                    version=case.version,
                    item=case.item,
                    name=render(quote(handled.standing.item.name, "case")),
                    state=case.state,
                    state_label=render(notice(handling_phrases("zh").state(case.state))),
                    due=case.due,
                    changed_at=case.changed_at,
                )
            )
        return found

    @router.get("/cases/{case_id}/documents")
    def documents(case_id: str, person: Person = works) -> list[wire.DeskDocument]:
        """The documents that were handed in, each with what was read from it."""
        case = mine(case_id, person)
        parts.note_opened(person, case_id)
        stands = parts.handling().standing(case)
        named = {(f.part, f.material): stands.material(f.part, f.material) for f in case.files}
        return [
            wire.DeskDocument(
                id=f.file,
                material=render(quote(m.name if (m := named[f.part, f.material]) else f.material, "case")),
                name=render(show_entered(f.name).shown),
                kind=render(show_entered(f.kind).shown),
                readable=f.readable,
                remark=render(show_entered(f.remark).shown),
                read={
                    render(show_entered(key).shown): render(show_entered(value).shown)
                    for key, value in f.fields.items()
                    if value
                },
            )
            for f in case.files
        ]

    @router.get("/cases/{case_id}/document", response_class=Response)
    def document(
        case_id: str,
        file: Annotated[str, Query(max_length=80)],
        page: Annotated[int | None, Query(ge=1, le=200)] = None,
        ticket: Annotated[str | None, Query(max_length=80)] = None,
        person: Person = works,
    ) -> Response:
        """A document as it was handed in; with `page`, that page of it as a picture, whatever the file is.

        `ticket`: the conversation beside whose panel it is looked at, where the case was not opened by its code.
        """
        case = parts.shown_case(case_id, person, ticket)
        parts.note_opened(person, case_id)
        return file_of(parts.handling(), case, file, page)


def _kept(words: str) -> str:
    """A clerk's words as the citizen will read them, punctuation and all; what steers a machine is not kept."""
    found = show_entered(words)
    return found.shown.text if found.withheld else words.strip()


def _sentence(line: str) -> str:
    return line if line.endswith(("。", "：", "！", "？", "；")) else f"{line}。"
