"""The log and the revision of a knowledge base in memory."""

from datetime import datetime

from knowledge.storage.documents import LifeEvent


class MemoryLog:
    """What happened, oldest first."""

    def __init__(self) -> None:
        self.revision = 0
        self._events: list[LifeEvent] = []

    def next_revision(self) -> int:
        """Count on by one."""
        self.revision += 1
        return self.revision

    def note(
        self,
        at: datetime,
        actor: str,
        action: str,
        source: str,
        version_id: str,
        *,
        why: str = "",
        revision: int | None = None,
    ) -> None:
        """Add an entry."""
        self._events.append(
            LifeEvent(
                at=at, actor=actor, action=action, source=source, version_id=version_id, why=why, revision=revision
            )
        )

    def history_of(self, source: str) -> tuple[LifeEvent, ...]:
        """The entries about one source."""
        return tuple(event for event in self._events if event.source == source)
