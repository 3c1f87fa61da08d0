"""What a process does for handoff while it serves: sweep, offer, keep leases of open desks, hear other processes."""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime, timedelta

import psycopg
from sqlalchemy import select, text
from sqlalchemy.exc import SQLAlchemyError

from assistant.handoff.bell import Bell
from assistant.handoff.building import Handoff
from assistant.handoff.log import CHANNEL, QUIET
from assistant.handoff.tables import TicketRow
from knowledge.errors import StorageFull
from knowledge.storage.engine import reading

logger = logging.getLogger(__name__)

_TICK = 1.0
_BEAT = 4.0
_SEE = 60.0
_LOOK_BACK = timedelta(seconds=10)
"""Changes are looked for this far back: clocks of two machines never agree to the second."""
_TYPING = "typing:"


class Pulse:
    """The background of one process. `desks` and `pages` count the open connections of clerks and of citizens."""

    def __init__(self, handoff: Handoff, bell: Bell) -> None:
        self.desks: Counter[str] = Counter()
        self.pages: Counter[str] = Counter()
        self._handoff = handoff
        self._bell = bell
        self._known: dict[str, tuple[datetime, str]] = {}
        self._is_postgresql = handoff.log.engine.dialect.name == "postgresql"

    @asynccontextmanager
    async def beating(self) -> AsyncIterator[None]:
        """While the process serves."""
        self._bell.bind(asyncio.get_running_loop())
        jobs = [
            asyncio.create_task(_every(_TICK, self._tick)),
            asyncio.create_task(_every(_BEAT, self._beat)),
            asyncio.create_task(_every(_SEE, self._see)),
        ]
        if self._is_postgresql:
            jobs += [asyncio.create_task(_every(1.0, self._poll)), asyncio.create_task(_every(1.0, self._listen))]
        try:
            yield
        finally:
            for job in jobs:
                job.cancel()
            await asyncio.gather(*jobs, return_exceptions=True)

    async def type(self, ticket: str, side: str) -> None:
        """Tell the other side that this one types; other processes too."""
        self._bell.typing(ticket, side)
        if self._is_postgresql:
            await asyncio.to_thread(self._notify, f"{_TYPING}{side}:{ticket}")

    async def _tick(self) -> None:
        await asyncio.to_thread(self._handoff.tick)

    async def _beat(self) -> None:
        there = [desk for desk, open_ in self.desks.items() if open_ > 0]
        await asyncio.to_thread(self._handoff.roster.beat, there)

    async def _see(self) -> None:
        there = [ticket for ticket, open_ in self.pages.items() if open_ > 0]
        await asyncio.to_thread(self._handoff.roster.see, there)

    async def _poll(self) -> None:
        """What changed lately, also where a call over the channel was lost."""
        changed = await asyncio.to_thread(self._changed)
        for ticket, (at, state) in changed.items():
            before = self._known.get(ticket)
            if before is None or before[0] != at:
                self._bell.ring(ticket, before is None or before[1] != state)
        self._known = changed

    def _changed(self) -> dict[str, tuple[datetime, str]]:
        since = self._handoff.log.clock() - _LOOK_BACK
        with reading(self._handoff.log.engine) as session:
            query = select(TicketRow.id, TicketRow.changed_at, TicketRow.state).where(TicketRow.changed_at > since)
            return {row.id: (row.changed_at, row.state) for row in session.execute(query)}

    async def _listen(self) -> None:
        """Hear what other processes call out, on a connection of its own that is in no transaction."""
        url = self._handoff.log.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        connection = await psycopg.AsyncConnection.connect(url, autocommit=True)
        async with connection:
            await connection.execute(f"LISTEN {CHANNEL}".encode())
            async for notice in connection.notifies():
                self._heard(notice.payload)

    def _heard(self, payload: str) -> None:
        if payload.startswith(_TYPING):
            side, _, ticket = payload.removeprefix(_TYPING).partition(":")
            self._bell.typing(ticket, side)
        else:
            self._bell.ring(payload.removeprefix(QUIET), not payload.startswith(QUIET))

    def _notify(self, payload: str) -> None:
        with self._handoff.log.engine.begin() as connection:
            connection.execute(text("SELECT pg_notify(:channel, :payload)"), {"channel": CHANNEL, "payload": payload})


async def _every(seconds: float, act: Callable[[], Awaitable[None]]) -> None:
    """Again and again; a database that is away is asked again, and nothing else stops it."""
    while True:
        with suppress(TimeoutError):
            try:
                await act()
            except (SQLAlchemyError, psycopg.Error, StorageFull, OSError) as trouble:
                logger.warning("handoff.pulse.failed %s: %s", getattr(act, "__name__", "act"), type(trouble).__name__)
        await asyncio.sleep(seconds)
