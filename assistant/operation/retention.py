"""Deletes what has been kept long enough, and what a citizen wants deleted, each with a record in the audit."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, delete, func, or_, select

from assistant.audit.acts import Act
from assistant.audit.forgetting import expire
from assistant.audit.keeping import SqlAudit
from assistant.cases.case import CLOSED_STATES, OPEN_STATES
from assistant.operation.forgetting_words import forget_words_before
from assistant.settings import Settings
from assistant.storage.case_tables import CaseRow
from assistant.storage.tables import ConversationRow
from knowledge.storage.engine import writing

_AT_ONCE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long things are kept. `drafts`: cases that nobody handed in; `records`: cases that are decided.

    What an office has, submitted or accepted, is never deleted by itself.
    """

    details: timedelta
    conversations: timedelta
    drafts: timedelta = timedelta(days=183)
    records: timedelta = timedelta(days=1095)


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept:
    """How much was deleted."""

    details: int
    conversations: int
    talks: int
    cases: int


def retention_of(settings: Settings) -> Retention:
    """The times of the settings."""
    return Retention(
        details=timedelta(days=settings.audit_days),
        conversations=timedelta(days=settings.conversation_days),
        drafts=timedelta(days=settings.draft_days),
        records=timedelta(days=settings.record_days),
    )


def sweep(audit: SqlAudit, kept: Retention, *, now: datetime, actor: str = "xiaoshen") -> Swept:
    """Delete what is over: conversations, words said to people, cases, and last the details of the audit."""
    conversations = _conversations(audit, now - kept.conversations, actor, now)
    talks = _talks(audit, now - kept.conversations, actor, now)
    cases = _cases(audit, kept, actor, now)
    details = expire(audit, now - kept.details, actor=actor, now=now)
    return Swept(details=details, conversations=conversations, talks=talks, cases=cases)


def _conversations(audit: SqlAudit, before: datetime, actor: str, now: datetime) -> int:
    old = ConversationRow.created_at < before
    with writing(audit.engine) as session:
        count = session.scalar(select(func.count()).select_from(ConversationRow).where(old)) or 0
        if count:
            session.execute(delete(ConversationRow).where(old))
            audit.record_in(session, _expired("conversation", count, actor, before), at=now)
        return count


def _talks(audit: SqlAudit, before: datetime, actor: str, now: datetime) -> int:
    with writing(audit.engine) as session:
        count = forget_words_before(session, before)
        if count:
            audit.record_in(session, _expired("handoff", count, actor, before), at=now)
        return count


def _cases(audit: SqlAudit, kept: Retention, actor: str, now: datetime) -> int:
    deleted = 0
    while True:
        with writing(audit.engine) as session:
            found = session.scalars(select(CaseRow.id).where(_over(kept, now)).limit(_AT_ONCE)).all()
            if not found:
                return deleted
            session.execute(delete(CaseRow).where(CaseRow.id.in_(found)))
            for case in found:
                audit.record_in(session, Act(actor=actor, action="case.expired", subject=f"case/{case}"), at=now)
        deleted += len(found)


def _over(kept: Retention, now: datetime) -> ColumnElement[bool]:
    drafts = [state.value for state in OPEN_STATES]
    closed = [state.value for state in CLOSED_STATES]
    return or_(
        and_(CaseRow.state.in_(drafts), CaseRow.changed_at < now - kept.drafts),
        and_(CaseRow.state.in_(closed), CaseRow.changed_at < now - kept.records),
    )


def _expired(what: str, count: int, actor: str, before: datetime) -> Act:
    details = {"count": str(count), "before": before.date().isoformat()}
    return Act(actor=actor, action=f"{what}.expired", subject=f"{what}s", details=details)
