"""The tables of operation: switches, counts for the risk monitor, reported answers, and shared counts of requests."""

from datetime import datetime

from sqlalchemy import Float, ForeignKey, Identity, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.storage.columns import AnyText, Moment
from knowledge.storage.tables import Base

_ID = 64
_WORD = 64


class SwitchRow(Base):
    """A switch that somebody has touched; one without a row is on. What it was before stands in the audit."""

    __tablename__ = "switches"

    capability: Mapped[str] = mapped_column(String(_WORD), primary_key=True)
    is_on: Mapped[bool]
    reason: Mapped[str] = mapped_column(AnyText)
    by: Mapped[str] = mapped_column(String(128))
    at: Mapped[datetime] = mapped_column(Moment)


class RiskCountRow(Base):
    """How often something happened in one minute, over all processes."""

    __tablename__ = "risk_counts"

    minute: Mapped[datetime] = mapped_column(Moment, primary_key=True)
    kind: Mapped[str] = mapped_column(String(_WORD), primary_key=True)
    name: Mapped[str] = mapped_column(String(_WORD), primary_key=True)
    count: Mapped[int] = mapped_column(Integer)


class AnswerReportRow(Base):
    """Somebody said that an answer was wrong. It goes when the conversation goes; question and note are masked."""

    __tablename__ = "answer_reports"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), index=True)
    by: Mapped[str] = mapped_column(String(128))
    reason: Mapped[str] = mapped_column(String(_WORD))
    note: Mapped[str] = mapped_column(AnyText)
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    case_id: Mapped[int | None] = mapped_column(Integer)


class RateCountRow(Base):
    """How many requests came under one key in the running window, for several workers on one database."""

    __tablename__ = "rate_counts"

    key: Mapped[str] = mapped_column(String(_ID), primary_key=True)
    count: Mapped[int] = mapped_column(Integer)
    ends_at: Mapped[float] = mapped_column(Float, index=True)
