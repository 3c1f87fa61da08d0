"""Filling a form together: the citizen agrees, both see it, the clerk proposes, and only the citizen fills in.

Agreement holds for this clerk and this conversation: after a transfer, an end or a lost line it is asked for again.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from assistant.audit.acts import Act, Audit
from assistant.cases import happenings as h
from assistant.cases.answering import is_well_formed
from assistant.cases.case import Case
from assistant.cases.errors import CaseChanged, UnknownCase
from assistant.cases.handling import Handled, Handling
from assistant.cases.happenings import CITIZEN, Actor, ActorKind
from assistant.cases.standing import StandingField, entered_fact
from assistant.clerk.errors import FieldChanged, FormNotShared, ProposalUnfit
from assistant.handoff.errors import NotYours
from assistant.handoff.happenings import FormStep, Happening, Kind, Side
from assistant.handoff.log import TicketLog
from assistant.handoff.ticket import Ticket
from guardrails.entered import show_entered

_TRIES = 3
_OURS = (h.FormShared, h.FormShareEnded, h.FieldProposed, h.ProposalTaken, h.ProposalDeclined)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A value for a field; `mark` is that of the value which the clerk saw in it."""

    key: str
    value: str
    mark: str


class Cofilling:
    """What clerk and citizen do with a form that both see. Each step is recorded before it is done."""

    def __init__(self, handling: Handling, log: TicketLog, audit: Audit, new_id: Callable[[], str]) -> None:
        self.handling = handling
        self._log = log
        self._audit = audit
        self._new_id = new_id
        handling.tell(self._changed)

    def ask(self, ticket_id: str, clerk: str) -> None:
        """Ask the citizen. Raises NotYours where the clerk does not have the conversation."""
        ticket = self._held(ticket_id, clerk)
        self._record("form.asked", clerk, ticket)
        self._note(ticket_id, FormStep.ASKED, by=clerk)

    def agree(self, ticket: Ticket, case: Case) -> Handled:
        """The citizen agrees, for the clerk who has the conversation now. Raises FormNotShared where nobody has."""
        if not ticket.is_live or ticket.clerk is None:
            raise FormNotShared(f"Nobody has ticket {ticket.id} now.")
        self._record("form.shared", "citizen", ticket, case)
        shared = self.handling.add(case, [h.FormShared(ticket=ticket.id, clerk=ticket.clerk)])
        self._note(ticket.id, FormStep.AGREED, about=case.id)
        return shared

    def refuse(self, ticket: Ticket) -> None:
        """The citizen does not want to."""
        self._record("form.refused", "citizen", ticket)
        self._note(ticket.id, FormStep.REFUSED)

    def end(self, case: Case) -> Handled:
        """The citizen takes the agreement back; again is no second time."""
        if case.shared is None:
            return self.handling.look(case)
        ticket = self._log.ticket(case.shared.ticket)
        if ticket is not None:
            self._record("form.ended", "citizen", ticket, case)
        ended = self.handling.add(case, [h.FormShareEnded()])
        self._note(case.shared.ticket, FormStep.ENDED)
        return ended

    def is_shared(self, case: Case) -> bool:
        """Whether the agreement still holds: the same clerk has the same conversation, without a break."""
        ticket = self._log.ticket(case.shared.ticket) if case.shared else None
        return ticket is not None and _holds(case, ticket)

    def form(self, ticket_id: str, clerk: str) -> Handled:
        """The form as the clerk may see it. Raises NotYours, FormNotShared."""
        ticket = self._held(ticket_id, clerk)
        try:
            case = self.handling.desk.cases.case(ticket.subject.case or "")
        except UnknownCase as gone:
            raise FormNotShared(f"No form is shared in ticket {ticket_id}.") from gone
        if not _holds(case, ticket):
            raise FormNotShared(f"No form is shared in ticket {ticket_id}.")
        return self.handling.look(case)

    def propose(self, ticket_id: str, clerk: str, wanted: Proposed) -> Handled:
        """Propose a value. Raises FieldChanged where the citizen changed it meanwhile, ProposalUnfit."""
        for left in range(_TRIES, 0, -1):
            handled = self.form(ticket_id, clerk)
            field = _open_field(handled, wanted.key)
            if mark_of(handled.case, field) != wanted.mark:
                raise FieldChanged(f"{wanted.key} holds something else now.")
            entered = show_entered(wanted.value.strip())
            if entered.withheld or not wanted.value.strip() or not is_well_formed(field.field, wanted.value.strip()):
                raise ProposalUnfit(f"This is no value for {wanted.key}.")
            proposed = h.FieldProposed(
                proposal=self._new_id(),
                key=wanted.key,
                name=field.field.name,
                value=wanted.value.strip(),
                mark=wanted.mark,
            )
            self._record("form.proposed", clerk, None, handled.case)
            try:
                done = self.handling.add(handled.case, [proposed], Actor(ActorKind.CLERK, clerk))
            except CaseChanged:  # something else of the case was changed at this moment: look again
                if left == 1:
                    raise
                continue
            self._note(ticket_id, FormStep.PROPOSED, by=clerk, field=field.field.name)
            return done
        raise FieldChanged(f"{wanted.key} was changed again and again.")

    def take_back(self, ticket_id: str, clerk: str, proposal: str) -> Handled:
        """The clerk takes a proposal back; again is no second time."""
        handled = self.form(ticket_id, clerk)
        return self._declined(handled, proposal, Actor(ActorKind.CLERK, clerk), clerk)

    def answer(self, case: Case, proposal: str, *, taken: bool) -> Handled:
        """The citizen takes a proposal or not. Raises FieldChanged where the field holds something newer."""
        handled = self.handling.look(case)
        if not taken:
            return self._declined(handled, proposal, CITIZEN, "citizen")
        if not self.is_shared(case):
            raise FormNotShared(f"The form of case {case.id} is not shared any more.")
        found = next((p for p in case.proposals if p.proposal == proposal), None)
        if found is None:
            raise FieldChanged(f"Proposal {proposal} was taken back.")
        field = _open_field(handled, found.key)
        if mark_of(case, field) != found.mark:
            raise FieldChanged(f"{found.key} was changed after the proposal.")
        self._record("form.taken", "citizen", None, case)
        kept = h.FactsKept((entered_fact(field, found.value, said=False),))
        done = self.handling.add(case, [kept, h.ProposalTaken(proposal=proposal, name=found.name)])
        self._note(self._ticket_of(case), FormStep.TAKEN, field=found.name)
        return done

    def _declined(self, handled: Handled, proposal: str, actor: Actor, who: str) -> Handled:
        case = handled.case
        found = next((p for p in case.proposals if p.proposal == proposal), None)
        if found is None:
            return handled
        self._record("form.declined", who, None, case)
        done = self.handling.add(case, [h.ProposalDeclined(proposal=proposal, name=found.name)], actor)
        self._note(self._ticket_of(case), FormStep.DECLINED, field=found.name)
        return done

    def _changed(self, case: Case) -> None:
        """Something else of a shared case changed: the desk is told, so that both see the same."""
        last = case.events[-1]
        if case.shared is not None and not isinstance(last.happening, _OURS) and self.is_shared(case):
            self._note(case.shared.ticket, FormStep.CHANGED)

    def _ticket_of(self, case: Case) -> str:
        return case.shared.ticket if case.shared else ""

    def _held(self, ticket_id: str, clerk: str) -> Ticket:
        ticket = self._log.ticket(ticket_id)
        if ticket is None or ticket.clerk != clerk or not ticket.is_live:
            raise NotYours(f"Ticket {ticket_id} is not yours.")
        return ticket

    def _note(
        self, ticket_id: str, step: FormStep, *, by: str | None = None, about: str | None = None, field: str = ""
    ) -> None:
        side = Side.CLERK if by else Side.CITIZEN
        with self._log.change() as change:
            ticket = self._log.locked(change, ticket_id)
            if ticket.is_live:
                line = Happening(
                    kind=Kind.FORM,
                    at=self._log.clock(),
                    side=side,
                    by=by,
                    about=about,
                    word=step.value,
                    text=field or None,
                )
                self._log.add(change, ticket, line)

    def _record(self, action: str, actor: str, ticket: Ticket | None, case: Case | None = None) -> None:
        subject = f"case/{case.id}" if case is not None else f"ticket/{ticket.id}" if ticket is not None else "ticket/-"
        self._audit.record(Act(actor=actor, action=action, subject=subject), at=self._log.clock())


def mark_of(case: Case, field: StandingField) -> str:
    """Tells one value of a field from another without saying it."""
    return hashlib.sha256(f"{case.id}\n{field.key}\n{field.value or ''}".encode()).hexdigest()[:16]


def may_propose(field: StandingField) -> bool:
    """Verified values and the citizen's own commitments are nobody's to propose."""
    return not field.field.is_commitment and not (field.filled is not None and field.filled.locked)


def _holds(case: Case, ticket: Ticket) -> bool:
    shared = case.shared
    return (
        shared is not None
        and ticket.is_live
        and shared.ticket == ticket.id
        and shared.clerk == ticket.clerk
        and ticket.accepted_at is not None
        and shared.since >= ticket.accepted_at
    )


def _open_field(handled: Handled, key: str) -> StandingField:
    field = handled.standing.field(key)
    if field is None or not may_propose(field):
        raise ProposalUnfit(f"{key} is not open for proposals.")
    return field
