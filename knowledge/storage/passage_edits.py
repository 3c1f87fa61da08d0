"""Correcting what was read: each correction is a new draft with the same original, reviewed like any other.

What was read first is never lost: it is the oldest version with the same original.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Engine, func, insert, select
from sqlalchemy.orm import Session

from knowledge.errors import TransitionRefused, UnknownVersion, VersionChanged
from knowledge.passages import Passage, VersionState
from knowledge.storage.columns import storable
from knowledge.storage.engine import reading, sole_writer
from knowledge.storage.lives import passage_id_of, version_id_of
from knowledge.storage.log import Hand, note
from knowledge.storage.rows import passage_of
from knowledge.storage.sql_saving import source_of
from knowledge.storage.tables import DocumentVersionRow, PassageRow

_EDITABLE = (VersionState.DRAFT, VersionState.REVIEWED, VersionState.PUBLISHED)


@dataclass(frozen=True, slots=True)
class PassageChange:
    """What becomes of the passage at an original position. `text` None: it is disabled; otherwise its new wording.

    A position that the version lacks is a passage that was disabled before: it comes back.
    """

    start: int
    end: int
    text: str | None


@dataclass(frozen=True, slots=True)
class ReadPassage:
    """A passage of a version beside what was read first. `now` is None where it is disabled."""

    first: Passage | None
    now: Passage | None

    @property
    def edited(self) -> bool:
        """True where somebody changed the wording."""
        return self.first is not None and self.now is not None and self.first.text != self.now.text


class PassageEdits:
    """Writes corrections as drafts."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def beside_first(self, version_id: str) -> tuple[ReadPassage, ...]:
        """The passages of a version, the disabled ones in their places. Raises UnknownVersion."""
        with reading(self._engine) as session:
            row = _row(session, version_id)
            now = _passages(session, row.id)
            first = _passages(session, _first_reading(session, row).id)
        return paired(first, now)

    def correct(self, version_id: str, changes: Sequence[PassageChange], *, now: datetime, actor: str, why: str) -> str:
        """Save the version with the changes as a new draft; the new id. A draft that it starts from is replaced.

        Raises VersionChanged where the version is not the newest any more: somebody else was faster.
        """
        with sole_writer(self._engine) as session:
            row = _row(session, version_id)
            _refuse_stale(session, row)
            first = _passages(session, _first_reading(session, row).id)
            kept = corrected(first, _passages(session, row.id), changes)
            if not kept:
                raise TransitionRefused("A version without any passage cannot be saved: withdraw the document instead.")
            draft = _draft_of(row, now, actor)
            session.add(draft)
            session.flush()
            _copy_passages(session, row, kept, draft.id)
            hand = Hand(at=now, actor=actor, why=why)
            note(session, hand, action="corrected", source=source_of(row), version_id=draft.id)
            if row.state in (VersionState.DRAFT, VersionState.REVIEWED):
                row.state = VersionState.WITHDRAWN
                note(session, hand, action="replaced", source=source_of(row), version_id=row.id)
            return draft.id


def paired(first: Sequence[Passage], now: Sequence[Passage]) -> tuple[ReadPassage, ...]:
    """Both readings by position, in reading order."""
    by_place = {(p.start, p.end): p for p in now}
    pairs = [ReadPassage(p, by_place.pop((p.start, p.end), None)) for p in first]
    pairs += [ReadPassage(None, p) for p in by_place.values()]
    return tuple(sorted(pairs, key=_place_of))


def corrected(
    first: Sequence[Passage], now: Sequence[Passage], changes: Sequence[PassageChange]
) -> tuple[Passage, ...]:
    """The passages after the changes, in reading order."""
    wanted = {(p.start, p.end): p for p in now}
    known = {(p.start, p.end): p for p in (*first, *now)}
    for change in changes:
        place = (change.start, change.end)
        if place not in known:
            raise TransitionRefused(f"No passage at {change.start}-{change.end}: load the document again.")
        if change.text is None:
            wanted.pop(place, None)
        else:
            wanted[place] = replace(known[place], text=storable(change.text))
    return tuple(sorted(wanted.values(), key=lambda p: (p.start, p.end, p.ordinal)))


def _place_of(pair: ReadPassage) -> tuple[int, int]:
    shown = pair.first or pair.now
    return (0, 0) if shown is None else (shown.start, shown.end)


def _refuse_stale(session: Session, row: DocumentVersionRow) -> None:
    newest = session.scalar(select(func.max(DocumentVersionRow.ordinal)).where(DocumentVersionRow.name == row.name))
    if newest != row.ordinal or row.state not in _EDITABLE:
        raise VersionChanged(f"Version {row.id} is not the newest any more: load the document again, then repeat.")


def _first_reading(session: Session, row: DocumentVersionRow) -> DocumentVersionRow:
    """The oldest version with the same original: what was read, before any correction."""
    version = DocumentVersionRow
    query = (
        select(version).where(version.name == row.name, version.sha256 == row.sha256).order_by(version.ordinal).limit(1)
    )
    return session.scalar(query) or row


def _draft_of(row: DocumentVersionRow, now: datetime, actor: str) -> DocumentVersionRow:
    ordinal = row.ordinal + 1
    return DocumentVersionRow(
        id=version_id_of(row.name, ordinal, row.sha256),
        name=row.name,
        ordinal=ordinal,
        sha256=row.sha256,
        title=row.title,
        number=row.number,
        issuer=row.issuer,
        issued_on=row.issued_on,
        effective_from=row.effective_from,
        effective_to=row.effective_to,
        region=row.region,
        addressees=row.addressees,
        state=VersionState.DRAFT,
        saved_at=now,
        saved_by=actor,
    )


def _passages(session: Session, version_id: str) -> tuple[Passage, ...]:
    query = select(PassageRow).where(PassageRow.version_id == version_id).order_by(PassageRow.ordinal)
    return tuple(passage_of(row) for row in session.scalars(query))


def _copy_passages(session: Session, row: DocumentVersionRow, kept: Sequence[Passage], draft_id: str) -> None:
    """Whatever else is stored with a passage goes along; only its wording may differ."""
    sources = (_first_reading(session, row).id, row.id)
    query = select(PassageRow).where(PassageRow.version_id.in_(sources)).order_by(PassageRow.version_id != row.id)
    stored: dict[tuple[int, int], PassageRow] = {}
    for found in session.scalars(query):
        stored.setdefault((found.start, found.end), found)
    columns = [column.name for column in PassageRow.__table__.columns]
    values: list[dict[str, object]] = []
    for ordinal, passage in enumerate(kept, 1):
        like = stored[passage.start, passage.end]
        copied = {name: getattr(like, name) for name in columns}
        own = {"id": passage_id_of(draft_id, ordinal), "version_id": draft_id, "ordinal": ordinal, "text": passage.text}
        values.append({**copied, **own})
    session.execute(insert(PassageRow), values)


def _row(session: Session, version_id: str) -> DocumentVersionRow:
    row = session.get(DocumentVersionRow, version_id)
    if row is None:
        raise UnknownVersion(f"No version {version_id}: xiaoshen knowledge versions lists what there is.")
    return row
