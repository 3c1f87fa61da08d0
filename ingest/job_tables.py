"""The tables of jobs and of the likeness of documents, on the one schema of the product."""

from datetime import datetime

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.storage.columns import AnyText, Moment
from knowledge.storage.tables import Base

_ID = 64
_WORD = 32


class BatchRow(Base):
    """What was submitted together."""

    __tablename__ = "ingest_batches"

    id: Mapped[str] = mapped_column(String(_ID), primary_key=True)
    actor: Mapped[str] = mapped_column(AnyText)
    publish: Mapped[bool]
    approved_by: Mapped[str | None] = mapped_column(AnyText)
    submitted_at: Mapped[datetime] = mapped_column(Moment, index=True)


class JobRow(Base):
    """One file of a batch. Its bytes are in `originals` under `sha256`, which is null where they were not kept."""

    __tablename__ = "ingest_jobs"
    __table_args__ = (
        UniqueConstraint("batch_id", "ordinal"),
        Index("ix_ingest_jobs_batch_id_state", "batch_id", "state"),
    )

    id: Mapped[str] = mapped_column(String(_ID + _WORD), primary_key=True)
    batch_id: Mapped[str] = mapped_column(ForeignKey("ingest_batches.id"))
    ordinal: Mapped[int]
    name: Mapped[str] = mapped_column(String(512), index=True)
    path: Mapped[str] = mapped_column(AnyText)
    sha256: Mapped[str | None] = mapped_column(String(_ID))
    size: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(_WORD), index=True)
    reason: Mapped[str | None] = mapped_column(AnyText)
    progress: Mapped[float]
    attempts: Mapped[int]
    submitted_at: Mapped[datetime] = mapped_column(Moment)
    begun_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    version_id: Mapped[str | None] = mapped_column(String(_ID))
    report: Mapped[dict[str, object] | None] = mapped_column(JSON)


class LikenessRow(Base):
    """What a version is compared by: the key of its title, and the MinHash signature of its text."""

    __tablename__ = "document_likenesses"

    version_id: Mapped[str] = mapped_column(ForeignKey("document_versions.id"), primary_key=True)
    title_key: Mapped[str] = mapped_column(String(256), index=True)
    signature: Mapped[bytes] = mapped_column(LargeBinary)


class LikenessBandRow(Base):
    """A band of a signature; versions that share one are worth comparing."""

    __tablename__ = "document_likeness_bands"
    __table_args__ = (Index("ix_document_likeness_bands_band", "band"),)

    version_id: Mapped[str] = mapped_column(ForeignKey("document_versions.id"), primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)
    band: Mapped[int] = mapped_column(BigInteger)
