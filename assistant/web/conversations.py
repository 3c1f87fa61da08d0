"""What is kept of a conversation so that it can be resumed and a message be sent twice without harm."""

from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Protocol


@dataclass(frozen=True, slots=True)
class StoredEvent:
    """One event as it went out: its name and its JSON. Replaying it sends the same bytes."""

    name: str
    payload: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A finished turn: the citizen's message under the id that their browser gave it, and all that was answered."""

    client_id: str
    text: str
    at: datetime
    events: tuple[StoredEvent, ...]


class Conversations(Protocol):
    """Keeps conversations. A turn is written once, whole, when it is over: a crash leaves no half turn behind."""

    def create(self, conversation_id: str, at: datetime) -> None:
        """Begin a conversation. The id is new."""
        ...

    def turns(self, conversation_id: str) -> tuple[Turn, ...] | None:
        """The turns so far, oldest first; None where there is no such conversation."""
        ...

    def owner(self, conversation_id: str) -> str | None:
        """Whose it is (`Citizen.owner`); None where it is nobody's yet, or does not exist."""
        ...

    def claim(self, conversation_id: str, owner: str, *, earlier: str | None = None) -> str | None:
        """Make it this citizen's where it is nobody's, or was theirs under an earlier name; whose it is then."""
        ...

    def delete(self, conversation_id: str) -> None:
        """Forget a conversation with all that was said; one that does not exist is forgotten already."""
        ...

    def add(self, conversation_id: str, turn: Turn) -> bool:
        """Append a turn. False, and nothing written, where a turn with this client id is there already."""
        ...


class MemoryConversations:
    """Keeps conversations for as long as the process lives: for tests, and for trying things out."""

    def __init__(self) -> None:
        self._turns: dict[str, list[Turn]] = {}
        self._owners: dict[str, str] = {}
        self._lock = Lock()

    def create(self, conversation_id: str, at: datetime) -> None:
        """Begin a conversation."""
        with self._lock:
            self._turns.setdefault(conversation_id, [])

    def turns(self, conversation_id: str) -> tuple[Turn, ...] | None:
        """The turns so far, oldest first; None where there is no such conversation."""
        with self._lock:
            found = self._turns.get(conversation_id)
            return None if found is None else tuple(found)

    def owner(self, conversation_id: str) -> str | None:
        """Whose it is."""
        with self._lock:
            return self._owners.get(conversation_id)

    def claim(self, conversation_id: str, owner: str, *, earlier: str | None = None) -> str | None:
        """Make it this citizen's where it is nobody's or was theirs before."""
        with self._lock:
            if conversation_id in self._turns and self._owners.get(conversation_id) in {None, earlier}:
                self._owners[conversation_id] = owner
            return self._owners.get(conversation_id)

    def delete(self, conversation_id: str) -> None:
        """Forget a conversation."""
        with self._lock:
            self._turns.pop(conversation_id, None)
            self._owners.pop(conversation_id, None)

    def add(self, conversation_id: str, turn: Turn) -> bool:
        """Append a turn, once for each client id."""
        with self._lock:
            turns = self._turns[conversation_id]
            if any(t.client_id == turn.client_id for t in turns):
                return False
            turns.append(turn)
            return True
