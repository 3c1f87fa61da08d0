"""Routes of a form that citizen and clerk fill together: asked at the desk, decided by whose form it is."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.concurrency import run_in_threadpool

from assistant.cases.case import Case
from assistant.cases.errors import CaseChanged
from assistant.cases.handling import Handled
from assistant.cases.happenings import FieldProposed
from assistant.cases.masking import masked
from assistant.cases.standing import StandingField
from assistant.clerk.cofilling import Cofilling, Proposed, mark_of, may_propose
from assistant.clerk.errors import FieldChanged, FormNotShared, ProposalUnfit
from assistant.handoff.errors import UnknownTicket
from assistant.handoff.ticket import Ticket
from assistant.identity.citizens import Citizen
from assistant.identity.people import Person
from assistant.web import cofilling_schemas as wire
from assistant.web.citizen import Citizens
from assistant.web.handoff_parts import HandoffParts
from assistant.web.public_errors import Public
from assistant.web.sse import render
from guardrails.entered import show_entered
from guardrails.outbound import quote

COFILLING: dict[type[Exception], Public] = {
    FormNotShared: Public(
        409,
        "form_not_shared",
        "现在没有一起填表：市民还没有同意、已经停止，或者对话换了人。需要的话请再问一次。",
        "The form is not filled together now: not agreed, stopped, or another person has the conversation.",
    ),
    FieldChanged: Public(
        409,
        "field_changed",
        "这一项刚刚改过，和提建议时不一样了，没有覆盖。请看最新内容后再决定。",
        "This field was changed meanwhile; nothing was overwritten. Look at it as it is now, then decide.",
    ),
    ProposalUnfit: Public(
        422,
        "proposal_unfit",
        "这个建议填不进去：格式不对，或这一项已核验、只能由本人承诺。请看这一项的说明。",
        "This cannot be proposed: it does not fit the field, or the field is verified or the citizen's alone.",
    ),
}


def desk_cofilling(
    router: APIRouter, cofilling: Cofilling, works: Person, note_seen: Callable[[Person, str, str], None]
) -> None:
    """The clerk's side."""

    @router.post("/tickets/{ticket}/form/asked", status_code=204)
    def ask_for_form(ticket: str, person: Person = works) -> None:
        """Ask the citizen to fill the form together."""
        cofilling.ask(ticket, person.id)

    @router.get("/tickets/{ticket}/form")
    def shared_form(ticket: str, person: Person = works) -> wire.SharedForm:
        """The form, once the citizen has agreed. Looking is recorded."""
        note_seen(person, "case.form_seen", f"ticket/{ticket}/form")
        return _form(cofilling.form(ticket, person.id))

    @router.post("/tickets/{ticket}/form/proposals")
    def propose(ticket: str, wanted: wire.ProposalWanted, person: Person = works) -> wire.SharedForm:
        """Propose a value for a field; the citizen decides."""
        proposed = Proposed(key=wanted.key, value=wanted.value, mark=wanted.mark)
        return _form(cofilling.propose(ticket, person.id, proposed))

    @router.delete("/tickets/{ticket}/form/proposals/{proposal}")
    def take_back(ticket: str, proposal: str, person: Person = works) -> wire.SharedForm:
        """Take a proposal back."""
        return _form(cofilling.take_back(ticket, person.id, proposal))


def citizen_cofilling(  # noqa: C901 - one function for each route
    cofilling: Cofilling, handoff: HandoffParts, citizens: Citizens
) -> APIRouter:
    """The citizen's side: their own cases only."""
    router = APIRouter(prefix="/api/cases", tags=["case"])
    known = Depends(citizens.acting)

    def mine(case_id: str, citizen: Citizen, version: int | None = None) -> Case:
        case = cofilling.handling.case(case_id, citizen.owner)
        if version is not None and case.version != version:
            raise CaseChanged(f"Case {case_id} is at version {case.version}.")
        return case

    def ticket(conversation: str, case_id: str) -> Ticket:
        if not handoff.may_name(conversation, case_id):
            raise UnknownTicket("The conversation is not of the one whose case this is.")
        return handoff.known(conversation)

    def told(handled: Handled) -> wire.FormSharing:
        return _sharing(handled, shared=cofilling.is_shared(handled.case))

    @router.get("/{case_id}/sharing")
    async def sharing(case_id: str, citizen: Annotated[Citizen, known]) -> wire.FormSharing:
        """Whether the form is filled together now, and what is proposed."""
        return await run_in_threadpool(lambda: told(cofilling.handling.look(mine(case_id, citizen))))

    @router.post("/{case_id}/sharing")
    async def agree(case_id: str, body: wire.ShareWanted, citizen: Annotated[Citizen, known]) -> wire.FormSharing:
        """Let the person of the conversation see the form and propose values. It can be taken back at any time."""

        def agreed() -> wire.FormSharing:
            return told(cofilling.agree(ticket(body.conversation, case_id), mine(case_id, citizen, body.version)))

        return await run_in_threadpool(agreed)

    @router.post("/{case_id}/sharing/refused", status_code=204)
    async def refuse(case_id: str, body: wire.ShareWanted, citizen: Annotated[Citizen, known]) -> None:
        """Do not fill it together; the clerk is told, and sees nothing."""

        def refused() -> None:
            mine(case_id, citizen)
            cofilling.refuse(ticket(body.conversation, case_id))

        await run_in_threadpool(refused)

    @router.post("/{case_id}/sharing/ended")
    async def stop(case_id: str, citizen: Annotated[Citizen, known]) -> wire.FormSharing:
        """Take it back: from this moment the clerk does not see the form. Open proposals go with it."""
        return await run_in_threadpool(lambda: told(cofilling.end(mine(case_id, citizen))))

    @router.post("/{case_id}/proposals/{proposal}")
    async def answer(
        case_id: str, proposal: str, body: wire.ProposalAnswer, citizen: Annotated[Citizen, known]
    ) -> wire.FormSharing:
        """Take a proposal into the form, or not. 409 where the field was changed after the proposal."""

        def answered() -> wire.FormSharing:
            return told(cofilling.answer(mine(case_id, citizen), proposal, taken=body.taken))

        return await run_in_threadpool(answered)

    return router


def _form(handled: Handled) -> wire.SharedForm:
    case, stands = handled.case, handled.standing
    return wire.SharedForm(
        case=case.id,
        version=case.version,
        name=render(quote(stands.item.name, stands.item.source)),
        since=case.shared.since if case.shared else case.changed_at,
        fields=[_field(case, field) for field in stands.fields if not field.field.is_commitment],
    )


def _field(case: Case, field: StandingField) -> wire.SharedField:
    filled = field.filled
    proposed = next((p for p in case.proposals if p.key == field.key), None)
    return wire.SharedField(
        key=field.key,
        name=_said(field.field.name),
        type=field.field.type,
        value=render(show_entered(masked(field)).shown) if field.value else "",
        source=_said(filled.provenance.source.replace("您", "本人")) if filled else "",
        locked=not may_propose(field),
        required=field.is_asked,
        choices=[_said(choice) for choice in field.field.choices],
        help=_said(field.field.help) if field.field.help else "",
        mark=mark_of(case, field),
        proposal=proposed.proposal if proposed else None,
        proposed=render(show_entered(proposed.value).shown) if proposed else None,
    )


def _sharing(handled: Handled, *, shared: bool) -> wire.FormSharing:
    case = handled.case
    times = {e.happening.proposal: e.at for e in case.events if isinstance(e.happening, FieldProposed)}
    proposals = []
    for one in case.proposals if shared else ():
        field = handled.standing.field(one.key)
        before = (field.value or "") if field else ""
        proposals.append(
            wire.FieldProposal(
                id=one.proposal,
                key=one.key,
                name=_said(one.name),
                value=render(show_entered(one.value).shown),
                before=render(show_entered(before).shown) if before else "",
                is_stale=field is None or mark_of(case, field) != one.mark,
                at=times[one.proposal],
            )
        )
    since = case.shared.since if case.shared and shared else None
    return wire.FormSharing(case=case.id, version=case.version, shared=shared, since=since, proposals=proposals)


def _said(text: str) -> str:
    return render(quote(text, "case"))
