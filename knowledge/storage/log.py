"""The log of publications and the revision that readers compare."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from knowledge.storage.documents import LifeEvent
from knowledge.storage.tables import PublicationRow, RevisionRow

_ONLY_ROW = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """Who does something, when and why: what each entry of the log of one transaction has in common."""

    at: datetime
    actor: str
    why: str

    def __post_init__(self) -> None:
        """Refuse a moment without a zone before anything is written."""
        if self.at.tzinfo is None:
            raise ValueError("A moment needs a time zone: pass datetime.now(UTC).")


def current_revision(session: Session) -> int:
    """The revision readers see; 0 before anything was published."""
    return session.scalar(select(RevisionRow.value).where(RevisionRow.id == _ONLY_ROW)) or 0


def next_revision(session: Session) -> int:
    """Count on by one, for the whole of the running transaction."""
    grown = session.execute(update(RevisionRow).where(RevisionRow.id == _ONLY_ROW).values(value=RevisionRow.value + 1))
    if grown.rowcount == 0:  # type: ignore[attr-defined]
        session.add(RevisionRow(id=_ONLY_ROW, value=1))
        session.flush()
    return current_revision(session)


def note(
    session: Session, hand: Hand, *, action: str, source: str, version_id: str, revision: int | None = None
) -> None:
    """Add an entry to the log."""
    session.add(
        PublicationRow(
            at=hand.at,
            actor=hand.actor,
            why=hand.why,
            action=action,
            source=source,
            version_id=version_id,
            revision=revision,
        )
    )


def history_of(session: Session, source: str) -> tuple[LifeEvent, ...]:
    """The entries about one source, oldest first."""
    rows = session.scalars(select(PublicationRow).where(PublicationRow.source == source).order_by(PublicationRow.id))
    return tuple(
        LifeEvent(
            at=row.at,
            actor=row.actor,
            action=row.action,
            source=row.source,
            version_id=row.version_id,
            why=row.why,
            revision=row.revision,
        )
        for row in rows
    )
