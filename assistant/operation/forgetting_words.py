"""Takes out of the handoff what somebody said there. Times and numbers stay: figures of a month do not change."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from assistant.clerk.tables import ClerkNoteRow
from assistant.handoff.tables import ContactRow, HandoffFileRow, HandoffRatingRow, HappeningRow, TicketRow

_AT_ONCE = 400  # SQLite limits the values of one statement


def forget_words_of(session: Session, conversation: str) -> int:
    """Everything said, shown and noted with people in this conversation; how many tickets had something."""
    return _forget(session, session.scalars(select(TicketRow.id).where(TicketRow.conversation == conversation)).all())


def forget_words_before(session: Session, before: datetime) -> int:
    """The same for what ended before a moment."""
    said = select(HappeningRow.ticket_id).where(HappeningRow.text.is_not(None))
    sent = select(HandoffFileRow.ticket_id)
    left = select(ContactRow.ticket_id)  # somebody who was to come to a window, and nobody wrote whether they did
    old = select(TicketRow.id).where(TicketRow.ended_at < before, TicketRow.id.in_(said.union(sent, left)))
    return _forget(session, session.scalars(old).all())


def _forget(session: Session, tickets: Sequence[str]) -> int:
    for start in range(0, len(tickets), _AT_ONCE):
        some = tickets[start : start + _AT_ONCE]
        for row in (HandoffFileRow, ContactRow, ClerkNoteRow):
            session.execute(delete(row).where(row.ticket_id.in_(some)))
        session.execute(update(HappeningRow).where(HappeningRow.ticket_id.in_(some)).values(text=None, file=None))
        session.execute(update(HandoffRatingRow).where(HandoffRatingRow.ticket_id.in_(some)).values(text=""))
        session.execute(update(TicketRow).where(TicketRow.id.in_(some)).values(case_id=None))
    return len(tickets)
