"""Reading the chain: for the auditor's page, for `xiaoshen audit show` and for an export."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, Select, func, select

from assistant.audit.audit_tables import AuditDetailRow, AuditEntryRow
from assistant.audit.chain import Entry
from assistant.audit.keeping import entry_of
from knowledge.storage.engine import reading

_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which entries to show. `action` is a beginning: `case` means case.opened and case.submitted too."""

    actor: str | None = None
    action: str | None = None
    subject: str | None = None
    since: datetime | None = None
    before_number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An entry with its details; None where they were deleted or there never were any."""

    entry: Entry
    details: Mapping[str, str] | None


class AuditTrail:
    """Reads; never writes."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def newest(self, wanted: Wanted, *, limit: int = 50) -> tuple[Told, ...]:
        """The newest entries first."""
        query = _narrowed(wanted).order_by(AuditEntryRow.number.desc()).limit(limit)
        with reading(self._engine) as session:
            return tuple(_told(entry, content) for entry, content in session.execute(query))

    def all(self, wanted: Wanted) -> Iterator[Told]:
        """All entries, oldest first, for an export."""
        last = 0
        while True:
            query = _narrowed(wanted).where(AuditEntryRow.number > last).order_by(AuditEntryRow.number).limit(_AT_ONCE)
            with reading(self._engine) as session:
                batch = [_told(entry, content) for entry, content in session.execute(query)]
            if not batch:
                return
            yield from batch
            last = batch[-1].entry.link.number

    def count(self) -> int:
        """How many entries there are."""
        with reading(self._engine) as session:
            return session.scalar(select(func.count()).select_from(AuditEntryRow)) or 0


def as_line(told: Told) -> dict[str, object]:
    """An entry as it is exported: all that is needed to check the hashes again."""
    link = told.entry.link
    return {
        "number": link.number,
        "at": link.at.isoformat(timespec="microseconds"),
        "actor": link.actor,
        "action": link.action,
        "subject": link.subject,
        "details": dict(told.details) if told.details is not None else None,
        "digest": link.digest,
        "previous": link.previous,
        "hash": told.entry.hash,
        "seal": told.entry.seal,
    }


def _narrowed(wanted: Wanted) -> Select[AuditEntryRow, str]:
    query = select(AuditEntryRow, AuditDetailRow.content).join(
        AuditDetailRow, AuditDetailRow.number == AuditEntryRow.number, isouter=True
    )
    if wanted.actor is not None:
        query = query.where(AuditEntryRow.actor == wanted.actor)
    if wanted.action is not None:
        query = query.where(AuditEntryRow.action.startswith(wanted.action, autoescape=True))
    if wanted.subject is not None:
        query = query.where(AuditEntryRow.subject.startswith(wanted.subject, autoescape=True))
    if wanted.since is not None:
        query = query.where(AuditEntryRow.at >= wanted.since)
    if wanted.before_number is not None:
        query = query.where(AuditEntryRow.number < wanted.before_number)
    return query


def _told(row: AuditEntryRow, content: str | None) -> Told:
    return Told(entry=entry_of(row), details=json.loads(content) if content is not None else None)
