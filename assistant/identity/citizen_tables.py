"""The tables of citizens: who signed in, their sessions, and sign-ins on the way to the identity provider."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from knowledge.storage.columns import AnyText, Moment
from knowledge.storage.tables import Base

_ID = 64


class CitizenRow(Base):
    """Somebody who signed in once. Their identity at the provider is kept as a keyed hash only."""

    __tablename__ = "citizens"

    id: Mapped[str] = mapped_column(String(_ID), primary_key=True)
    subject_hash: Mapped[str] = mapped_column(String(_ID), unique=True)
    created_at: Mapped[datetime] = mapped_column(Moment)


class CitizenSessionRow(Base):
    """A browser. `owner` is whose things it may see; `earlier` is who it was before. `proof` is sealed."""

    __tablename__ = "citizen_sessions"

    token_hash: Mapped[str] = mapped_column(String(_ID), primary_key=True)
    owner: Mapped[str] = mapped_column(String(_ID), index=True)
    earlier: Mapped[str | None] = mapped_column(String(_ID))
    signed_in: Mapped[bool]
    shown_as: Mapped[str] = mapped_column(AnyText)
    proof: Mapped[str | None] = mapped_column(AnyText)
    csrf_token: Mapped[str] = mapped_column(String(_ID))
    began_at: Mapped[datetime] = mapped_column(Moment)
    seen_at: Mapped[datetime] = mapped_column(Moment)


class SignInJourneyRow(Base):
    """A sign-in that went to the provider and has not come back. It can be used once, by the same browser."""

    __tablename__ = "sign_in_journeys"

    state_hash: Mapped[str] = mapped_column(String(_ID), primary_key=True)
    browser_hash: Mapped[str] = mapped_column(String(_ID))
    nonce: Mapped[str] = mapped_column(String(_ID))
    verifier: Mapped[str] = mapped_column(String(128))
    return_to: Mapped[str] = mapped_column(AnyText)
    began_at: Mapped[datetime] = mapped_column(Moment, index=True)
