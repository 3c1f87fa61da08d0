"""Going back to an earlier version: its text as a new draft, so that nothing of what happened is rewritten."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from knowledge.passages import VersionState
from knowledge.storage.documents import SavedVersion, SaveOutcome
from knowledge.storage.lives import day_of, passage_id_of, refuse_unless, version_id_of
from knowledge.storage.log import Hand, note
from knowledge.storage.sql_saving import source_of
from knowledge.storage.tables import DocumentVersionRow, PassageRow


def restore_version(
    session: Session, row: DocumentVersionRow, line: Sequence[DocumentVersionRow], hand: Hand, begins: date | None
) -> SavedVersion:
    """Copy a version that was in force into a new draft that begins on a day of its own.

    A period that would be over before it begins is left open: who publishes the draft decides.
    """
    allowed = (VersionState.PUBLISHED, VersionState.SUPERSEDED)
    refuse_unless(VersionState(row.state), allowed, "restored", row.id)
    begins = begins or day_of(hand.at)
    ends = row.effective_to
    ordinal = line[-1].ordinal + 1
    draft = DocumentVersionRow(
        id=version_id_of(row.name, ordinal, row.sha256),
        name=row.name,
        ordinal=ordinal,
        sha256=row.sha256,
        title=row.title,
        number=row.number,
        issuer=row.issuer,
        issued_on=row.issued_on,
        effective_from=begins,
        effective_to=ends if ends is None or ends >= begins else None,
        region=row.region,
        addressees=row.addressees,
        state=VersionState.DRAFT,
        saved_at=hand.at,
        saved_by=hand.actor,
    )
    session.add(draft)
    session.flush()
    _copy_passages(session, row.id, draft.id)
    note(session, hand, action="restored", source=source_of(row), version_id=draft.id)
    return SavedVersion(draft.id, SaveOutcome.NEW_VERSION)


def _copy_passages(session: Session, old: str, new: str) -> None:
    """Every column goes along, whatever other parts of the product keep with a passage."""
    columns = [column.name for column in PassageRow.__table__.columns]
    query = select(PassageRow).where(PassageRow.version_id == old).order_by(PassageRow.ordinal)
    values = [
        {name: getattr(found, name) for name in columns} | {"id": passage_id_of(new, found.ordinal), "version_id": new}
        for found in session.scalars(query)
    ]
    if values:
        session.execute(insert(PassageRow), values)
