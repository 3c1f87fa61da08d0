"""Sheets of items that somebody edits: a draft beside the published version, published by a second person."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy import JSON, Engine, String, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from knowledge.corpus.catalogue import Catalogue, Sheet
from knowledge.corpus.fingerprint import fingerprint
from knowledge.corpus.item_sheets import read_item
from knowledge.corpus.shape import SheetKind
from knowledge.errors import UnknownVersion, VersionChanged
from knowledge.passages import VersionState
from knowledge.storage import drafts
from knowledge.storage.drafts import DraftColumns
from knowledge.storage.engine import reading, sole_writer
from knowledge.storage.log import Hand
from knowledge.storage.publishing import publish_sheets
from knowledge.storage.tables import Base, ServiceItemVersionRow


class SheetDraftRow(DraftColumns, Base):
    """A draft of an item's sheet."""

    __tablename__ = "sheet_drafts"

    slug: Mapped[str] = mapped_column(String(128), index=True)
    sheet: Mapped[dict[str, object]] = mapped_column(JSON)

    @property
    def source(self) -> str:
        """The path of the sheet in the corpus."""
        return f"items/{self.slug}"

    @property
    def version_id(self) -> str:
        """The edition with the fingerprint of what it says."""
        return f"{self.source}@draft{self.id}.{self.edition}-{fingerprint(self.sheet)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetDraft:
    """A draft as it is now. `tag` changes with each save and each step."""

    slug: str
    tag: str
    sheet: Mapping[str, object]
    state: VersionState
    authors: tuple[str, ...]
    reviewers: tuple[str, ...]
    why: str
    saved_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedSheet:
    """The sheet that readers see today, as data."""

    slug: str
    fingerprint: str
    sheet: Mapping[str, object]


class SheetDrafts:
    """Writes and publishes drafts of items' sheets. Each call is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def published(self, slug: str) -> PublishedSheet:
        """What is published now. Raises UnknownVersion."""
        with reading(self._engine) as session:
            row = _published(session, slug)
            return PublishedSheet(slug=slug, fingerprint=row.fingerprint, sheet=row.sheet)

    def waiting(self, slug: str) -> SheetDraft | None:
        """The draft of an item, where it has one."""
        with reading(self._engine) as session:
            row = _waiting(session, slug)
            return _draft(row) if row else None

    def states(self) -> dict[str, VersionState]:
        """All drafts that wait, by item."""
        with reading(self._engine) as session:
            return drafts.waiting_states(session, SheetDraftRow, SheetDraftRow.slug)

    def save(self, slug: str, sheet: Mapping[str, object], tag: str, hand: Hand) -> SheetDraft:
        """Save the draft; `tag` is that of the draft or published sheet it was made from. Raises VersionChanged."""
        with sole_writer(self._engine) as session:
            row = _waiting(session, slug)
            published = _published(session, slug)
            if tag != (row.tag if row else published.fingerprint):
                raise VersionChanged(f"items/{slug} was changed meanwhile: load it again, then repeat.")
            if row is None:
                row = SheetDraftRow(slug=slug, base=published.fingerprint, edition=0, authors=[])
                session.add(row)
            row.sheet = dict(sheet)
            drafts.save(session, row, hand)
            return _draft(row)

    def review(self, slug: str, tag: str, hand: Hand) -> SheetDraft:
        """Say that a draft is right. Raises FourEyesRequired for who wrote it."""
        with sole_writer(self._engine) as session:
            row = _matched(session, slug, tag)
            drafts.review(session, row, hand)
            return _draft(row)

    def publish(self, slug: str, tag: str, hand: Hand) -> int:
        """Let answers rest on the draft from today on; the new revision. Raises FourEyesRequired."""
        with sole_writer(self._engine) as session:
            row = _matched(session, slug, tag)
            drafts.require_approval(row, hand)
            if _published(session, slug).fingerprint != row.base:
                raise VersionChanged(f"items/{slug} was published anew since the draft began: look at it again.")
            row.state = VersionState.PUBLISHED
            return publish_sheets(session, _catalogue_of(row.sheet), hand)

    def drop(self, slug: str, tag: str, hand: Hand) -> None:
        """Give the draft up."""
        with sole_writer(self._engine) as session:
            drafts.drop(session, _matched(session, slug, tag), hand)


def _catalogue_of(sheet: Mapping[str, object]) -> Catalogue:
    item = read_item(sheet)
    file = Path(f"{item.slug}.yaml")
    return Catalogue(
        folder=Path(),
        items=(item,),
        policies=(),
        problems=(),
        sheets={item.source: Sheet(file, SheetKind.ITEM, sheet)},
    )


def _published(session: Session, slug: str) -> ServiceItemVersionRow:
    row = ServiceItemVersionRow
    query = select(row).where(row.slug == slug, row.state == VersionState.PUBLISHED).order_by(row.ordinal.desc())
    found = session.scalar(query.limit(1))
    if found is None:
        raise UnknownVersion(f"No item {slug} is published: xiaoshen knowledge status counts what there is.")
    return found


def _waiting(session: Session, slug: str) -> SheetDraftRow | None:
    return drafts.waiting(session, SheetDraftRow, SheetDraftRow.slug == slug)


def _matched(session: Session, slug: str, tag: str) -> SheetDraftRow:
    return drafts.matched(_waiting(session, slug), tag, f"items/{slug}")


def _draft(row: SheetDraftRow) -> SheetDraft:
    return SheetDraft(
        slug=row.slug,
        tag=row.tag,
        sheet=row.sheet,
        state=VersionState(row.state),
        authors=tuple(row.authors),
        reviewers=tuple(row.reviewers),
        why=row.why,
        saved_at=row.saved_at,
    )
