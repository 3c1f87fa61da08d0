"""Routes of the conversation: begin, resume, send a message, stop an answer."""

import json
from typing import Annotated

from fastapi import APIRouter, Header, Request
from fastapi.responses import Response, StreamingResponse
from starlette.concurrency import run_in_threadpool

from assistant.web import schemas as wire
from assistant.web.citizen import Citizens
from assistant.web.conversations import StoredEvent
from assistant.web.error_answers import language_of
from assistant.web.errors import MessageTooLong, UnknownConversation
from assistant.web.services import Services
from assistant.web.suggestions import suggestions
from assistant.web.turns import Turns
from guardrails.labels import ContentLabel

GENERATED = {"AIGC": json.dumps(ContentLabel(produce_id="answer").fields())}
"""The implicit label of what is generated, for programs that take it along; the page shows the visible one."""


class EventStream(StreamingResponse):
    """Frames that are encoded already. FastAPI's own class wants to encode them itself, and cannot replay."""

    media_type = "text/event-stream"


def chat_router(  # noqa: C901 - one function for each route
    services: Services, turns: Turns, citizens: Citizens | None = None
) -> APIRouter:
    """The routes, bound to the services. With `citizens`, a message may move a case of the browser that sends it."""
    router = APIRouter(prefix="/api", tags=["conversation"])

    async def holder_of(request: Request, response: Response) -> str | None:
        """Whose cases a message may move: this browser's, which gets a session where it has none yet."""
        if citizens is None:
            return None
        citizen = await citizens.find(request)
        if citizen is not None:
            return citizen.owner
        begun = await run_in_threadpool(citizens.sessions.begin, citizens.clock())
        citizens.set_cookie(request, response, begun)
        return begun.citizen.owner

    @router.post("/conversations", status_code=201)
    async def begin_conversation(request: Request, response: Response) -> wire.ConversationCreated:
        """Begin a conversation. Keep the id: whoever knows it can read the conversation."""
        brought = await citizens.find(request) if citizens is not None else None
        if brought is None:
            await holder_of(request, response)
        conversation_id = services.new_id()
        await run_in_threadpool(services.conversations.create, conversation_id, services.clock())
        if brought is not None:  # who keeps no cookies must come back with the id alone
            await run_in_threadpool(services.conversations.claim, conversation_id, brought.owner)
        return wire.ConversationCreated(id=conversation_id)

    @router.get("/conversations/{conversation_id}")
    async def resume_conversation(conversation_id: str) -> wire.WireConversation:
        """The conversation so far, with the turn that is being answered now."""
        kept = await run_in_threadpool(services.conversations.turns, conversation_id)
        if kept is None:
            raise UnknownConversation
        told = [wire.WireTurn(client_id=t.client_id, text=t.text, at=t.at, events=_events(t.events)) for t in kept]
        running = turns.running(conversation_id)
        if running is None or any(t.client_id == running[0] for t in kept):
            return wire.WireConversation(id=conversation_id, turns=told, running=None)
        client_id, live = running
        told.append(wire.WireTurn(client_id=client_id, text=live.text, at=live.at, events=_events(tuple(live.events))))
        return wire.WireConversation(id=conversation_id, turns=told, running=client_id)

    @router.post("/conversations/{conversation_id}/messages", response_class=EventStream)
    async def send_message(
        request: Request,
        conversation_id: str,
        message: wire.Message,
        last_event_id: Annotated[int, Header(ge=0, description="Send only the events after this one.")] = 0,
    ) -> EventStream:
        """Ask, and receive the turn's events as they happen. Sending the same client_id again replays them.

        Each frame's `event` is the type, `data` the JSON of one `WireEvent`, `id` its position in the turn.
        """
        if len(message.text) > services.settings.max_message_chars:
            raise MessageTooLong
        language = message.language or language_of(request.headers.get("accept-language"))
        session = Response()
        holder = await holder_of(request, session)
        frames = await turns.stream(conversation_id, message, after=last_event_id, language=language, holder=holder)
        stream = EventStream(frames, headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no", **GENERATED})
        for cookie in session.headers.getlist("set-cookie"):
            stream.headers.append("set-cookie", cookie)
        return stream

    @router.delete("/conversations/{conversation_id}/messages/{client_id}", status_code=204)
    async def stop_answer(conversation_id: str, client_id: str) -> Response:
        """Stop a running answer. What was said so far is kept. Nothing happens where it is over already."""
        await turns.stop(conversation_id, client_id)
        return Response(status_code=204)

    @router.get("/suggestions")
    def suggest(request: Request, language: str | None = None) -> wire.Suggestions:
        """The opening line, situations of life, and questions to begin with."""
        chosen = language or language_of(request.headers.get("accept-language"))
        known = {item.slug for item in services.knowledge.items(services.clock().date())}
        return suggestions(known, chosen)

    return router


def _events(events: tuple[StoredEvent, ...]) -> list[wire.WireEvent]:
    return [wire.wire_event.validate_json(e.payload) for e in events]
