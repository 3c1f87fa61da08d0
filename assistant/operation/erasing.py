"""Deletes one conversation or one case at a citizen's request: what they said goes, that it went stays on record."""

from datetime import datetime

from sqlalchemy import delete
from sqlalchemy.orm import Session

from assistant.audit.acts import Act
from assistant.audit.forgetting import forget
from assistant.audit.keeping import SqlAudit
from assistant.cases.case import CaseState
from assistant.errors import AssistantError
from assistant.handoff.tables import TicketRow
from assistant.handoff.ticket import State
from assistant.operation.forgetting_words import forget_words_of
from assistant.storage.case_tables import CaseRow
from assistant.storage.tables import ConversationRow
from knowledge.storage.engine import writing

_AT_THE_OFFICE = {CaseState.SUBMITTED.value, CaseState.ACCEPTED.value}


class NotErased(AssistantError):
    """It is not there, or has to be kept."""


def erase(audit: SqlAudit, what: str, *, actor: str, why: str, now: datetime) -> None:
    """Delete `conversation/ID` or `case/ID`. Raises NotErased, saying what to do instead."""
    kind, _, found = what.partition("/")
    with writing(audit.engine) as session:
        if kind == "conversation":
            erase_conversation(session, found)
        elif kind == "case":
            _erase_case(session, found)
        else:
            raise NotErased(f"{what!r} is neither conversation/ID nor case/ID: write one of the two.")
        audit.record_in(session, Act(actor=actor, action=f"{kind}.deleted", subject=what, details={"why": why}), at=now)
    forget(audit, what, actor=actor, why=why, now=now)


def erase_conversation(session: Session, conversation: str) -> None:
    """The turns, and what was said, shown and noted with people. Raises NotErased where it is open with a person."""
    open_ticket = (TicketRow.conversation == conversation) & (TicketRow.state != State.ENDED.value)
    if session.query(TicketRow.id).where(open_ticket).first() is not None:
        raise NotErased(f"A person has conversation {conversation}, or somebody waits in it: end that first.")
    talks = forget_words_of(session, conversation)
    row = session.get(ConversationRow, conversation)
    if row is None and not talks:
        raise NotErased(f"There is no conversation {conversation}; it may have been deleted already.")
    session.execute(delete(ConversationRow).where(ConversationRow.id == conversation))


def _erase_case(session: Session, case: str) -> None:
    row = session.get(CaseRow, case)
    if row is None:
        raise NotErased(f"There is no case {case}; it may have been deleted already.")
    if row.state in _AT_THE_OFFICE:
        raise NotErased(f"An office has case {case}, and has to keep it: it can be deleted once it is withdrawn.")
    session.execute(delete(CaseRow).where(CaseRow.id == case))
