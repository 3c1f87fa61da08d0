"""Saving and publishing many documents in few statements: what a single document uses too."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from knowledge.passages import Place, VersionState
from knowledge.storage.columns import storable
from knowledge.storage.documents import ParsedDocument, SavedVersion, SaveOutcome
from knowledge.storage.four_eyes import APPROVING, require_second_person
from knowledge.storage.lives import day_of, first_day, last_day, passage_id_of, refuse_unless, version_id_of
from knowledge.storage.log import Hand, note
from knowledge.storage.tables import DocumentRow, DocumentVersionRow, OriginalRow, PassageRow, PublicationRow

_AT_ONCE = 500  # names in one statement; SQLite allows a limited number of values

Lines = dict[str, list[DocumentVersionRow]]


def lines_of(session: Session, names: Iterable[str]) -> Lines:
    """All versions of the documents, oldest first, by name."""
    lines: defaultdict[str, list[DocumentVersionRow]] = defaultdict(list)
    row = DocumentVersionRow
    for some in _chunks(sorted(set(names))):
        for found in session.scalars(select(row).where(row.name.in_(some)).order_by(row.name, row.ordinal)):
            lines[found.name].append(found)
    return lines


def save_documents(
    session: Session, documents: Sequence[ParsedDocument], lines: Lines, hand: Hand
) -> tuple[SavedVersion, ...]:
    """Store what is new as drafts, and add it to the lines."""
    saved: list[SavedVersion] = []
    fresh: list[tuple[DocumentVersionRow, ParsedDocument]] = []
    for document in documents:
        name = storable(document.name)
        line = lines.setdefault(name, [])
        newest = next((row for row in reversed(line) if row.state != VersionState.WITHDRAWN), None)
        if newest is not None and newest.sha256 == document.sha256:
            saved.append(SavedVersion(newest.id, SaveOutcome.UNCHANGED))
            continue
        row = _new_row(document, name, line[-1].ordinal + 1 if line else 1, hand)
        saved.append(SavedVersion(row.id, SaveOutcome.NEW_VERSION if line else SaveOutcome.NEW))
        line.append(row)
        fresh.append((row, document))
    _write(session, fresh, hand)
    return tuple(saved)


def publish_version(
    session: Session,
    row: DocumentVersionRow,
    lines: Lines,
    hand: Hand,
    revision: int,
    *,
    approved_by: str | None = None,
) -> None:
    """Publish a draft and supersede what is published of the same name. Raises FourEyesRequired."""
    refuse_unless(VersionState(row.state), (VersionState.DRAFT, VersionState.REVIEWED), "published", row.id)
    approvers = {hand.actor, *((approved_by,) if approved_by else ()), *approvers_of(session, row.id)}
    require_second_person(row.id, authors=authors_of(row, lines[row.name]), approvers=approvers)
    if approved_by is not None:
        approval = Hand(at=hand.at, actor=approved_by, why=hand.why)
        note(session, approval, action="approved", source=source_of(row), version_id=row.id)
    today = day_of(hand.at)
    formers = [former for former in lines[row.name] if former.state == VersionState.PUBLISHED]
    begins = first_day(row.effective_from, replaces_another=bool(formers), published_on=today)
    row.state = VersionState.PUBLISHED
    row.published_at = hand.at
    row.in_force_from, row.in_force_to = begins, row.effective_to
    for former in formers:
        supersede_version(session, former, row, begins, hand, revision=revision)
    note(session, hand, action="published", source=source_of(row), version_id=row.id, revision=revision)


def authors_of(row: DocumentVersionRow, line: Sequence[DocumentVersionRow]) -> frozenset[str]:
    """Who saved the version, and who saved the drafts it was corrected from; what was published had its approval."""
    approved = (VersionState.PUBLISHED, VersionState.SUPERSEDED)
    settled = max((r.ordinal for r in line if r.ordinal < row.ordinal and r.state in approved), default=0)
    drafts = (r for r in line if settled < r.ordinal <= row.ordinal and r.sha256 == row.sha256)
    return frozenset((row.saved_by, *(draft.saved_by for draft in drafts)))


def approvers_of(session: Session, version_id: str) -> frozenset[str]:
    """Who reviewed or approved the version, as the log has it."""
    row = PublicationRow
    query = select(row.actor).where(row.version_id == version_id, row.action.in_(APPROVING))
    return frozenset(session.scalars(query))


def source_of(row: DocumentVersionRow) -> str:
    """The name under which the document is cited."""
    return f"documents/{row.name}"


def supersede_version(
    session: Session,
    former: DocumentVersionRow,
    row: DocumentVersionRow,
    begins: date | None,
    hand: Hand,
    *,
    revision: int,
) -> None:
    """Until the new version's first day the former one stays published, and ends on the day before."""
    former.in_force_to = last_day(former.in_force_to, begins)
    former.superseded_by = row.id
    if begins is None or begins <= day_of(hand.at):
        former.state = VersionState.SUPERSEDED
        note(session, hand, action="superseded", source=source_of(former), version_id=former.id, revision=revision)


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
        addressees=document.addressees,
        state=VersionState.DRAFT,
        saved_at=hand.at,
        saved_by=hand.actor,
    )


def _write(session: Session, fresh: Sequence[tuple[DocumentVersionRow, ParsedDocument]], hand: Hand) -> None:
    """Parents before children: the database checks each reference at once."""
    names = {row.name for row, _ in fresh if row.ordinal == 1}
    contents = {document.sha256: document for _, document in fresh}
    for some in _chunks(sorted(contents)):
        for known in session.scalars(select(OriginalRow.sha256).where(OriginalRow.sha256.in_(some))):
            del contents[known]
    session.add_all(DocumentRow(name=name, created_at=hand.at) for name in sorted(names))
    session.add_all(
        OriginalRow(sha256=sha256, media_type=document.media_type, content=document.original)
        for sha256, document in contents.items()
    )
    session.flush()
    session.add_all(row for row, _ in fresh)
    session.flush()
    passages = [passage for row, document in fresh for passage in _passages(row.id, document)]
    if passages:
        session.execute(insert(PassageRow), passages)
    for row, _ in fresh:
        note(session, hand, action="saved", source=source_of(row), version_id=row.id)


def _passages(
    version_id: str, document: ParsedDocument
) -> Iterator[dict[str, str | int | bool | tuple[Place, ...] | None]]:
    for ordinal, passage in enumerate(document.passages, 1):
        yield {
            "id": passage_id_of(version_id, ordinal),
            "version_id": version_id,
            "ordinal": ordinal,
            "text": passage.text,
            "heading": passage.heading,
            "clause": passage.clause,
            "start": passage.start,
            "end": passage.end,
            "garbled": passage.garbled,
            "suspicious": passage.suspicious,
            "places": passage.places,
        }


def _chunks(values: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(values), _AT_ONCE):
        yield values[start : start + _AT_ONCE]
