"""Documents in the database: saving, reviewing, publishing, withdrawing, each in one transaction."""

from datetime import date, datetime

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from knowledge.errors import UnknownVersion
from knowledge.passages import DocumentVersion, VersionState
from knowledge.storage.columns import storable
from knowledge.storage.documents import LifeEvent, Original, ParsedDocument, SavedVersion
from knowledge.storage.engine import reading, sole_writer
from knowledge.storage.four_eyes import require_second_person
from knowledge.storage.lives import day_of, refuse_same_document, refuse_unless
from knowledge.storage.log import Hand, current_revision, history_of, next_revision, note
from knowledge.storage.rows import version_of
from knowledge.storage.sql_restoring import restore_version
from knowledge.storage.sql_saving import (
    authors_of,
    lines_of,
    publish_version,
    save_documents,
    source_of,
    supersede_version,
)
from knowledge.storage.tables import DocumentVersionRow, OriginalRow


class SqlDocumentDrafts:
    """`DocumentDrafts` on SQLite or PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def save(self, document: ParsedDocument, *, now: datetime, actor: str) -> SavedVersion:
        """See `DocumentDrafts.save`."""
        (saved,) = self.save_all((document,), now=now, actor=actor)
        return saved

    def save_all(
        self,
        documents: tuple[ParsedDocument, ...],
        *,
        now: datetime,
        actor: str,
        publish_why: str | None = None,
        approved_by: str | None = None,
    ) -> tuple[SavedVersion, ...]:
        """See `DocumentDrafts.save_all`."""
        with sole_writer(self._engine) as session:
            lines = lines_of(session, (storable(document.name) for document in documents))
            saved = save_documents(session, documents, lines, Hand(at=now, actor=actor, why=""))
            if publish_why is not None:
                wanted = {version.version_id for version in saved}
                rows = [row for line in lines.values() for row in line if row.id in wanted]
                waiting = [row for row in rows if row.state != VersionState.PUBLISHED]
                revision = next_revision(session) if waiting else 0
                for row in waiting:
                    hand = Hand(at=now, actor=actor, why=publish_why)
                    publish_version(session, row, lines, hand, revision, approved_by=approved_by)
            return saved

    def review(self, version_id: str, *, now: datetime, actor: str, why: str = "") -> None:
        """See `DocumentDrafts.review`."""
        with sole_writer(self._engine) as session:
            row = _row(session, version_id)
            refuse_unless(VersionState(row.state), (VersionState.DRAFT,), "reviewed", version_id)
            line = lines_of(session, (row.name,))[row.name]
            require_second_person(version_id, authors=authors_of(row, line), approvers=(actor,))
            row.state = VersionState.REVIEWED
            hand = Hand(at=now, actor=actor, why=why)
            note(session, hand, action="reviewed", source=source_of(row), version_id=version_id)

    def publish(self, version_id: str, *, now: datetime, actor: str, why: str) -> int:
        """See `DocumentDrafts.publish`."""
        with sole_writer(self._engine) as session:
            row = _row(session, version_id)
            if row.state == VersionState.PUBLISHED:
                return current_revision(session)
            revision = next_revision(session)
            lines = lines_of(session, (row.name,))
            publish_version(session, row, lines, Hand(at=now, actor=actor, why=why), revision)
            return revision

    def withdraw(self, version_id: str, *, now: datetime, actor: str, why: str) -> int:
        """See `DocumentDrafts.withdraw`."""
        with sole_writer(self._engine) as session:
            row = _row(session, version_id)
            if row.state == VersionState.WITHDRAWN:
                return current_revision(session)
            revision = next_revision(session)
            row.state = VersionState.WITHDRAWN
            _free_former(session, row, now)
            hand = Hand(at=now, actor=actor, why=why)
            note(session, hand, action="withdrawn", source=source_of(row), version_id=version_id, revision=revision)
            return revision

    def supersede(self, version_id: str, *, successor: str, now: datetime, actor: str, why: str) -> int:
        """See `DocumentDrafts.supersede`."""
        with sole_writer(self._engine) as session:
            former, later = _row(session, version_id), _row(session, successor)
            refuse_same_document(former.name, later.name)
            for row in (former, later):
                refuse_unless(VersionState(row.state), (VersionState.PUBLISHED,), "superseded or a successor", row.id)
            revision = next_revision(session)
            begins = later.in_force_from or day_of(now)
            supersede_version(session, former, later, begins, Hand(at=now, actor=actor, why=why), revision=revision)
            return revision

    def restore(
        self, version_id: str, *, now: datetime, actor: str, why: str, effective_from: date | None = None
    ) -> SavedVersion:
        """See `DocumentDrafts.restore`."""
        with sole_writer(self._engine) as session:
            row = _row(session, version_id)
            hand = Hand(at=now, actor=actor, why=why)
            return restore_version(session, row, lines_of(session, (row.name,))[row.name], hand, effective_from)

    def original(self, version_id: str) -> Original:
        """See `DocumentDrafts.original`."""
        with reading(self._engine) as session:
            kept = session.get_one(OriginalRow, _row(session, version_id).sha256)
            return Original(content=kept.content, media_type=kept.media_type, sha256=kept.sha256)

    def versions(self, name: str) -> tuple[DocumentVersion, ...]:
        """See `DocumentDrafts.versions`."""
        query = select(DocumentVersionRow).where(DocumentVersionRow.name == name).order_by(DocumentVersionRow.ordinal)
        with reading(self._engine) as session:
            return tuple(version_of(row) for row in session.scalars(query))

    def waiting(self) -> tuple[DocumentVersion, ...]:
        """See `DocumentDrafts.waiting`."""
        waits = DocumentVersionRow.state.in_((VersionState.DRAFT, VersionState.REVIEWED))
        query = select(DocumentVersionRow).where(waits).order_by(DocumentVersionRow.name, DocumentVersionRow.ordinal)
        with reading(self._engine) as session:
            return tuple(version_of(row) for row in session.scalars(query))

    def history(self, source: str) -> tuple[LifeEvent, ...]:
        """See `DocumentDrafts.history`."""
        with reading(self._engine) as session:
            return history_of(session, source)


def _free_former(session: Session, withdrawn: DocumentVersionRow, now: datetime) -> None:
    """A former version that this one was to replace on a later day goes on as if nothing had been announced."""
    if withdrawn.in_force_from is None or withdrawn.in_force_from <= day_of(now):
        return
    query = select(DocumentVersionRow).where(DocumentVersionRow.superseded_by == withdrawn.id)
    for former in session.scalars(query):
        former.in_force_to = former.effective_to
        former.superseded_by = None


def _row(session: Session, version_id: str) -> DocumentVersionRow:
    row = session.get(DocumentVersionRow, version_id)
    if row is None:
        raise UnknownVersion(f"No version {version_id}: xiaoshen knowledge versions lists what there is.")
    return row
