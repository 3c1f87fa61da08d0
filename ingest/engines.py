"""Who runs a batch, and when: the role of the job engine, and the engine that runs it at once in this thread."""

from collections.abc import Callable
from threading import Event
from typing import Protocol

Work = Callable[[str, Event], None]


class JobEngine(Protocol):
    """Sees to it that each submitted batch is worked off by one process, to its end, whichever process dies."""

    def begin(self, batch_id: str) -> None:
        """Have the batch worked off; again where it was before and something of it is open anew."""
        ...

    def close(self) -> None:
        """Stop after the files that are being read; what is left is done by the next process that opens the home."""
        ...


class InlineEngine:
    """Works a batch off before it returns: for scratch knowledge bases, which nobody resumes, and for tests."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def begin(self, batch_id: str) -> None:
        """Work it off now."""
        self._work(batch_id, Event())

    def close(self) -> None:
        """Nothing runs any more."""
