"""The open line of a desk: keeps the lease, says that the line changed, carries the watched conversations both ways."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, WebSocket
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.websockets import WebSocketDisconnect, WebSocketDisconnected, WebSocketState

from assistant.handoff.bell import LINE, Ear
from assistant.handoff.errors import HandoffError
from assistant.handoff.happenings import Side
from assistant.handoff.talking import Saying
from assistant.identity.people import Action, Person
from assistant.web import handoff_schemas as wire
from assistant.web.handoff_citizen import HandoffStream
from assistant.web.handoff_live import as_server_sent, is_from_our_page, refuse
from assistant.web.handoff_parts import HandoffParts
from assistant.web.handoff_views import clerk_lines
from assistant.web.public_errors import public
from assistant.web.sse import render
from assistant.web.staff import COOKIE, Staff

_QUIET_SECONDS = 10.0
_TOGETHER = 0.05
"""Changes that come within this time are told together: a busy line must not drown a desk."""
_MOST_WATCHED = 40
WATCHED = "handoff.watched"
SAID = "handoff.said"


@dataclass(slots=True)
class _Desk:
    """One open line: what it watches, and up to which number it was told."""

    person: Person
    ear: Ear
    watched: dict[str, int] = field(default_factory=dict)


def desk_live_router(parts: HandoffParts, staff: Staff) -> APIRouter:
    """The socket of desks, and what it is without sockets."""
    router = APIRouter(prefix="/api/desk", tags=["desk"])
    works = Depends(staff.may(Action.HELP_CITIZENS))

    @router.websocket("/live")
    async def live(socket: WebSocket) -> None:
        """Frames as described by HandoffFrames; `watch` a ticket to get its lines."""
        person = await _signed_in(staff, socket)
        if person is None or not is_from_our_page(socket):
            await refuse(socket)
            return
        await _serve(parts, staff, socket, person)

    @router.get("/events", response_class=HandoffStream, responses={200: {"model": wire.HandoffFrames}})
    async def events(
        watch: Annotated[str, Query(max_length=64)] = "",
        after: Annotated[int, Query(ge=0)] = 0,
        last_event_id: Annotated[int, Header(ge=0)] = 0,
        person: Person = works,
    ) -> HandoffStream:
        """The same by server-sent events, watching one ticket at most, resumed by id; speak by the other routes."""
        desk = _Desk(person=person, ear=Ear(), watched={watch: max(after, last_event_id)} if watch else {})
        if watch:
            await staff.noted(person, WATCHED, f"ticket/{watch}")
        return HandoffStream(
            as_server_sent(_frames(parts, desk)), headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        )

    return router


async def _signed_in(staff: Staff, socket: WebSocket) -> Person | None:
    token = socket.cookies.get(COOKIE)
    session = await run_in_threadpool(staff.sign_in.find, token, staff.clock()) if token else None
    if session is None or not staff.permissions.allows(session.person, Action.HELP_CITIZENS):
        return None
    return session.person


async def _serve(parts: HandoffParts, staff: Staff, socket: WebSocket, person: Person) -> None:
    await socket.accept()
    desk = _Desk(person=person, ear=Ear())
    sender = asyncio.create_task(_send(socket, _frames(parts, desk)))
    try:
        while True:
            answer = await _heard(parts, staff, desk, await socket.receive_text())
            if answer is not None:
                await socket.send_text(answer.model_dump_json())
    except (WebSocketDisconnect, WebSocketDisconnected):  # gone, perhaps while it was being answered
        return
    finally:
        sender.cancel()
        with suppress(asyncio.CancelledError, WebSocketDisconnect, WebSocketDisconnected, RuntimeError):
            await sender


async def _send(socket: WebSocket, source: AsyncIterator[wire.OutFrame]) -> None:
    async for frame in source:
        if socket.application_state is not WebSocketState.CONNECTED:
            return
        await socket.send_text(frame.model_dump_json())


async def _frames(parts: HandoffParts, desk: _Desk) -> AsyncIterator[wire.OutFrame]:
    """What a desk is told; its open line is its heartbeat."""
    parts.bell.attend(desk.ear, LINE)
    parts.pulse.desks[desk.person.id] += 1
    for ticket in desk.watched:
        parts.bell.attend(desk.ear, ticket)
        desk.ear.hear(ticket)
    try:
        yield wire.LineChangedFrame(tickets=[])
        while True:
            await desk.ear.wait(_QUIET_SECONDS)
            await asyncio.sleep(_TOGETHER)
            rung, typing = desk.ear.taken()
            for ticket in sorted(rung & desk.watched.keys()):
                for frame in await _new_lines(parts, desk, ticket):
                    yield frame
            for ticket, side in typing:
                if side == Side.CITIZEN and ticket in desk.watched:
                    yield wire.TypingFrame(ticket=ticket, side=Side.CITIZEN)
            if rung:
                yield wire.LineChangedFrame(tickets=sorted(rung & desk.watched.keys()))
            elif not typing:
                yield wire.AliveFrame()
    finally:
        for ticket in (LINE, *desk.watched):
            parts.bell.ignore(desk.ear, ticket)
        parts.pulse.desks[desk.person.id] -= 1


async def _new_lines(parts: HandoffParts, desk: _Desk, ticket: str) -> list[wire.OutFrame]:
    after = desk.watched.get(ticket, 0)
    try:
        seen = await run_in_threadpool(parts.shown_to, ticket, desk.person.id, after)
    except HandoffError:
        return []
    lines = await run_in_threadpool(clerk_lines, parts, seen)
    desk.watched[ticket] = max(after, seen.lines[-1].seq if seen.lines else after)
    return [wire.TicketLineFrame(ticket=ticket, line=line) for line in lines]


async def _heard(parts: HandoffParts, staff: Staff, desk: _Desk, said: str) -> wire.OutFrame | None:
    try:
        frame = wire.in_frame.validate_json(said)
    except ValidationError:
        return wire.RefusedFrame(client_id=None, code="wrong_shape", message="这条消息没有读懂，请刷新页面后再发。")
    match frame:
        case wire.WatchFrame():
            if frame.on and frame.ticket not in desk.watched:
                await staff.noted(desk.person, WATCHED, f"ticket/{frame.ticket}")
            _watch(parts, desk, frame)
        case wire.SayFrame():
            await staff.noted(desk.person, SAID, f"ticket/{frame.ticket}")
            return await _say(parts, desk, frame)
        case wire.TypesFrame() if frame.ticket in desk.watched:
            await parts.pulse.type(frame.ticket, Side.CLERK)
        case wire.ReadFrame() if frame.ticket in desk.watched:
            await run_in_threadpool(parts.handoff.talking.read, frame.ticket, Side.CLERK, frame.seq)
        case _:
            pass
    return None


def _watch(parts: HandoffParts, desk: _Desk, frame: wire.WatchFrame) -> None:
    if not frame.on:
        desk.watched.pop(frame.ticket, None)
        parts.bell.ignore(desk.ear, frame.ticket)
    elif len(desk.watched) < _MOST_WATCHED:
        desk.watched[frame.ticket] = frame.after
        parts.bell.attend(desk.ear, frame.ticket)  # typing rings with the ticket only, not with the line
        desk.ear.hear(frame.ticket)


async def _say(parts: HandoffParts, desk: _Desk, frame: wire.SayFrame) -> wire.OutFrame:
    saying = Saying(client_id=frame.client_id, text=frame.text, file=frame.file)
    ticket = frame.ticket or ""
    try:
        kept = await run_in_threadpool(parts.handoff.talking.clerk_says, ticket, desk.person.id, saying)
    except HandoffError as refused:
        told = public(refused)
        return wire.RefusedFrame(client_id=frame.client_id, code=told.code, message=render(told.sentence("zh")))
    return wire.SaidFrame(ticket=ticket, client_id=frame.client_id, seq=kept.seq)
