"""Documents in the database: saving, reviewing, publishing, withdrawing, each in one transaction."""

from datetime import datetime

from sqlalchemy import Engine, func, insert, select
from sqlalchemy.orm import Session

from knowledge.errors import TransitionRefused, UnknownVersion
from knowledge.passages import DocumentVersion, VersionState
from knowledge.storage.columns import storable
from knowledge.storage.documents import LifeEvent, Original, ParsedDocument, SavedVersion, SaveOutcome
from knowledge.storage.engine import reading, sole_writer
from knowledge.storage.lives import day_of, first_day, last_day, passage_id_of, refuse_unless, version_id_of
from knowledge.storage.log import Hand, current_revision, history_of, next_revision, note
from knowledge.storage.rows import version_of
from knowledge.storage.tables import DocumentRow, DocumentVersionRow, OriginalRow, PassageRow


class SqlDocumentDrafts:
    """`DocumentDrafts` on SQLite or PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def save(self, document: ParsedDocument, *, now: datetime, actor: str) -> SavedVersion:
        """See `DocumentDrafts.save`."""
        with sole_writer(self._engine) as session:
            return _save(session, document, Hand(at=now, actor=actor, why=""))

    def save_all(
        self, documents: tuple[ParsedDocument, ...], *, now: datetime, actor: str, publish_why: str | None = None
    ) -> tuple[SavedVersion, ...]:
        """See `DocumentDrafts.save_all`."""
        with sole_writer(self._engine) as session:
            saved = tuple(_save(session, document, Hand(at=now, actor=actor, why="")) for document in documents)
            if publish_why is not None:
                hand = Hand(at=now, actor=actor, why=publish_why)
                rows = [_row(session, version.version_id) for version in saved]
                waiting = [row for row in dict.fromkeys(rows) if row.state != VersionState.PUBLISHED]
                if waiting:
                    revision = next_revision(session)
                    for row in waiting:
                        _publish(session, row, hand, revision)
            return saved

    def review(self, version_id: str, *, now: datetime, actor: str) -> None:
        """See `DocumentDrafts.review`."""
        with sole_writer(self._engine) as session:
            row = _row(session, version_id)
            refuse_unless(VersionState(row.state), (VersionState.DRAFT,), "reviewed", version_id)
            if row.saved_by == actor:
                raise TransitionRefused(f"{actor} saved version {version_id}: another person has to review it.")
            row.state = VersionState.REVIEWED
            hand = Hand(at=now, actor=actor, why="")
            note(session, hand, action="reviewed", source=_source(row), version_id=version_id)

    def publish(self, version_id: str, *, now: datetime, actor: str, why: str) -> int:
        """See `DocumentDrafts.publish`."""
        with sole_writer(self._engine) as session:
            row = _row(session, version_id)
            if row.state == VersionState.PUBLISHED:
                return current_revision(session)
            revision = next_revision(session)
            _publish(session, row, Hand(at=now, actor=actor, why=why), revision)
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
            note(session, hand, action="withdrawn", source=_source(row), version_id=version_id, revision=revision)
            return revision

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


def _save(session: Session, document: ParsedDocument, hand: Hand) -> SavedVersion:
    name = storable(document.name)
    lives = (DocumentVersionRow.name == name, DocumentVersionRow.state != VersionState.WITHDRAWN)
    newest = session.scalar(
        select(DocumentVersionRow).where(*lives).order_by(DocumentVersionRow.ordinal.desc()).limit(1)
    )
    if newest is not None and newest.sha256 == document.sha256:
        return SavedVersion(newest.id, SaveOutcome.UNCHANGED)
    used = session.scalar(select(func.max(DocumentVersionRow.ordinal)).where(DocumentVersionRow.name == name)) or 0
    if session.get(DocumentRow, name) is None:
        session.add(DocumentRow(name=name, created_at=hand.at))
    if session.get(OriginalRow, document.sha256) is None:
        session.add(OriginalRow(sha256=document.sha256, media_type=document.media_type, content=document.original))
    session.flush()
    row = _new_row(document, name, used + 1, hand)
    session.add(row)
    session.flush()
    _add_passages(session, document, row.id)
    note(session, hand, action="saved", source=_source(row), version_id=row.id)
    return SavedVersion(row.id, SaveOutcome.NEW if used == 0 else SaveOutcome.NEW_VERSION)


def _new_row(document: ParsedDocument, name: str, ordinal: int, hand: Hand) -> DocumentVersionRow:
    return DocumentVersionRow(
        id=version_id_of(name, ordinal, document.sha256),
        name=name,
        ordinal=ordinal,
        sha256=document.sha256,
        title=document.title,
        number=document.number,
        issuer=document.issuer,
        issued_on=document.issued_on,
        effective_from=document.effective_from,
        effective_to=document.effective_to,
        region=document.region,
        state=VersionState.DRAFT,
        saved_at=hand.at,
        saved_by=hand.actor,
    )


def _add_passages(session: Session, document: ParsedDocument, version_id: str) -> None:
    rows = [
        {
            "id": passage_id_of(version_id, ordinal),
            "version_id": version_id,
            "ordinal": ordinal,
            "text": passage.text,
            "heading": passage.heading,
            "clause": passage.clause,
            "start": passage.start,
            "end": passage.end,
            "garbled": passage.garbled,
        }
        for ordinal, passage in enumerate(document.passages, 1)
    ]
    if rows:
        session.execute(insert(PassageRow), rows)


def _publish(session: Session, row: DocumentVersionRow, hand: Hand, revision: int) -> None:
    refuse_unless(VersionState(row.state), (VersionState.DRAFT, VersionState.REVIEWED), "published", row.id)
    today = day_of(hand.at)
    formers = session.scalars(
        select(DocumentVersionRow).where(
            DocumentVersionRow.name == row.name,
            DocumentVersionRow.state == VersionState.PUBLISHED,
        )
    ).all()
    begins = first_day(row.effective_from, replaces_another=bool(formers), published_on=today)
    row.state = VersionState.PUBLISHED
    row.published_at = hand.at
    row.in_force_from, row.in_force_to = begins, row.effective_to
    for former in formers:
        former.in_force_to = last_day(former.in_force_to, begins)
        former.superseded_by = row.id
        if begins is None or begins <= today:
            former.state = VersionState.SUPERSEDED
            note(session, hand, action="superseded", source=_source(former), version_id=former.id, revision=revision)
    note(session, hand, action="published", source=_source(row), version_id=row.id, revision=revision)


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


def _source(row: DocumentVersionRow) -> str:
    return f"documents/{row.name}"
