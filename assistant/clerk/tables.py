"""The tables of the desk: what became of suggestions, canned answers, notes beside a handoff."""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Identity, String
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.storage.columns import AnyText, Moment
from knowledge.storage.tables import Base

_ID = 64
_WORD = 32
_NAME = 128


class SuggestionOutcomeRow(Base):
    """What a clerk did with a suggestion. Never its words: it is kept for measuring, not for reading."""

    __tablename__ = "clerk_suggestion_outcomes"

    ticket_id: Mapped[str] = mapped_column(ForeignKey("handoff_tickets.id", ondelete="CASCADE"), primary_key=True)
    suggestion: Mapped[str] = mapped_column(String(_ID), primary_key=True)
    kind: Mapped[str] = mapped_column(String(_WORD))
    item: Mapped[str | None] = mapped_column(String(_NAME))
    clerk: Mapped[str] = mapped_column(String(_ID))
    outcome: Mapped[str] = mapped_column(String(_WORD))
    reason: Mapped[str | None] = mapped_column(String(_WORD))
    kept_share: Mapped[float]
    at: Mapped[datetime] = mapped_column(Moment, index=True)


class CannedAnswerRow(Base):
    """An answer that is kept ready. It ends by itself: nobody remembers to take an old one back."""

    __tablename__ = "clerk_canned_answers"

    id: Mapped[str] = mapped_column(String(_ID), primary_key=True)
    title: Mapped[str] = mapped_column(AnyText)
    text: Mapped[str] = mapped_column(AnyText)
    item: Mapped[str | None] = mapped_column(String(_NAME), index=True)
    expires_on: Mapped[date] = mapped_column(Date, index=True)
    written_by: Mapped[str] = mapped_column(String(_ID))
    written_at: Mapped[datetime] = mapped_column(Moment)


class ClerkNoteRow(Base):
    """What a clerk wrote beside a handoff, for colleagues."""

    __tablename__ = "clerk_notes"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    ticket_id: Mapped[str] = mapped_column(ForeignKey("handoff_tickets.id", ondelete="CASCADE"), index=True)
    clerk: Mapped[str] = mapped_column(String(_ID))
    text: Mapped[str] = mapped_column(AnyText)
    at: Mapped[datetime] = mapped_column(Moment)
