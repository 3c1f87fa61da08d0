"""Notes that clerks write beside a handoff. They are text for colleagues: nothing here or elsewhere acts on them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, select

from assistant.clerk.tables import ClerkNoteRow
from assistant.handoff.screening import words_of_a_person
from guardrails.approved import Approved
from guardrails.entered import show_entered
from knowledge.storage.engine import reading, writing

_WITHHELD = "（这条备注里有不像备注的内容，没有显示）"
_MOST = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note as it is shown: numbers masked, orders to machines withheld."""

    clerk: str
    shown: Approved
    at: datetime


class Notes:
    """The notes of tickets."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def write(self, ticket: str, clerk: str, text: str, at: datetime) -> None:
        """Keep a note; who sends the same words again, because the line broke, has written one."""
        words = words_of_a_person(text, from_citizen=False)
        of_clerk = select(ClerkNoteRow.text).where(ClerkNoteRow.ticket_id == ticket, ClerkNoteRow.clerk == clerk)
        with writing(self._engine) as session:
            if session.scalar(of_clerk.order_by(ClerkNoteRow.id.desc()).limit(1)) != words.text:
                session.add(ClerkNoteRow(ticket_id=ticket, clerk=clerk, text=words.text, at=at))

    def of(self, ticket: str) -> tuple[Note, ...]:
        """The notes of a ticket, oldest first."""
        query = select(ClerkNoteRow).where(ClerkNoteRow.ticket_id == ticket).order_by(ClerkNoteRow.id).limit(_MOST)
        with reading(self._engine) as session:
            return tuple(
                Note(clerk=row.clerk, shown=show_entered(row.text, withheld=_WITHHELD).shown, at=row.at)
                for row in session.scalars(query)
            )
