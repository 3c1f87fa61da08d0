"""The list of documents as an editor sees it: filtered, sorted and cut into pages by the database."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Engine, Integer, Select, and_, func, or_, select
from sqlalchemy.orm import Session, aliased
from sqlalchemy.sql import ColumnElement

from knowledge.passages import VersionState
from knowledge.storage.engine import reading
from knowledge.storage.tables import DocumentVersionRow, PassageRow

_LONGEST_SEARCH = 100


class DocumentOrder(StrEnum):
    """What the list is sorted by."""

    SAVED = "saved"
    TITLE = "title"
    EFFECTIVE = "effective"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFilter:
    """Which documents to list. `text` is looked for in title, number, issuer and file name; empty means any.

    `states` are those of the newest version; `saved_by` is the id of a person.
    """

    text: str = ""
    states: tuple[VersionState, ...] = ()
    region: str = ""
    saved_by: str = ""
    order: DocumentOrder = DocumentOrder.SAVED
    descending: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedDocument:
    """One line: the newest version of a document. `passages` and `garbled` count that version's."""

    name: str
    version_id: str
    ordinal: int
    title: str
    number: str | None
    issuer: str | None
    region: str
    state: VersionState
    effective_from: date | None
    effective_to: date | None
    saved_at: datetime
    saved_by: str
    published_at: datetime | None
    passages: int
    garbled: int
    in_force: bool


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """Some lines, and how many there are in all."""

    rows: tuple[ListedDocument, ...]
    total: int


class DocumentLists:
    """Reads lists of documents; what is counted for a line is counted for the lines of the page only."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def page(self, wanted: DocumentFilter, *, offset: int, limit: int) -> DocumentPage:
        """The lines from `offset` on."""
        with reading(self._engine) as session:
            query = _newest(wanted)
            total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
            rows = tuple(session.scalars(query.order_by(*_order(wanted)).offset(offset).limit(limit)))
            counts = _passage_counts(session, [row.id for row in rows])
            published = _published_names(session, [row.name for row in rows])
            return DocumentPage(tuple(_line(row, counts.get(row.id, (0, 0)), published) for row in rows), total)

    def counts(self) -> dict[VersionState, int]:
        """How many documents there are by the state of their newest version."""
        newest = _newest(DocumentFilter()).subquery()
        with reading(self._engine) as session:
            found = session.execute(select(newest.c.state, func.count()).group_by(newest.c.state))
            counted = {VersionState(state): count for state, count in found}
        return {state: counted.get(state, 0) for state in VersionState}

    def regions(self) -> tuple[str, ...]:
        """Every region that a document is of."""
        with reading(self._engine) as session:
            return tuple(sorted(session.scalars(select(DocumentVersionRow.region).distinct())))

    def newest_of(self, name: str) -> ListedDocument | None:
        """The line of one document."""
        row = DocumentVersionRow
        with reading(self._engine) as session:
            found = session.scalar(select(row).where(row.name == name).order_by(row.ordinal.desc()).limit(1))
            if found is None:
                return None
            counts = _passage_counts(session, [found.id])
            return _line(found, counts.get(found.id, (0, 0)), _published_names(session, [name]))


def _newest(wanted: DocumentFilter) -> Select[DocumentVersionRow]:
    row, newer = DocumentVersionRow, aliased(DocumentVersionRow)
    later = select(newer.id).where(newer.name == row.name, newer.ordinal > row.ordinal).exists()
    return select(row).where(~later, *_conditions(wanted))


def _conditions(wanted: DocumentFilter) -> list[ColumnElement[bool]]:
    row = DocumentVersionRow
    found: list[ColumnElement[bool]] = []
    if wanted.states:
        found.append(row.state.in_(wanted.states))
    if wanted.region:
        found.append(row.region == wanted.region)
    if wanted.saved_by:
        found.append(row.saved_by == wanted.saved_by)
    for word in wanted.text[:_LONGEST_SEARCH].split():
        columns = (row.title, row.name, row.number, row.issuer)
        found.append(or_(*(column.icontains(word, autoescape=True) for column in columns)))
    return found


def _order(wanted: DocumentFilter) -> tuple[ColumnElement[Any], ...]:
    row = DocumentVersionRow
    by: ColumnElement[Any]
    match wanted.order:
        case DocumentOrder.SAVED:
            by = row.saved_at.expression
        case DocumentOrder.TITLE:
            by = row.title.expression
        case DocumentOrder.EFFECTIVE:
            by = row.effective_from.expression
    return (by.desc().nulls_last() if wanted.descending else by.asc().nulls_last(), row.name.expression)


def _passage_counts(session: Session, version_ids: list[str]) -> dict[str, tuple[int, int]]:
    row = PassageRow
    garbled = func.sum(func.cast(row.garbled, Integer))
    query = (
        select(row.version_id, func.count(), garbled).where(row.version_id.in_(version_ids)).group_by(row.version_id)
    )
    return {version: (count, int(broken or 0)) for version, count, broken in session.execute(query)}


def _published_names(session: Session, names: list[str]) -> frozenset[str]:
    row = DocumentVersionRow
    query = select(row.name).where(and_(row.name.in_(names), row.state == VersionState.PUBLISHED)).distinct()
    return frozenset(session.scalars(query))


def _line(row: DocumentVersionRow, counts: tuple[int, int], published: frozenset[str]) -> ListedDocument:
    return ListedDocument(
        name=row.name,
        version_id=row.id,
        ordinal=row.ordinal,
        title=row.title,
        number=row.number,
        issuer=row.issuer,
        region=row.region,
        state=VersionState(row.state),
        effective_from=row.effective_from,
        effective_to=row.effective_to,
        saved_at=row.saved_at,
        saved_by=row.saved_by,
        published_at=row.published_at,
        passages=counts[0],
        garbled=counts[1],
        in_force=row.name in published,
    )
