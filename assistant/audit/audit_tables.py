"""The tables of the audit: the chain, its signed head, and the details that may be deleted."""

from datetime import datetime

from sqlalchemy import BigInteger, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.storage.columns import AnyText, Moment
from knowledge.storage.tables import Base

_HASH = 64
_Number = BigInteger().with_variant(Integer(), "sqlite")


class AuditEntryRow(Base):
    """A link of the chain. The database refuses to change or delete one (see the migration)."""

    __tablename__ = "audit_entries"

    number: Mapped[int] = mapped_column(_Number, primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    actor: Mapped[str] = mapped_column(String(128), index=True)
    action: Mapped[str] = mapped_column(String(64), index=True)
    subject: Mapped[str] = mapped_column(AnyText)
    digest: Mapped[str] = mapped_column(String(_HASH))
    previous: Mapped[str] = mapped_column(String(_HASH))
    hash: Mapped[str] = mapped_column(String(_HASH))
    seal: Mapped[str] = mapped_column(String(_HASH))


class AuditHeadRow(Base):
    """One row: how far the chain reaches."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(_Number)
    hash: Mapped[str] = mapped_column(String(_HASH))
    seal: Mapped[str] = mapped_column(String(_HASH))


class AuditDetailRow(Base):
    """The masked details of an entry. Deleting them leaves the chain as it is: there stands their salted hash."""

    __tablename__ = "audit_details"

    number: Mapped[int] = mapped_column(_Number, primary_key=True, autoincrement=False)
    about: Mapped[str | None] = mapped_column(String(128), index=True)
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    salt: Mapped[str] = mapped_column(String(_HASH))
    content: Mapped[str] = mapped_column(AnyText)
