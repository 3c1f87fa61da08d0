"""The tables of handoff: the log, what holds after it with its deadlines, clerks, files, contacts, ratings."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Identity, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.storage.columns import AnyText, Moment, Words
from knowledge.storage.tables import Base

_ID = 64
_WORD = 32
_NAME = 128
_OPEN = "state <> 'ended'"


class TicketRow(Base):
    """What holds after the log so far: written in the same transaction as each line, so that it can be asked by query.

    `due_at` is the next deadline. `citizen_seen_at` and the two marks of reading are not in the log.
    """

    __tablename__ = "handoff_tickets"
    __table_args__ = (
        Index("ix_handoff_line", "state", "rank_at"),
        Index("ix_handoff_clerk", "clerk", "state"),
        Index("ix_handoff_offered", "offered_to", "state"),
        # one open ticket a conversation, also when two lines ask at once
        Index("uq_handoff_open", "conversation", unique=True, sqlite_where=text(_OPEN), postgresql_where=text(_OPEN)),
    )

    id: Mapped[str] = mapped_column(String(_ID), primary_key=True)
    conversation: Mapped[str] = mapped_column(String(_ID), index=True)
    reason: Mapped[str] = mapped_column(String(_WORD))
    item: Mapped[str | None] = mapped_column(String(_NAME))
    department: Mapped[str | None] = mapped_column(String(_NAME))
    district: Mapped[str | None] = mapped_column(String(_WORD))
    language: Mapped[str] = mapped_column(String(_WORD))
    case_id: Mapped[str | None] = mapped_column(String(_ID))
    state: Mapped[str] = mapped_column(String(_WORD))
    tier: Mapped[int]
    asked_at: Mapped[datetime] = mapped_column(Moment, index=True)
    waiting_since: Mapped[datetime] = mapped_column(Moment)
    rank_at: Mapped[datetime] = mapped_column(Moment)
    widen_at: Mapped[datetime | None] = mapped_column(Moment)
    escalate_at: Mapped[datetime | None] = mapped_column(Moment)
    choice_at: Mapped[datetime | None] = mapped_column(Moment)
    choice_offered_at: Mapped[datetime | None] = mapped_column(Moment)
    choice: Mapped[str | None] = mapped_column(String(_WORD))
    estimate: Mapped[int | None]
    offered_to: Mapped[str | None] = mapped_column(String(_ID))
    offered_until: Mapped[datetime | None] = mapped_column(Moment)
    passed: Mapped[tuple[str, ...]] = mapped_column(Words, nullable=True)
    clerk: Mapped[str | None] = mapped_column(String(_ID))
    helpers: Mapped[tuple[str, ...]] = mapped_column(Words, nullable=True)
    accepted_at: Mapped[datetime | None] = mapped_column(Moment)
    answered_at: Mapped[datetime | None] = mapped_column(Moment)
    answer_by: Mapped[datetime | None] = mapped_column(Moment)
    call_at: Mapped[datetime | None] = mapped_column(Moment)
    is_call: Mapped[bool]
    calls: Mapped[int]
    ended_at: Mapped[datetime | None] = mapped_column(Moment, index=True)
    ending: Mapped[str | None] = mapped_column(String(_WORD))
    stars: Mapped[int | None]
    seq: Mapped[int]
    due_at: Mapped[datetime | None] = mapped_column(Moment, index=True)
    changed_at: Mapped[datetime] = mapped_column(Moment, index=True)
    citizen_seen_at: Mapped[datetime] = mapped_column(Moment)
    citizen_read: Mapped[int]
    clerk_read: Mapped[int]


class HappeningRow(Base):
    """One line of a ticket's log; never changed. The same client id of the same side is the same message."""

    __tablename__ = "handoff_log"
    __table_args__ = (UniqueConstraint("ticket_id", "side", "client_id"),)

    ticket_id: Mapped[str] = mapped_column(ForeignKey("handoff_tickets.id", ondelete="CASCADE"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str] = mapped_column(String(_WORD))
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    side: Mapped[str] = mapped_column(String(_WORD))
    by: Mapped[str | None] = mapped_column(String(_ID))
    about: Mapped[str | None] = mapped_column(String(_ID))
    client_id: Mapped[str | None] = mapped_column(String(_ID))
    text: Mapped[str | None] = mapped_column(AnyText)
    word: Mapped[str | None] = mapped_column(String(_NAME))
    number: Mapped[int | None]
    until: Mapped[datetime | None] = mapped_column(Moment)
    file: Mapped[str | None] = mapped_column(String(_ID))


class ClerkRow(Base):
    """Somebody who helps. The lease is kept by the heartbeat of the desk; without it the claims are given back."""

    __tablename__ = "handoff_clerks"

    id: Mapped[str] = mapped_column(String(_ID), primary_key=True)
    name: Mapped[str] = mapped_column(AnyText)
    team: Mapped[str] = mapped_column(String(_NAME))
    departments: Mapped[tuple[str, ...]] = mapped_column(Words, nullable=True)
    items: Mapped[tuple[str, ...]] = mapped_column(Words, nullable=True)
    districts: Mapped[tuple[str, ...]] = mapped_column(Words, nullable=True)
    languages: Mapped[tuple[str, ...]] = mapped_column(Words, nullable=True)
    leads: Mapped[bool]
    capacity: Mapped[int]
    duty: Mapped[str] = mapped_column(String(_WORD), index=True)
    lease_until: Mapped[datetime | None] = mapped_column(Moment)
    last_ended_at: Mapped[datetime | None] = mapped_column(Moment)


class DutyRow(Base):
    """A change of somebody's duty: what occupancy is counted from."""

    __tablename__ = "handoff_duty"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    clerk: Mapped[str] = mapped_column(String(_ID), index=True)
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    duty: Mapped[str] = mapped_column(String(_WORD))


class HandoffFileRow(Base):
    """A file that came with a message."""

    __tablename__ = "handoff_files"

    id: Mapped[str] = mapped_column(String(_ID), primary_key=True)
    ticket_id: Mapped[str] = mapped_column(ForeignKey("handoff_tickets.id", ondelete="CASCADE"), index=True)
    side: Mapped[str] = mapped_column(String(_WORD))
    name: Mapped[str] = mapped_column(AnyText)
    media_type: Mapped[str] = mapped_column(String(_NAME))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    at: Mapped[datetime] = mapped_column(Moment)


class ContactRow(Base):
    """How to reach a citizen who wants to be called. Apart from the log, and forgotten when the call is over."""

    __tablename__ = "handoff_contacts"

    ticket_id: Mapped[str] = mapped_column(ForeignKey("handoff_tickets.id", ondelete="CASCADE"), primary_key=True)
    phone: Mapped[str] = mapped_column(String(_WORD))
    called: Mapped[str] = mapped_column(AnyText)
    at: Mapped[datetime] = mapped_column(Moment)


class HandoffRatingRow(Base):
    """What became of a rating (好差评): verified or set aside, and the way back from a bad one."""

    __tablename__ = "handoff_ratings"

    ticket_id: Mapped[str] = mapped_column(ForeignKey("handoff_tickets.id", ondelete="CASCADE"), primary_key=True)
    stars: Mapped[int]
    reasons: Mapped[list[str]] = mapped_column(JSON)
    text: Mapped[str] = mapped_column(AnyText)
    rated_at: Mapped[datetime] = mapped_column(Moment, index=True)
    state: Mapped[str] = mapped_column(String(_WORD), index=True)
    set_aside: Mapped[str | None] = mapped_column(AnyText)
    problem: Mapped[str | None] = mapped_column(String(_NAME), index=True)
    owner: Mapped[str | None] = mapped_column(String(_ID))
    due_at: Mapped[datetime | None] = mapped_column(Moment)
    called_back_at: Mapped[datetime | None] = mapped_column(Moment)
    mended: Mapped[str | None] = mapped_column(AnyText)
    checked_by: Mapped[str | None] = mapped_column(String(_ID))
    closed_at: Mapped[datetime | None] = mapped_column(Moment)


class RatingStepRow(Base):
    """One step of the way back from a rating: who did what, when, in their words. Never changed."""

    __tablename__ = "handoff_rating_steps"

    id: Mapped[int] = mapped_column(Identity(always=False), primary_key=True)
    ticket_id: Mapped[str] = mapped_column(ForeignKey("handoff_ratings.ticket_id", ondelete="CASCADE"), index=True)
    step: Mapped[str] = mapped_column(String(_WORD))
    by: Mapped[str] = mapped_column(String(_ID))
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    word: Mapped[str | None] = mapped_column(String(_NAME))
    text: Mapped[str] = mapped_column(AnyText)


class TeamRow(Base):
    """A team of those who help. `hours` as `hours.parse_hours` reads them; null: those of the settings."""

    __tablename__ = "handoff_teams"

    name: Mapped[str] = mapped_column(String(_NAME), primary_key=True)
    hours: Mapped[str | None] = mapped_column(String(_NAME))
    edited_by: Mapped[str] = mapped_column(String(_ID))
    edited_at: Mapped[datetime] = mapped_column(Moment)
