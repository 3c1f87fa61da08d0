"""What citizens asked, as kept conversations have it: questions without an answer, answers that cited a source."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, Text, cast, or_, select
from sqlalchemy.orm import aliased

from assistant.events import Status, Why
from assistant.storage.tables import MessageRow, RatingRow
from knowledge.storage.engine import reading

# Reasons that the knowledge base can do something about; the others are not asked of it.
_LACKING = (Why.NO_EVIDENCE, Why.FACT_UNVERIFIED, Why.NO_ITEM)
_AT_ONCE = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class UnansweredQuestion:
    """A message that was not answered, unmasked: for grouping only, never to be shown or stored as it is.

    `item` is the slug that the turn was about. `why` is `unhelpful` where there was an answer and it did not help.
    """

    text: str
    at: datetime
    why: str
    item: str | None


class AskedQuestions:
    """Reads the conversations that are kept."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def unanswered(self, since: datetime) -> tuple[UnansweredQuestion, ...]:
        """Questions that ended without an answer, and those whose answer was rated as of no help, oldest first."""
        asked, answer = aliased(MessageRow), aliased(MessageRow)
        lacking = (answer.status == Status.CANNOT_ANSWER) & answer.why.in_(_LACKING)
        unhelpful = RatingRow.helpful.is_(False)
        query = (
            select(asked.text, asked.created_at, answer.why, answer.item, answer.status)
            .join(answer, answer.answers == asked.id)
            .join(RatingRow, RatingRow.message_id == answer.id, isouter=True)
            .where(asked.created_at >= since, or_(lacking, unhelpful))
            .order_by(asked.id)
        )
        with reading(self._engine) as session:
            return tuple(
                UnansweredQuestion(
                    text=text,
                    at=at,
                    why=why if why and status == Status.CANNOT_ANSWER else "unhelpful",
                    item=item,
                )
                for text, at, why, item, status in session.execute(query)
            )

    def answers_citing(self, sources: Collection[str]) -> int:
        """How many kept answers cited at least one of the sources."""
        return len(frozenset(self._citing(frozenset(sources))))

    def _citing(self, sources: frozenset[str]) -> Iterator[int]:
        wanted = sorted(sources)
        with reading(self._engine) as session:
            for start in range(0, len(wanted), _AT_ONCE):
                # the database narrows down; a name that another begins with is told apart below
                like = [cast(MessageRow.events, Text).contains(_as_stored(name)) for name in wanted[start:][:_AT_ONCE]]
                query = select(MessageRow.id, MessageRow.events).where(MessageRow.events.is_not(None), or_(*like))
                for message, events in session.execute(query):
                    if any(_cites(event["payload"], sources) for event in events or ()):
                        yield message


def _as_stored(name: str) -> str:
    """How a name stands in JSON within JSON: the database keeps what is not ASCII escaped, twice for payloads."""
    ascii_part = name.partition("/")[2]
    return ascii_part if ascii_part.isascii() else f"{name.partition('/')[0]}/"


def _cites(payload: str, sources: frozenset[str]) -> bool:
    citations = json.loads(payload).get("citations", ())
    return any(isinstance(c, dict) and c.get("source") in sources for c in citations)
