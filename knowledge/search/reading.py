"""Reading the current generation: notices a switch at the next search, and never closes what a search still uses."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock

from knowledge.errors import IndexDamaged
from knowledge.search.generations import Generation, Generations

_SECONDS_BETWEEN_TRIES = 2.0


@dataclass(slots=True)
class _Open:
    generation: Generation
    readers: int = 0
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Lease:
    """A generation for the time of one search; None where none can be opened. `problems` says what is broken."""

    generation: Generation | None
    problems: tuple[str, ...] = ()


@dataclass(slots=True)
class CurrentGeneration:
    """Keeps the current generation open. Safe to share between threads."""

    generations: Generations
    ticks: Callable[[], float] = time.monotonic
    _lock: Lock = field(default_factory=Lock)
    _open: _Open | None = None
    _seen: tuple[int, int, int] | None = None
    _problem: str | None = None
    _tried: float | None = None

    @contextmanager
    def lease(self) -> Iterator[Lease]:
        """Lend the newest generation; it stays open until the search is done, whatever is switched meanwhile."""
        with self._lock:
            self._look()
            opened = self._open
            if opened is not None:
                opened.readers += 1
            problem = self._problem
        if opened is None:
            yield Lease(None, (problem or "There is no index.",))
            return
        try:
            yield Lease(opened.generation, tuple(opened.generation.damage) + ((problem,) if problem else ()))
        finally:
            with self._lock:
                opened.readers -= 1
                _close_if_done(opened)

    def close(self) -> None:
        """Let go of the generation as soon as the last search is done."""
        with self._lock:
            self._retire()
            self._seen = None

    def _look(self) -> None:
        signature = self.generations.signature()
        gone = self._open is not None and not self._open.generation.is_there
        if gone:
            self._retire()
        is_unchanged = signature == self._seen and signature is not None
        if is_unchanged and self._open is not None and not self._open.generation.damage and self._problem is None:
            return
        now = self.ticks()
        if is_unchanged and self._tried is not None and now - self._tried < _SECONDS_BETWEEN_TRIES:
            return
        self._seen, self._tried = signature, now
        self._reopen()

    def _reopen(self) -> None:
        try:
            fresh = self.generations.open_current()
        except IndexDamaged as error:
            # A generation that still opens is served on where only the pointer is lost.
            self._problem = str(error)
            return
        self._problem = None
        self._retire()
        self._open = _Open(fresh)

    def _retire(self) -> None:
        if self._open is not None:
            self._open.retired = True
            _close_if_done(self._open)
            self._open = None


def _close_if_done(opened: _Open) -> None:
    if opened.retired and opened.readers == 0:
        opened.generation.close()
