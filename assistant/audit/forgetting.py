"""Deletes details on request and when their time is over. The chain stays as it is, with a record of the deletion."""

from datetime import datetime

from sqlalchemy import ColumnElement, delete, select

from assistant.audit.acts import Act
from assistant.audit.audit_tables import AuditDetailRow
from assistant.audit.keeping import SqlAudit, ranges, take_turn
from knowledge.storage.engine import writing

ON_REQUEST = "audit.forgotten"
EXPIRED = "audit.expired"
FORGOTTEN = (ON_REQUEST, EXPIRED)
PREFIX = "details/"
_AT_ONCE = 400  # numbers a record: SQLite limits the values of one statement


def forget(audit: SqlAudit, about: str, *, actor: str, why: str, now: datetime) -> int:
    """Delete all details about somebody; how many entries they belonged to."""
    return _delete(audit, AuditDetailRow.about == about, Act(actor=actor, action=ON_REQUEST, subject=why), now)


def expire(audit: SqlAudit, before: datetime, *, actor: str, now: datetime) -> int:
    """Delete the details that are older than the retention; how many."""
    why = f"before {before.date().isoformat()}"
    return _delete(audit, AuditDetailRow.at < before, Act(actor=actor, action=EXPIRED, subject=why), now)


def _delete(audit: SqlAudit, which: ColumnElement[bool], act: Act, now: datetime) -> int:
    deleted = 0
    while True:
        with writing(audit.engine) as session:
            take_turn(session)
            query = select(AuditDetailRow.number).where(which).order_by(AuditDetailRow.number).limit(_AT_ONCE)
            numbers = session.scalars(query).all()
            if not numbers:
                return deleted
            session.execute(delete(AuditDetailRow).where(AuditDetailRow.number.in_(numbers)))
            record = Act(
                actor=act.actor,
                action=act.action,
                subject=PREFIX + ranges(numbers),
                details={"why": act.subject} if act.action == ON_REQUEST else {},
            )
            audit.record_in(session, record, at=now)
        deleted += len(numbers)
