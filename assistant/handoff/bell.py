"""Rings where a ticket changed, so that open pages look at once: in this process directly, from others by a listener.

Nothing depends on it: whoever is not rung looks every few seconds anyway. What is true stands in the log.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

LINE = "*"
"""Rings when a ticket changes for the line, whichever it is: for desks. What is said in one rings there only."""


class Ear:
    """Somebody who listens: what rang since they last looked."""

    __slots__ = ("_news", "rung", "typing")

    def __init__(self) -> None:
        self.rung: set[str] = set()
        self.typing: set[tuple[str, str]] = set()
        self._news = asyncio.Event()

    def hear(self, ticket: str, typing: str | None = None) -> None:
        """It rang; `typing` is the side that types, where that is all."""
        if typing is None:
            self.rung.add(ticket)
        else:
            self.typing.add((ticket, typing))
        self._news.set()

    async def wait(self, seconds: float) -> None:
        """Until it rings, or so long."""
        if not self._news.is_set():
            try:
                async with asyncio.timeout(seconds):
                    await self._news.wait()
            except TimeoutError:
                return
        self._news.clear()

    def taken(self) -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
        """What rang, and who types, since this was last asked."""
        rung, typing = frozenset(self.rung), frozenset(self.typing)
        self.rung.clear()
        self.typing.clear()
        return rung, typing


class Bell:
    """All ears of this process."""

    def __init__(self) -> None:
        self._ears: defaultdict[str, set[Ear]] = defaultdict(set)
        self._loop: asyncio.AbstractEventLoop | None = None

    def bind(self, loop: asyncio.AbstractEventLoop) -> None:
        """From now on threads may ring."""
        self._loop = loop

    def ring(self, ticket: str, line: bool = True) -> None:
        """A ticket changed, and with it the line or not. From any thread; before the loop runs nobody listens."""
        self._call(ticket, None, line=line)

    def typing(self, ticket: str, side: str) -> None:
        """A side of a ticket types. Never kept."""
        self._call(ticket, side, line=False)

    @contextmanager
    def listening(self, tickets: Iterable[str]) -> Iterator[Ear]:
        """An ear for these tickets; LINE for all of them."""
        ear = Ear()
        names = tuple(tickets)
        for name in names:
            self.attend(ear, name)
        try:
            yield ear
        finally:
            for name in [name for name, ears in self._ears.items() if ear in ears]:
                self.ignore(ear, name)

    def attend(self, ear: Ear, ticket: str) -> None:
        """Listen to one more ticket."""
        self._ears[ticket].add(ear)

    def ignore(self, ear: Ear, ticket: str) -> None:
        """Listen to it no more."""
        self._ears[ticket].discard(ear)
        if not self._ears[ticket]:
            del self._ears[ticket]

    def _call(self, ticket: str, side: str | None, *, line: bool) -> None:
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self._rung, ticket, side, line)

    def _rung(self, ticket: str, side: str | None, line: bool) -> None:
        for ear in (*self._ears.get(ticket, ()), *(self._ears.get(LINE, ()) if line else ())):
            ear.hear(ticket, side)
