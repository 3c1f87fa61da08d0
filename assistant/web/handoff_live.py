"""Open lines of citizens: a WebSocket, or server-sent events where it is not let through; both resume by number."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from time import monotonic

from fastapi import WebSocket, WebSocketException
from fastapi.sse import format_sse_event
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.routing import WebSocketRoute
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocketDisconnect, WebSocketDisconnected

from assistant.handoff.errors import HandoffError
from assistant.handoff.happenings import Side
from assistant.handoff.talking import Saying
from assistant.handoff.ticket import IN_LINE, Ticket
from assistant.web import handoff_schemas as wire
from assistant.web.handoff_lines import LOOK_SECONDS, QUIET_SECONDS, WAITING_SECONDS, OpenLines, key_of
from assistant.web.handoff_parts import HandoffParts, Look
from assistant.web.handoff_views import citizen_lines, citizen_view
from assistant.web.public_errors import public
from assistant.web.sse import render

_POLICY_VIOLATION = 1008
_TOO_LARGE = 16 * 1024
_MOST_DIGITS = 9


async def frames(parts: HandoffParts, ticket: Ticket, after: int) -> AsyncIterator[wire.OutFrame]:
    """What a citizen's page is told: lines after a number, each once, and how it stands whenever that changes."""
    told: int | None = None
    with parts.bell.listening([ticket.id]) as ear, _page(parts, ticket.id):
        seen, looked_at = await run_in_threadpool(parts.look, ticket.id, after), monotonic()
        while True:
            for line in await _lines(parts, seen):
                yield line
            seen, after = replace(seen, lines=()), max(after, seen.ticket.seq)
            view = await run_in_threadpool(citizen_view, parts, seen)
            if told != (key := key_of(view)):
                told = key
                yield view
            del view
            in_line = seen.ticket.state in IN_LINE
            await ear.wait(WAITING_SECONDS if in_line else QUIET_SECONDS)
            rung, typing = ear.taken()
            if any(side == Side.CLERK for _, side in typing):
                yield wire.TypingFrame(ticket=ticket.id, side=Side.CLERK)
            if rung or monotonic() - looked_at > LOOK_SECONDS:
                seen, looked_at = await run_in_threadpool(parts.look, ticket.id, after), monotonic()
            elif not in_line and not typing:
                yield wire.AliveFrame()


@contextmanager
def _page(parts: HandoffParts, ticket: str) -> Iterator[None]:
    """The page counts as open."""
    parts.pulse.pages[ticket] += 1
    try:
        yield
    finally:
        parts.pulse.pages[ticket] -= 1
        if parts.pulse.pages[ticket] <= 0:
            del parts.pulse.pages[ticket]


async def _lines(parts: HandoffParts, seen: Look) -> list[wire.HandoffLine]:
    if not seen.lines:
        return []
    return await run_in_threadpool(citizen_lines, parts, seen.ticket.conversation, seen)


async def as_server_sent(source: AsyncIterator[wire.OutFrame]) -> AsyncIterator[bytes]:
    """The same as server-sent events; only lines have an id, so that a browser resumes after the last one."""
    async for frame in source:
        line = frame.line if isinstance(frame, wire.TicketLineFrame) else frame
        number = str(line.seq) if isinstance(line, wire.HandoffLine) else None
        yield format_sse_event(data_str=frame.model_dump_json(), event=frame.type, id=number)


class CitizensLive:
    """The socket of a citizen's page: both ways, frames as described by HandoffFrames.

    A bare ASGI route beside the framework's own: what that keeps for each open request is eleven kilobytes. So it asks
    itself whose the conversation is; `mine` raises WebSocketException for somebody else's.
    """

    def __init__(self, parts: HandoffParts, mine: Callable[[HTTPConnection], Awaitable[None]]) -> None:
        self._lines = OpenLines(parts)
        self._mine = mine

    def route(self) -> WebSocketRoute:
        """The route, to stand before the framework's."""
        return WebSocketRoute("/api/conversations/{conversation_id}/handoff/live", self)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One socket, from its handshake to its end."""
        socket = WebSocket(scope, receive, send)
        ticket, after = await self._of(socket)
        if ticket is None or after is None:
            await refuse(socket)
            return
        await citizen_socket(self._lines, socket, ticket, after)

    async def _of(self, socket: WebSocket) -> tuple[str | None, int | None]:
        """The ticket, and the last line the page has seen; None where the page may not look on."""
        asked = socket.query_params.get("after", "0")
        after = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= _MOST_DIGITS else None
        if not is_from_our_page(socket):
            return None, after
        try:
            await self._mine(socket)
        except WebSocketException:
            return None, after
        found = await run_in_threadpool(self._lines.parts.of_conversation, socket.path_params["conversation_id"])
        return (found.id if found is not None else None), after


async def citizen_socket(lines: OpenLines, socket: WebSocket, ticket: str, after: int) -> None:
    """A citizen's WebSocket until it breaks."""
    await socket.accept()
    line = lines.open(socket, ticket, after)
    try:
        while True:
            said = await socket.receive_text()
            answer = await _heard(lines.parts, ticket, said)
            if answer is not None:
                await socket.send_text(answer.model_dump_json())
    except (WebSocketDisconnect, WebSocketDisconnected):  # gone, perhaps while it was being answered
        return
    finally:
        lines.close(line)


def is_from_our_page(socket: WebSocket) -> bool:
    """Whether the page that opened the socket is ours: a browser lets any page open one to anywhere.

    A client that is no browser names no origin; it sends no cookie either, and has to know the conversation.
    """
    origin = socket.headers.get("origin")
    return origin is None or origin.partition("://")[2] == socket.headers.get("host")


async def refuse(socket: WebSocket) -> None:
    """Close before it opens: the browser's page is told that it failed, and falls back."""
    await socket.close(_POLICY_VIOLATION)


async def _heard(parts: HandoffParts, ticket: str, said: str) -> wire.OutFrame | None:
    try:
        frame = wire.in_frame.validate_json(said[:_TOO_LARGE])
    except ValidationError:
        return wire.RefusedFrame(client_id=None, code="wrong_shape", message="这条消息没有读懂，请刷新页面后再发。")
    match frame:
        case wire.SayFrame():
            return await _say(parts, ticket, frame)
        case wire.TypesFrame():
            await parts.pulse.type(ticket, Side.CITIZEN)
        case wire.ReadFrame():
            await run_in_threadpool(parts.handoff.talking.read, ticket, Side.CITIZEN, frame.seq)
        case wire.WatchFrame():
            pass
    return None


async def _say(parts: HandoffParts, ticket: str, frame: wire.SayFrame) -> wire.OutFrame:
    saying = Saying(client_id=frame.client_id, text=frame.text, file=frame.file)
    try:
        kept = await run_in_threadpool(parts.handoff.talking.citizen_says, ticket, saying)
    except HandoffError as refused:
        told = public(refused)
        return wire.RefusedFrame(client_id=frame.client_id, code=told.code, message=render(told.sentence("zh")))
    return wire.SaidFrame(ticket=ticket, client_id=frame.client_id, seq=kept.seq)
