"""All open sockets of citizens of one process, told by one task: a line keeps a few numbers and no task of its own."""

import asyncio
import heapq
import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from time import monotonic

from fastapi import WebSocket
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from starlette.concurrency import run_in_threadpool
from starlette.websockets import WebSocketDisconnect, WebSocketDisconnected, WebSocketState

from assistant.handoff.bell import Ear
from assistant.handoff.happenings import Side
from assistant.handoff.rows import ticket_of
from assistant.handoff.tables import TicketRow
from assistant.handoff.ticket import IN_LINE
from assistant.web import handoff_schemas as wire
from assistant.web.handoff_parts import HandoffParts, Look
from assistant.web.handoff_views import citizen_lines, citizen_view
from knowledge.errors import StorageFull
from knowledge.storage.engine import reading

logger = logging.getLogger(__name__)

WAITING_SECONDS = 5.0
"""How often a waiting page hears its place, where nothing rings."""
QUIET_SECONDS = 20.0
LOOK_SECONDS = 30.0
"""So often the log is looked at though nothing rang."""
_PAUSE = 1.0
"""Until a line is looked after again whose page is slow, or for which the database was away."""
_AT_ONCE = 40
"""Lines that are looked at before what rang meanwhile is looked at first."""
_ALIVE = wire.AliveFrame().model_dump_json()


@dataclass(slots=True, eq=False)
class OpenLine:
    """One open socket. `after`: the last line of the log that it was told; `due`: when it is looked after next."""

    socket: WebSocket
    ticket: str
    after: int
    told: int | None = None
    in_line: bool = True
    due: float = 0.0
    sending: "asyncio.Task[None] | None" = None
    rang: bool = True
    gone: bool = False


@dataclass(slots=True)
class OpenLines:
    """The lines, by ticket; several pages may show the same one."""

    parts: HandoffParts
    _ear: Ear = field(default_factory=Ear)
    _by_ticket: dict[str, list[OpenLine]] = field(default_factory=dict)
    _due: list[tuple[float, int, OpenLine]] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=count)
    _task: "asyncio.Task[None] | None" = None

    def open(self, socket: WebSocket, ticket: str, after: int) -> OpenLine:
        """From now on the socket is told; what it has missed at once."""
        line = OpenLine(socket, ticket, after)
        lines = self._by_ticket.setdefault(ticket, [])
        if not lines:
            self.parts.bell.attend(self._ear, ticket)
        lines.append(line)
        self.parts.pulse.pages[ticket] += 1
        self._ear.hear(ticket)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._tell())
        return line

    def close(self, line: OpenLine) -> None:
        """The socket is gone."""
        lines = self._by_ticket[line.ticket]
        lines.remove(line)
        line.gone = True
        if line.sending is not None:
            line.sending.cancel()
        if not lines:
            del self._by_ticket[line.ticket]
            self.parts.bell.ignore(self._ear, line.ticket)
        self.parts.pulse.pages[line.ticket] -= 1
        if self.parts.pulse.pages[line.ticket] <= 0:
            del self.parts.pulse.pages[line.ticket]
        if not self._by_ticket and self._task is not None:
            self._task.cancel()
            self._task = None
            self._due.clear()

    async def _tell(self) -> None:
        """What rang first, then who is due, a few at a time."""
        while True:
            now = monotonic()
            wait = max(self._due[0][0] - now, 0.0) if self._due else QUIET_SECONDS
            await self._ear.wait(wait) if wait > 0 else await asyncio.sleep(0)
            rung, typing = self._ear.taken()
            for ticket, side in typing:
                if side == Side.CLERK:
                    self._send(self._by_ticket.get(ticket, ()), (_typing(ticket),))
            ringing = [line for ticket in rung for line in self._by_ticket.get(ticket, ())]
            for line in ringing:
                line.rang = True
            await self._refresh([line for line in ringing if line.sending is None])
            await self._refresh(self._those_due(monotonic()))

    def _those_due(self, now: float) -> list[OpenLine]:
        found: list[OpenLine] = []
        while self._due and self._due[0][0] <= now and len(found) < _AT_ONCE:
            due, _, line = heapq.heappop(self._due)
            if line.gone or due != line.due:  # looked after meanwhile, because it rang
                continue
            if line.sending is None:
                found.append(line)
            else:
                self._look_again(line, now + _PAUSE)
        return found

    def _look_again(self, line: OpenLine, due: float) -> None:
        line.due = due
        heapq.heappush(self._due, (due, next(self._numbers), line))

    async def _refresh(self, lines: Sequence[OpenLine]) -> None:
        if not lines:
            return
        try:
            told = await run_in_threadpool(_looked_at, self.parts, lines)
        except (SQLAlchemyError, StorageFull, OSError) as trouble:
            logger.warning("handoff.lines.failed %s", type(trouble).__name__)
            for line in lines:
                line.rang = True
                self._look_again(line, monotonic() + _PAUSE)
            return
        now = monotonic()
        for line, frames in zip(lines, told, strict=True):
            if not line.gone:
                self._look_again(line, now + (WAITING_SECONDS if line.in_line else QUIET_SECONDS))
                self._send((line,), frames)

    def _send(self, lines: Iterable[OpenLine], frames: Sequence[str]) -> None:
        """Hand frames to the sockets; a page that does not take them is waited for apart from all others."""
        for line in lines:
            if frames:
                before = line.sending
                line.sending = asyncio.create_task(self._sent(line, frames, before))

    async def _sent(self, line: OpenLine, frames: Sequence[str], before: "asyncio.Task[None] | None") -> None:
        if before is not None:
            await asyncio.wait([before])
        with suppress(WebSocketDisconnect, WebSocketDisconnected, RuntimeError):
            for frame in frames:
                if line.socket.application_state is WebSocketState.CONNECTED:
                    await line.socket.send_text(frame)
        if line.sending is asyncio.current_task():
            line.sending = None
            if line.rang:  # it rang while the page was told: look again
                self._ear.hear(line.ticket)


def _looked_at(parts: HandoffParts, lines: Sequence[OpenLine]) -> list[list[str]]:
    """What each page has to be told; one query for all of them, and one more for each whose log has grown."""
    log = parts.handoff.log
    wanted = {line.ticket for line in lines}
    with reading(log.engine) as session:
        rows = session.scalars(select(TicketRow).where(TicketRow.id.in_(wanted)))
        seen = {row.id: (ticket_of(row), row.citizen_read, row.clerk_read) for row in rows}
    found: list[list[str]] = []
    for line in lines:
        if line.ticket not in seen:  # forgotten meanwhile
            found.append([])
            continue
        ticket, citizen_read, clerk_read = seen[line.ticket]
        new = log.after(ticket.id, line.after) if ticket.seq > line.after else ()
        look = Look(ticket=ticket, lines=new, citizen_read=citizen_read, clerk_read=clerk_read)
        found.append(_news(parts, line, look))
    return found


def _news(parts: HandoffParts, line: OpenLine, seen: Look) -> list[str]:
    """New lines of the log, and how it stands where that changed; else, where it is quiet, that we are there."""
    rang, line.rang = line.rang, False
    found = [one.model_dump_json() for one in citizen_lines(parts, seen.ticket.conversation, seen)]
    line.after = max(line.after, seen.ticket.seq)
    line.in_line = seen.ticket.state in IN_LINE
    view = citizen_view(parts, seen)
    if line.told != (key := key_of(view)):
        line.told = key
        found.append(view.model_dump_json())
    return found if found or line.in_line or rang else [_ALIVE]


def key_of(view: wire.HandoffView) -> int:
    """What a page was told, without the clock that it has itself; a number, for two thousand lines keep one each."""
    return hash(view.model_dump_json(exclude={"now", "waited_seconds"}))


def _typing(ticket: str) -> str:
    return wire.TypingFrame(ticket=ticket, side=Side.CLERK).model_dump_json()
