"""Conversations in the database: a turn is written once, whole, and read back to be replayed or continued."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Engine, delete, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from assistant.dialogue import Speaker
from assistant.errors import UnknownConversation
from assistant.storage.tables import ConversationRow, MessageRow, RatingRow
from assistant.web.conversations import StoredEvent, Turn
from knowledge.storage.engine import reading, writing


class SqlConversations:
    """Implements `assistant.web.conversations.Conversations`. Each call is one transaction and may be repeated."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def create(
        self, conversation_id: str, at: datetime, *, language: str | None = None, mode: str | None = None
    ) -> None:
        """Begin a conversation; one that exists stays as it is."""
        try:
            with writing(self._engine) as session:
                if session.get(ConversationRow, conversation_id) is None:
                    session.add(ConversationRow(id=conversation_id, created_at=at, language=language, mode=mode))
        except IntegrityError:  # two requests at once: the other one began it
            return

    def owner(self, conversation_id: str) -> str | None:
        """Whose it is; None where it is nobody's yet, or does not exist."""
        with reading(self._engine) as session:
            return session.scalar(select(ConversationRow.owner).where(ConversationRow.id == conversation_id))

    def claim(self, conversation_id: str, owner: str, *, earlier: str | None = None) -> str | None:
        """Make it this citizen's where it is nobody's, or was theirs under an earlier name; whose it is then."""
        row = ConversationRow
        free = or_(row.owner.is_(None), row.owner == earlier) if earlier else row.owner.is_(None)
        with writing(self._engine) as session:
            session.execute(update(row).where(row.id == conversation_id, free).values(owner=owner))
            return session.scalar(select(row.owner).where(row.id == conversation_id))

    def turns(self, conversation_id: str) -> tuple[Turn, ...] | None:
        """The turns so far, oldest first; None where there is no such conversation."""
        with reading(self._engine) as session:
            if session.get(ConversationRow, conversation_id) is None:
                return None
            rows = session.scalars(
                select(MessageRow).where(MessageRow.conversation_id == conversation_id).order_by(MessageRow.id)
            ).all()
        answers = {row.answers: row for row in rows if row.answers is not None}
        return tuple(_turn(row, answers.get(row.id)) for row in rows if row.client_id is not None)

    def add(self, conversation_id: str, turn: Turn) -> bool:
        """Append a turn. False, and nothing written, where a turn with this client id is there already.

        Raises UnknownConversation, and StorageFull where the disk has no room.
        """
        try:
            with writing(self._engine) as session:
                if session.get(ConversationRow, conversation_id) is None:
                    raise UnknownConversation(f"No conversation {conversation_id}: begin it before adding a turn.")
                if _message(session, conversation_id, turn.client_id) is not None:
                    return False
                asked = MessageRow(
                    conversation_id=conversation_id,
                    role=Speaker.CITIZEN,
                    client_id=turn.client_id,
                    text=turn.text,
                    created_at=turn.at,
                )
                session.add(asked)
                session.flush()
                session.add(_answer(asked, turn))
                return True
        except IntegrityError:  # the same message by a second line at the same moment: that one was kept
            with reading(self._engine) as session:
                if _message(session, conversation_id, turn.client_id) is None:
                    raise
            return False

    def rate(self, conversation_id: str, client_id: str, *, helpful: bool, at: datetime) -> bool:
        """Keep what the citizen thought of an answer; again is a change of mind. False where there is no such turn."""
        with writing(self._engine) as session:
            asked = _message(session, conversation_id, client_id)
            answer = session.scalar(select(MessageRow).where(MessageRow.answers == asked.id)) if asked else None
            if answer is None:
                return False
            session.merge(RatingRow(message_id=answer.id, helpful=helpful, rated_at=at))
            return True

    def delete(self, conversation_id: str) -> None:
        """Forget a conversation with all that was said; one that does not exist is forgotten already."""
        with writing(self._engine) as session:
            session.execute(delete(ConversationRow).where(ConversationRow.id == conversation_id))

    def delete_older_than(self, age: timedelta, *, now: datetime) -> int:
        """Forget conversations that began longer ago; how many they were."""
        with writing(self._engine) as session:
            ids = session.scalars(select(ConversationRow.id).where(ConversationRow.created_at < now - age)).all()
            for start in range(0, len(ids), 500):  # SQLite limits the values of one statement
                session.execute(delete(ConversationRow).where(ConversationRow.id.in_(ids[start : start + 500])))
            return len(ids)


@dataclass(frozen=True, slots=True)
class _Ending:
    """How a turn ended, for counting; all None where it was broken off."""

    status: str | None = None
    why: str | None = None
    item: str | None = None


def _answer(asked: MessageRow, turn: Turn) -> MessageRow:
    ending = _ending(turn.events)
    return MessageRow(
        conversation_id=asked.conversation_id,
        role=Speaker.XIAOSHEN,
        answers=asked.id,
        text="\n".join(_sentences(turn.events)),
        created_at=turn.at,
        events=[{"name": event.name, "payload": event.payload} for event in turn.events],
        status=ending.status,
        why=ending.why,
        item=ending.item,
    )


def _ending(events: tuple[StoredEvent, ...]) -> _Ending:
    for event in reversed(events):
        if event.name == "turn_finished":
            payload = json.loads(event.payload)
            return _Ending(payload.get("status"), payload.get("why"), payload.get("item"))
    return _Ending()


def _sentences(events: tuple[StoredEvent, ...]) -> list[str]:
    """What was left standing: the sentences that no later event took back."""
    said: dict[int, str] = {}
    for event in events:
        payload = json.loads(event.payload)
        if event.name == "sentence":
            said[payload["id"]] = payload["text"]
        elif event.name == "sentences_replaced":
            for gone in payload["ids"]:
                said.pop(gone, None)
    return list(said.values())


def _turn(asked: MessageRow, answer: MessageRow | None) -> Turn:
    kept = answer.events if answer is not None and answer.events else []
    return Turn(
        client_id=asked.client_id or "",
        text=asked.text,
        at=asked.created_at,
        events=tuple(StoredEvent(event["name"], event["payload"]) for event in kept),
    )


def _message(session: Session, conversation_id: str, client_id: str) -> MessageRow | None:
    same = (MessageRow.conversation_id == conversation_id, MessageRow.client_id == client_id)
    return session.scalar(select(MessageRow).where(*same))
