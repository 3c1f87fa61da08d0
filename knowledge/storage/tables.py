"""The tables of the truth. Written by the repositories beside this module only; migrations keep the database equal."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Identity, Index, LargeBinary, MetaData, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from knowledge.passages import Place
from knowledge.storage.columns import AnyText, Moment, Places, Words

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
_ID = 64  # ids and hashes
_WORD = 32  # states and kinds


class Base(DeclarativeBase):
    """One MetaData for all tables of the product."""

    metadata = MetaData(naming_convention=_NAMES)


class DocumentRow(Base):
    """A document by the file name it is cited with."""

    __tablename__ = "documents"

    name: Mapped[str] = mapped_column(String(512), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(Moment)


class OriginalRow(Base):
    """The bytes of a document as they came, once for each content."""

    __tablename__ = "originals"

    sha256: Mapped[str] = mapped_column(String(_ID), primary_key=True)
    media_type: Mapped[str] = mapped_column(String(128))
    content: Mapped[bytes] = mapped_column(LargeBinary)


class DocumentVersionRow(Base):
    """One version of a document and its life.

    `ordinal` counts a document's versions from 1. `in_force_from` and `in_force_to` are the days on which readers see
    the version: its own dates, cut where another version takes over; both are set when it is published.
    """

    __tablename__ = "document_versions"
    __table_args__ = (UniqueConstraint("name", "ordinal"), Index("ix_document_versions_name_state", "name", "state"))

    id: Mapped[str] = mapped_column(String(_ID), primary_key=True)
    name: Mapped[str] = mapped_column(ForeignKey("documents.name"))
    ordinal: Mapped[int]
    sha256: Mapped[str] = mapped_column(ForeignKey("originals.sha256"))
    title: Mapped[str] = mapped_column(AnyText)
    number: Mapped[str | None] = mapped_column(AnyText)
    issuer: Mapped[str | None] = mapped_column(AnyText)
    issued_on: Mapped[date | None]
    effective_from: Mapped[date | None]
    effective_to: Mapped[date | None]
    region: Mapped[str] = mapped_column(AnyText)
    addressees: Mapped[tuple[str, ...]] = mapped_column(Words, nullable=True, default=())
    state: Mapped[str] = mapped_column(String(_WORD), index=True)
    in_force_from: Mapped[date | None]
    in_force_to: Mapped[date | None]
    superseded_by: Mapped[str | None] = mapped_column(String(_ID))
    saved_at: Mapped[datetime] = mapped_column(Moment)
    saved_by: Mapped[str] = mapped_column(AnyText)
    published_at: Mapped[datetime | None] = mapped_column(Moment)


class PassageRow(Base):
    """A span of a version that can be quoted; `start` and `end` are character offsets into the decoded original."""

    __tablename__ = "passages"
    __table_args__ = (UniqueConstraint("version_id", "ordinal"),)

    id: Mapped[str] = mapped_column(String(_ID + _WORD), primary_key=True)
    version_id: Mapped[str] = mapped_column(ForeignKey("document_versions.id"))
    ordinal: Mapped[int]
    text: Mapped[str] = mapped_column(AnyText)
    heading: Mapped[str] = mapped_column(AnyText)
    clause: Mapped[str | None] = mapped_column(AnyText)
    start: Mapped[int]
    end: Mapped[int]
    garbled: Mapped[bool]
    suspicious: Mapped[bool]
    places: Mapped[tuple[Place, ...]] = mapped_column(Places, nullable=True, default=())


class _SheetVersion:
    """What versions of items and of policies have in common: the sheet as data, and the days it holds."""

    id: Mapped[str] = mapped_column(String(256), primary_key=True)
    ordinal: Mapped[int]
    fingerprint: Mapped[str] = mapped_column(String(_ID))
    sheet: Mapped[dict[str, object]] = mapped_column(JSON)
    region: Mapped[str] = mapped_column(AnyText)
    state: Mapped[str] = mapped_column(String(_WORD), index=True)
    in_force_from: Mapped[date | None]
    in_force_to: Mapped[date | None]
    published_at: Mapped[datetime] = mapped_column(Moment)


class ServiceItemVersionRow(_SheetVersion, Base):
    """One version of a service item's sheet."""

    __tablename__ = "service_item_versions"
    __table_args__ = (UniqueConstraint("slug", "ordinal"),)

    slug: Mapped[str] = mapped_column(String(128))


class PolicyVersionRow(_SheetVersion, Base):
    """One version of a policy's sheet."""

    __tablename__ = "policy_versions"
    __table_args__ = (UniqueConstraint("policy_id", "ordinal"),)

    policy_id: Mapped[str] = mapped_column(String(128))


class LinkRow(Base):
    """An edge of the knowledge graph, held by the version of the sheet that draws it.

    `kind` says what the target is: material, department, law, related, member. Targets that are items have their
    source name (items/…); the others are the names as the sheet writes them.
    """

    __tablename__ = "links"
    __table_args__ = (Index("ix_links_kind_target", "kind", "target"),)

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    version_id: Mapped[str] = mapped_column(ForeignKey("service_item_versions.id"), index=True)
    source: Mapped[str] = mapped_column(String(256), index=True)
    kind: Mapped[str] = mapped_column(String(_WORD))
    target: Mapped[str] = mapped_column(String(512))
    detail: Mapped[str | None] = mapped_column(AnyText)


class PublicationRow(Base):
    """The log: what happened to a source, when, by whom and why. Rows are only ever added."""

    __tablename__ = "publications"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    actor: Mapped[str] = mapped_column(AnyText)
    action: Mapped[str] = mapped_column(String(_WORD))
    source: Mapped[str] = mapped_column(String(600), index=True)
    version_id: Mapped[str] = mapped_column(String(256))
    why: Mapped[str] = mapped_column(AnyText)
    revision: Mapped[int | None] = mapped_column(index=True)


class RevisionRow(Base):
    """One row: the number that grows with every publish or withdrawal."""

    __tablename__ = "revisions"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    value: Mapped[int]


class CorpusRow(Base):
    """Which content of the shipped corpus was published last, so that an unchanged one costs nothing at start."""

    __tablename__ = "corpora"

    name: Mapped[str] = mapped_column(String(128), primary_key=True)
    digest: Mapped[str] = mapped_column(String(_ID))
    published_at: Mapped[datetime] = mapped_column(Moment)


class WorkRow(Base):
    """A finding about the knowledge base and what people made of it; the id is the finding's own."""

    __tablename__ = "knowledge_work"

    id: Mapped[str] = mapped_column(String(_ID), primary_key=True)
    kind: Mapped[str] = mapped_column(String(_WORD), index=True)
    state: Mapped[str] = mapped_column(String(_WORD), index=True)
    finding: Mapped[dict[str, object]] = mapped_column(JSON)
    owner: Mapped[str | None] = mapped_column(AnyText)
    due: Mapped[date | None]
    reason: Mapped[str | None] = mapped_column(AnyText)
    draft: Mapped[str | None] = mapped_column(String(_ID))
    found_at: Mapped[datetime] = mapped_column(Moment)
    seen_at: Mapped[datetime] = mapped_column(Moment)
