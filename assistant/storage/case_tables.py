"""The tables of cases, on the same MetaData as everything else."""

from datetime import date, datetime

from sqlalchemy import JSON, Date, ForeignKey, Identity, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.storage.columns import AnyText, Moment
from knowledge.storage.tables import Base

_ID = 64
_WORD = 32
_SLUG = 128


class CaseRow(Base):
    """A case. Everything about it follows from its events; the columns here are for finding it."""

    __tablename__ = "cases"

    id: Mapped[str] = mapped_column(String(_ID), primary_key=True)
    item: Mapped[str] = mapped_column(String(_SLUG), index=True)
    state: Mapped[str] = mapped_column(String(_WORD), index=True)
    version: Mapped[int]
    code: Mapped[str] = mapped_column(String(_WORD), unique=True)
    opened_at: Mapped[datetime] = mapped_column(Moment)
    changed_at: Mapped[datetime] = mapped_column(Moment, index=True)


class CaseEventRow(Base):
    """One event. Its number is the version that it made: two writers cannot make the same one."""

    __tablename__ = "case_events"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    actor: Mapped[str] = mapped_column(String(_WORD))
    actor_id: Mapped[str] = mapped_column(String(_ID))
    kind: Mapped[str] = mapped_column(String(_WORD))
    payload: Mapped[dict[str, object]] = mapped_column(JSON)


class CaseHolderRow(Base):
    """Who may see and change a case: the hash of a browser's secret, never the secret and never a name."""

    __tablename__ = "case_holders"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True)
    holder: Mapped[str] = mapped_column(String(_ID), primary_key=True, index=True)


class ConsentRow(Base):
    """A consent as it stands beside the events, so that all consents can be looked at and end by themselves."""

    __tablename__ = "consents"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"), index=True)
    register: Mapped[str] = mapped_column(AnyText)
    fields: Mapped[list[str]] = mapped_column(JSON)
    item: Mapped[str] = mapped_column(String(_SLUG))
    given_at: Mapped[datetime] = mapped_column(Moment)
    until: Mapped[date] = mapped_column(Date)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)


class CaseFileRow(Base):
    """The content of a file that was handed in. Its event says what it is and what was read from it."""

    __tablename__ = "case_files"

    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[str] = mapped_column(String(_ID), primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
    added_at: Mapped[datetime] = mapped_column(Moment)
