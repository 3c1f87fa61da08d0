"""Deletes what has been kept long enough, and what a citizen wants deleted, each with a record in the audit."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select

from assistant.audit.acts import Act
from assistant.audit.forgetting import expire
from assistant.audit.keeping import SqlAudit
from assistant.storage.tables import ConversationRow
from knowledge.storage.engine import writing


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """How long things are kept."""

    details: timedelta
    conversations: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Swept:
    """How much was deleted."""

    details: int
    conversations: int


def sweep(audit: SqlAudit, kept: Retention, *, now: datetime, actor: str = "xiaoshen") -> Swept:
    """Delete details of the audit and conversations whose time is over."""
    conversations = _conversations(audit, now - kept.conversations, actor, now)
    return Swept(details=expire(audit, now - kept.details, actor=actor, now=now), conversations=conversations)


def _conversations(audit: SqlAudit, before: datetime, actor: str, now: datetime) -> int:
    old = ConversationRow.created_at < before
    with writing(audit.engine) as session:
        count = session.scalar(select(func.count()).select_from(ConversationRow).where(old)) or 0
        if count:
            session.execute(delete(ConversationRow).where(old))
            details = {"count": str(count), "before": before.date().isoformat()}
            act = Act(actor=actor, action="conversation.expired", subject="conversations", details=details)
            audit.record_in(session, act, at=now)
        return count
