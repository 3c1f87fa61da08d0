"""Canned answers: kept ready by the office for a time that ends by itself."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Engine, select

from assistant.clerk.errors import NoSuchCanned
from assistant.clerk.tables import CannedAnswerRow
from knowledge.storage.engine import reading, writing

_MOST = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class CannedAnswer:
    """An answer that is kept ready; from the day after `expires_on` no desk is offered it any more."""

    id: str
    title: str
    text: str
    item: str | None
    expires_on: date
    written_by: str
    written_at: datetime


class CannedAnswers:
    """All canned answers."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def usable(self, today: date, item: str | None = None) -> tuple[CannedAnswer, ...]:
        """Those that hold today, the item's own first."""
        query = select(CannedAnswerRow).where(CannedAnswerRow.expires_on >= today)
        with reading(self._engine) as session:
            found = [_canned(row) for row in session.scalars(query.order_by(CannedAnswerRow.title).limit(_MOST))]
        fitting = [one for one in found if one.item in (None, item)] if item else found
        return tuple(sorted(fitting, key=lambda one: one.item is None))

    def all(self) -> tuple[CannedAnswer, ...]:
        """Those that are over too, which end first first: for who looks after them."""
        query = select(CannedAnswerRow).order_by(CannedAnswerRow.expires_on, CannedAnswerRow.title).limit(_MOST)
        with reading(self._engine) as session:
            return tuple(_canned(row) for row in session.scalars(query))

    def keep(self, answer: CannedAnswer) -> None:
        """Keep an answer; one with this id is replaced."""
        with writing(self._engine) as session:
            session.merge(
                CannedAnswerRow(
                    id=answer.id,
                    title=answer.title,
                    text=answer.text,
                    item=answer.item,
                    expires_on=answer.expires_on,
                    written_by=answer.written_by,
                    written_at=answer.written_at,
                )
            )

    def one(self, canned_id: str, today: date) -> CannedAnswer:
        """A canned answer that may still be sent. Raises NoSuchCanned where it is gone or over."""
        with reading(self._engine) as session:
            row = session.get(CannedAnswerRow, canned_id)
            if row is None or row.expires_on < today:
                raise NoSuchCanned(f"Canned answer {canned_id} is gone or over.")
            return _canned(row)

    def drop(self, canned_id: str) -> None:
        """Take an answer away. Raises NoSuchCanned."""
        with writing(self._engine) as session:
            row = session.get(CannedAnswerRow, canned_id)
            if row is None:
                raise NoSuchCanned(f"There is no canned answer {canned_id}.")
            session.delete(row)


def _canned(row: CannedAnswerRow) -> CannedAnswer:
    return CannedAnswer(
        id=row.id,
        title=row.title,
        text=row.text,
        item=row.item,
        expires_on=row.expires_on,
        written_by=row.written_by,
        written_at=row.written_at,
    )
