"""Runs a turn once, however often the line breaks: a message sent again joins the running turn or replays it."""

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime

from starlette.concurrency import run_in_threadpool

from assistant.dialogue import Question, Speaker, Utterance
from assistant.events import Status, TurnFinished
from assistant.web import schemas as wire
from assistant.web.conversations import StoredEvent, Turn
from assistant.web.error_answers import incident_of
from assistant.web.errors import ClientIdReused, ConversationBusy, UnknownConversation
from assistant.web.handoff_errors import PersonIsHere
from assistant.web.public_errors import public
from assistant.web.services import Services
from assistant.web.sse import KEEP_ALIVE, encode, render, stored, stored_wire

logger = logging.getLogger(__name__)

KEEP_ALIVE_SECONDS = 10.0


class LiveTurn:
    """A turn that is being answered: what has been said so far, and a bell for those who listen."""

    def __init__(self, text: str, at: datetime) -> None:
        self.text = text
        self.at = at
        self.events: list[StoredEvent] = []
        self.task: asyncio.Task[None] | None = None
        self._over = False
        self._news = asyncio.Event()

    def put(self, event: StoredEvent) -> None:
        """Say one more thing."""
        self.events.append(event)
        self._ring()

    def close(self) -> None:
        """Nothing follows."""
        self._over = True
        self._ring()

    async def follow(self, after: int) -> AsyncIterator[bytes]:
        """Frames after position `after`, as they come, until the turn is over."""
        position = after
        while True:
            news = self._news
            while position < len(self.events):
                position += 1
                yield encode(self.events[position - 1], position)
            if self._over:
                return
            try:
                await asyncio.wait_for(news.wait(), KEEP_ALIVE_SECONDS)
            except TimeoutError:
                yield KEEP_ALIVE

    def _ring(self) -> None:
        self._news.set()
        self._news = asyncio.Event()


class Turns:
    """All turns of this process. A turn goes on when its listener is gone, so that coming back finds the answer."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._live: dict[str, dict[str, LiveTurn]] = {}

    def running(self, conversation_id: str) -> tuple[str, LiveTurn] | None:
        """The turn of this conversation that is being answered now, with its client id."""
        return next(iter(self._live.get(conversation_id, {}).items()), None)

    async def stream(
        self, conversation_id: str, message: wire.Message, *, after: int, language: str, holder: str | None = None
    ) -> AsyncIterator[bytes]:
        """Start, join or replay the turn of this message; frames after position `after`.

        Raises UnknownConversation, ConversationBusy, ClientIdReused and PersonIsHere before the first frame.
        """
        live = self._live.get(conversation_id, {}).get(message.client_id)
        if live is None:
            turns = await run_in_threadpool(self._services.conversations.turns, conversation_id)
            if turns is None:
                raise UnknownConversation
            done = next((t for t in turns if t.client_id == message.client_id), None)
            if done is not None:
                _same_text(done.text, message.text)
                return _replay(done.events, after)
            if await run_in_threadpool(self._services.persons.is_with_a_person, conversation_id):
                raise PersonIsHere
            # Looked up again: while the store was read, the same message may have come by a second line.
            live = self._live.get(conversation_id, {}).get(message.client_id)
            live = live or self._begin(conversation_id, message, turns, language, holder)
        _same_text(live.text, message.text)
        return live.follow(after)

    async def stop(self, conversation_id: str, client_id: str) -> None:
        """Break off a running turn. Nothing happens where it is over already."""
        live = self._live.get(conversation_id, {}).get(client_id)
        if live is not None and live.task is not None:
            live.task.cancel()
            await asyncio.wait([live.task])

    async def stop_all(self, conversation_id: str) -> None:
        """Break off whatever is being answered in a conversation, without keeping it."""
        tasks = [turn.task for turn in self._live.get(conversation_id, {}).values() if turn.task is not None]
        for task in tasks:
            task.cancel("shutdown")
        if tasks:
            await asyncio.wait(tasks)

    async def close(self) -> None:
        """Break off all turns; their browsers send again after the restart."""
        tasks = [t.task for turns in self._live.values() for t in turns.values() if t.task is not None]
        for task in tasks:
            task.cancel("shutdown")
        if tasks:
            await asyncio.wait(tasks)

    def _begin(
        self,
        conversation_id: str,
        message: wire.Message,
        turns: tuple[Turn, ...],
        language: str,
        holder: str | None,
    ) -> LiveTurn:
        if self._live.get(conversation_id):
            raise ConversationBusy
        live = LiveTurn(message.text, self._services.clock())
        self._live.setdefault(conversation_id, {})[message.client_id] = live
        if not turns and _is_wordless(message.text):
            message = message.model_copy(update={"language": language})
        question = _question(message, turns, live.at, self._services.settings.region)
        question = replace(question, holder=holder, case=message.case, message=f"{conversation_id} {message.client_id}")
        live.task = asyncio.create_task(self._run(conversation_id, message.client_id, live, question, language))
        return live

    async def _run(
        self, conversation_id: str, client_id: str, live: LiveTurn, question: Question, language: str
    ) -> None:
        try:
            await self._answer(conversation_id, client_id, live, question)
        except asyncio.CancelledError as cancelled:
            if "shutdown" not in cancelled.args:  # a restart is not the citizen's wish: nothing is kept, it runs anew
                live.put(stored_wire(wire.StoppedEvent()))
                await self._keep(conversation_id, client_id, live)
        except Exception as failure:  # noqa: BLE001  the stream has begun: the last frame is all we can still say
            incident = self._services.new_id()
            logger.error("turn failed, incident %s: %s", incident, incident_of(failure))  # noqa: TRY400  no citizen text
            message = render(public(failure).sentence(language))
            live.put(stored_wire(wire.FailedEvent(message=message, incident=incident)))
        finally:
            self._live[conversation_id].pop(client_id, None)
            if not self._live[conversation_id]:
                del self._live[conversation_id]
            live.close()

    async def _answer(self, conversation_id: str, client_id: str, live: LiveTurn, question: Question) -> None:
        async for event in self._services.assistant.answer(question):
            if isinstance(event, TurnFinished):  # said only after it is kept: who has seen the end finds it again
                await self._keep(conversation_id, client_id, live, stored(event))
                if event.status is Status.HANDOFF:
                    await run_in_threadpool(self._services.persons.wanted, conversation_id)
            live.put(stored(event))

    async def _keep(
        self, conversation_id: str, client_id: str, live: LiveTurn, last: StoredEvent | None = None
    ) -> None:
        events = (*live.events, last) if last is not None else tuple(live.events)
        turn = Turn(client_id=client_id, text=live.text, at=live.at, events=events)
        await run_in_threadpool(self._services.conversations.add, conversation_id, turn)


async def _replay(events: tuple[StoredEvent, ...], after: int) -> AsyncIterator[bytes]:
    for position, event in enumerate(events[after:], start=after + 1):
        yield encode(event, position)


def _same_text(kept: str, sent: str) -> None:
    # no database keeps NUL: what was kept has the replacement sign there
    if kept.replace("\x00", "\ufffd") != sent.replace("\x00", "\ufffd"):
        raise ClientIdReused


def _is_wordless(text: str) -> bool:
    """No Latin letter and no Chinese character: the text itself does not say in what language to answer."""
    return not any((c.isascii() and c.isalpha()) or "\u3400" <= c <= "\u9fff" for c in text)


def _question(message: wire.Message, turns: tuple[Turn, ...], at: datetime, region: str) -> Question:
    history: list[Utterance] = []
    current: str | None = None
    for turn in turns:
        events = [wire.wire_event.validate_json(e.payload) for e in turn.events]
        history.append(Utterance(Speaker.CITIZEN, turn.text))
        history.append(Utterance(Speaker.XIAOSHEN, said(events)))
        ends = [e for e in events if isinstance(e, wire.TurnFinishedEvent)]
        current = ends[-1].item if ends else current
    return Question(
        text=message.text,
        as_of=at.date(),
        history=tuple(history),
        region=message.region or region,
        audience=message.audience,
        current=current,
        language=message.language,
    )


def said(events: list[wire.WireEvent]) -> str:
    """What was left standing on the page, one sentence a line."""
    gone = {i for e in events if isinstance(e, wire.SentencesReplacedEvent) for i in e.ids}
    lines = [e.text for e in events if isinstance(e, wire.SentenceEvent) and e.id not in gone]
    for question in (e for e in events if isinstance(e, wire.QuestionBackEvent)):
        lines.append(question.text)
        lines.extend(f"· {choice.label}" for choice in question.choices)
    return "\n".join(lines)
