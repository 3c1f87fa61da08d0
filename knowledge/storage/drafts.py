"""What one person edits and another publishes: the steps that sheets of items and review rules have in common."""

from datetime import datetime
from typing import TypeVar

from sqlalchemy import JSON, ColumnElement, Identity, String, select
from sqlalchemy.orm import InstrumentedAttribute, Mapped, Session, mapped_column

from knowledge.errors import TransitionRefused, VersionChanged
from knowledge.passages import VersionState
from knowledge.storage.columns import AnyText, Moment
from knowledge.storage.four_eyes import require_second_person
from knowledge.storage.log import Hand, note

_WAITING = (VersionState.DRAFT, VersionState.REVIEWED)


class DraftColumns:
    """The columns of a draft. `edition` counts how often it was saved; `base` is what it was made from."""

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    base: Mapped[str] = mapped_column(String(64))
    edition: Mapped[int]
    state: Mapped[str] = mapped_column(String(32), index=True)
    authors: Mapped[list[str]] = mapped_column(JSON)
    reviewers: Mapped[list[str]] = mapped_column(JSON)
    why: Mapped[str] = mapped_column(AnyText)
    saved_at: Mapped[datetime] = mapped_column(Moment)

    @property
    def source(self) -> str:
        """What the log calls the thing that is edited."""
        raise NotImplementedError

    @property
    def version_id(self) -> str:
        """What the log calls this edition of the draft."""
        raise NotImplementedError

    @property
    def tag(self) -> str:
        """Changes with each save and each step: who holds an old one has not seen the newest."""
        return f"{self.id}-{self.edition}-{self.state}"


Draft = TypeVar("Draft", bound=DraftColumns)


def waiting(session: Session, kind: type[Draft], of: ColumnElement[bool]) -> Draft | None:
    """The draft that is not published and not given up; a thing has at most one."""
    return session.scalar(select(kind).where(of, kind.state.in_(_WAITING)).limit(1))


def waiting_states(
    session: Session, kind: type[DraftColumns], name: InstrumentedAttribute[str]
) -> dict[str, VersionState]:
    """All drafts that wait, by the name of what they are drafts of."""
    query = select(name, kind.state).where(kind.state.in_(_WAITING))
    return {of: VersionState(state) for of, state in session.execute(query)}


def matched(draft: Draft | None, tag: str, source: str) -> Draft:
    """The draft that the person has before them. Raises TransitionRefused without one, VersionChanged for another."""
    if draft is None:
        raise TransitionRefused(f"{source} has no draft: save one first.")
    if tag != draft.tag:
        raise VersionChanged(f"The draft of {source} was changed meanwhile: load it again, then repeat.")
    return draft


def save(session: Session, draft: DraftColumns, hand: Hand, action: str = "saved") -> None:
    """Count the edition; whoever saved is an author, and what reviewers said of the former edition no longer counts."""
    draft.edition += 1
    draft.state, draft.why, draft.saved_at = VersionState.DRAFT, hand.why, hand.at
    draft.authors, draft.reviewers = [*dict.fromkeys((*draft.authors, hand.actor))], []
    session.flush()
    note(session, hand, action=action, source=draft.source, version_id=draft.version_id)


def review(session: Session, draft: DraftColumns, hand: Hand) -> None:
    """Say that a draft is right. Raises FourEyesRequired for who wrote it."""
    require_second_person(draft.version_id, authors=draft.authors, approvers=(hand.actor,))
    draft.state, draft.reviewers = VersionState.REVIEWED, [*draft.reviewers, hand.actor]
    note(session, hand, action="reviewed", source=draft.source, version_id=draft.version_id)


def require_approval(draft: DraftColumns, hand: Hand) -> None:
    """Raise FourEyesRequired unless a reviewer, or who publishes now, wrote nothing of the draft."""
    require_second_person(draft.version_id, authors=draft.authors, approvers=(*draft.reviewers, hand.actor))


def drop(session: Session, draft: DraftColumns, hand: Hand) -> None:
    """Give the draft up."""
    draft.state = VersionState.WITHDRAWN
    note(session, hand, action="withdrawn", source=draft.source, version_id=draft.version_id)
