"""The tables of conversations and of staff accounts, on the same MetaData as the knowledge base."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Identity, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.storage.columns import AnyText, Moment
from knowledge.storage.tables import Base

_ID = 64
_WORD = 32


class ConversationRow(Base):
    """A conversation of one citizen, without a name: who it was is not stored.

    `owner` is the session that it belongs to (`Citizen.owner`), none until one has spoken in it.
    """

    __tablename__ = "conversations"

    id: Mapped[str] = mapped_column(String(_ID), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(Moment, index=True)
    language: Mapped[str | None] = mapped_column(String(_WORD))
    mode: Mapped[str | None] = mapped_column(String(_WORD))
    owner: Mapped[str | None] = mapped_column(String(_ID))


class MessageRow(Base):
    """What one side said. A turn is two rows, the citizen's and Xiao Shen's, written together.

    `client_id` is what the page calls the citizen's message: sent again, it is the same message. The answer has none,
    but `events` as they went out, and how the turn ended.
    """

    __tablename__ = "messages"
    __table_args__ = (UniqueConstraint("conversation_id", "client_id"), UniqueConstraint("answers"))

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id", ondelete="CASCADE"), index=True)
    role: Mapped[str] = mapped_column(String(_WORD))
    client_id: Mapped[str | None] = mapped_column(String(_ID))
    answers: Mapped[int | None] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"))
    text: Mapped[str] = mapped_column(AnyText)
    created_at: Mapped[datetime] = mapped_column(Moment)
    events: Mapped[list[dict[str, str]] | None] = mapped_column(JSON)
    status: Mapped[str | None] = mapped_column(String(_WORD))
    why: Mapped[str | None] = mapped_column(String(_WORD))
    item: Mapped[str | None] = mapped_column(String(128))


class RatingRow(Base):
    """What a citizen thought of one answer; the last word counts."""

    __tablename__ = "ratings"

    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True)
    helpful: Mapped[bool]
    rated_at: Mapped[datetime] = mapped_column(Moment)


class StaffAccountRow(Base):
    """Somebody who works with the product. `example` accounts come with a new home."""

    __tablename__ = "staff_accounts"

    id: Mapped[str] = mapped_column(String(_ID), primary_key=True)
    name: Mapped[str] = mapped_column(AnyText)
    roles: Mapped[list[str]] = mapped_column(JSON)
    password_hash: Mapped[str] = mapped_column(String(256))
    example: Mapped[bool]
    disabled: Mapped[bool]
    created_at: Mapped[datetime] = mapped_column(Moment)


class StaffSessionRow(Base):
    """A sign-in. The token itself is only in the browser's cookie."""

    __tablename__ = "staff_sessions"

    token_hash: Mapped[str] = mapped_column(String(_ID), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("staff_accounts.id", ondelete="CASCADE"), index=True)
    csrf_token: Mapped[str] = mapped_column(String(_ID))
    began_at: Mapped[datetime] = mapped_column(Moment)
    seen_at: Mapped[datetime] = mapped_column(Moment)


class SignInFailureRow(Base):
    """A failed sign-in, counted under the hash of who or where."""

    __tablename__ = "sign_in_failures"

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    key: Mapped[str] = mapped_column(String(_ID), index=True)
    at: Mapped[datetime] = mapped_column(Moment)
