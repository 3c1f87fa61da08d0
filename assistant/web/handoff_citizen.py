"""Routes of a citizen who wants a person: ask, wait, choose, talk, end, rate. Whoever knows the conversation may."""

from typing import Annotated

from fastapi import APIRouter, Header, Query
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from assistant.handoff.choosing import Chosen, Contact
from assistant.handoff.happenings import Side
from assistant.handoff.sentences import BAD, GOOD
from assistant.handoff.talking import Saying
from assistant.handoff.ticket import Ticket
from assistant.web import handoff_schemas as wire
from assistant.web.handoff_files import FileDesk, citizen_files
from assistant.web.handoff_live import as_server_sent, frames
from assistant.web.handoff_parts import HandoffParts
from assistant.web.handoff_views import citizen_view
from assistant.web.handoff_wanting import Wanting

_BASE = "/conversations/{conversation_id}/handoff"


class HandoffStream(StreamingResponse):
    """Frames that are encoded already."""

    media_type = "text/event-stream"


def citizen_handoff_router(parts: HandoffParts, wanting: Wanting, files: FileDesk) -> APIRouter:
    """The routes, bound to the parts."""
    router = APIRouter(prefix="/api", tags=["handoff"])
    _asking(router, parts, wanting)
    _talking(router, parts)
    _ending(router, parts)
    citizen_files(router, files)
    _live(router, parts)
    return router


def _view(parts: HandoffParts, ticket: Ticket) -> wire.HandoffView:
    return citizen_view(parts, parts.look(ticket.id, ticket.seq))


def _asking(router: APIRouter, parts: HandoffParts, wanting: Wanting) -> None:
    @router.post(_BASE, status_code=201)
    def ask_for_a_person(conversation_id: str, wanted: wire.HandoffWanted) -> wire.HandoffView:
        """Ask for a person. Again is no second time: the open ticket comes back, with its place in line."""
        return _view(parts, wanting.request(conversation_id, wanted))

    @router.get(_BASE)
    def how_it_stands(conversation_id: str) -> wire.HandoffView | None:
        """The newest ticket of the conversation; null where nobody asked for a person."""
        ticket = parts.of_conversation(conversation_id)
        return _view(parts, ticket) if ticket is not None else None

    @router.post(f"{_BASE}/choice")
    def choose(conversation_id: str, chosen: wire.HandoffChosen) -> wire.HandoffView:
        """Choose what happens while no person is there."""
        left = chosen.phone or chosen.called
        contact = Contact(phone=chosen.phone or "", called=chosen.called or "") if left else None
        ticket = parts.known(conversation_id)
        choice = Chosen(choice=chosen.choice, at=chosen.at, contact=contact)
        return _view(parts, parts.handoff.choosing.choose(ticket.id, choice))


def _talking(router: APIRouter, parts: HandoffParts) -> None:
    @router.post(f"{_BASE}/messages")
    def say(conversation_id: str, saying: wire.HandoffSaying) -> wire.SaidFrame:
        """Say something to the person, or to whoever will come. Sent again, it is the same message."""
        ticket = parts.known(conversation_id)
        said = Saying(client_id=saying.client_id, text=saying.text, file=saying.file)
        kept = parts.handoff.talking.citizen_says(ticket.id, said)
        return wire.SaidFrame(ticket=ticket.id, client_id=saying.client_id, seq=kept.seq)

    @router.post(f"{_BASE}/read", status_code=204)
    def read(conversation_id: str, mark: wire.HandoffRead) -> None:
        """Say how far the citizen has read."""
        parts.handoff.talking.read(parts.known(conversation_id).id, Side.CITIZEN, mark.seq)

    @router.post(f"{_BASE}/typing", status_code=204)
    async def typing(conversation_id: str) -> None:
        """Say that the citizen types."""
        ticket = await run_in_threadpool(parts.known, conversation_id)
        await parts.pulse.type(ticket.id, Side.CITIZEN)


def _ending(router: APIRouter, parts: HandoffParts) -> None:
    @router.post(f"{_BASE}/end")
    def end(conversation_id: str) -> wire.HandoffView:
        """No person is needed any more: out of the line, or out of the conversation."""
        return _view(parts, parts.handoff.talking.withdraw(parts.known(conversation_id).id))

    @router.post(f"{_BASE}/reopen")
    def reopen(conversation_id: str) -> wire.HandoffView:
        """It was not solved: in line again, with everything that was said."""
        ticket = parts.handoff.talking.reopen(parts.known(conversation_id).id)
        parts.handoff.queue.dispatch()
        return _view(parts, ticket)

    @router.post(f"{_BASE}/rating")
    def rate(conversation_id: str, rating: wire.HandoffRating) -> wire.HandoffView:
        """Rate the help, once it has ended; the last word counts."""
        ticket = parts.known(conversation_id)
        parts.handoff.ratings.rate(ticket.id, rating.stars, tuple(rating.reasons), rating.text)
        return _view(parts, ticket)

    @router.get("/handoff/rating-reasons")
    def rating_reasons() -> wire.RatingReasons:
        """The reasons that can be tapped."""
        return wire.RatingReasons(good=list(GOOD), bad=list(BAD))


def _live(router: APIRouter, parts: HandoffParts) -> None:
    @router.get(f"{_BASE}/events", response_class=HandoffStream, responses={200: {"model": wire.HandoffFrames}})
    async def events(
        conversation_id: str,
        after: Annotated[int, Query(ge=0)] = 0,
        last_event_id: Annotated[int, Header(ge=0)] = 0,
    ) -> HandoffStream:
        """The conversation as server-sent events; each `data` is one frame. Resumes after the last line's id."""
        ticket = await run_in_threadpool(parts.known, conversation_id)
        source = as_server_sent(frames(parts, ticket, max(after, last_event_id)))
        return HandoffStream(source, headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})
