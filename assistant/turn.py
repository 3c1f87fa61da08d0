"""One turn of the dialogue: from a citizen's message to approved sentences. This file is the product, top to bottom."""

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from copy import copy
from dataclasses import replace
from datetime import date
from pathlib import Path

from assistant.cases.reply import Reply
from assistant.cases.talking import Talking
from assistant.dialogue import Question, Speaker
from assistant.events import (
    Event,
    Flag,
    ItemRecognized,
    NextStep,
    Status,
    StepKind,
    TurnFinished,
    Why,
)
from assistant.phrases import Phrasebook, phrases_for
from assistant.steps.ahead import Ahead
from assistant.steps.asking_person import wants_a_person
from assistant.steps.beginning import Beginning
from assistant.steps.cards import ref_of
from assistant.steps.choosing import chosen_item, offered_before
from assistant.steps.clarify import question_back
from assistant.steps.grounds import Composer, Grounds, Piece, Understood
from assistant.steps.handle import tell_case, tell_reply
from assistant.steps.layers import localized
from assistant.steps.recognize import recognize
from assistant.steps.retrieve import Retrieved, Retriever
from assistant.steps.small_talk import Talk, talk_of
from assistant.steps.tell import Telling, item_of
from assistant.steps.understand import simplify, spoken_in, understand
from guardrails.inbound import InboundAction, InboundGuard, Screened, relief_of
from guardrails.outbound import OutboundGuard, quote
from knowledge.items import ServiceItem
from knowledge.recognition.decision import Candidate, Decision, Recognition
from knowledge.roles import Embedder, KnowledgeBase, PassageSearch, Recognizer


class Assistant:
    """Answers one message at a time. Holds no dialogue: what was said before comes with the question."""

    def __init__(
        self,
        *,
        knowledge: KnowledgeBase,
        recognizer: Recognizer,
        search: PassageSearch,
        composer: Composer,
        fallback: Composer,
        guard: OutboundGuard,
        embedder: Embedder | None = None,
        inbound: InboundGuard | None = None,
        region: str = "上海市",
        vectors: Path | None = None,
        cases: Talking | None = None,
    ) -> None:
        self._knowledge = knowledge
        self._recognizer = recognizer
        self._retriever = Retriever(knowledge, search, embedder, vectors)
        self._ahead = Ahead(knowledge, search)
        self._composer = composer
        self._fallback = fallback
        self._guard = guard
        self._inbound = inbound or InboundGuard()
        self._region = region
        self._cases = cases

    def with_cases(self, cases: Talking | None) -> "Assistant":
        """The same assistant with other cases: evaluations rehearse on cases of their own."""
        other = copy(self)
        other._cases = cases
        return other

    def warm(self, as_of: date) -> None:
        """Prepare what the first question would otherwise wait for. Optional; safe to call again."""
        self._retriever.warm(as_of)

    async def answer(self, question: Question) -> AsyncIterator[Event]:
        """The events of one turn; the last one is its only TurnFinished."""
        screened = await asyncio.to_thread(self._screen, question)
        language = spoken_in(question, screened.text)
        question, phrases = replace(question, language=language), phrases_for(language)
        flags = tuple(Flag(check=f.check, reason=f.reason) for f in screened.findings)
        turn = Telling(self._guard, phrases, flags)
        if screened.action is not InboundAction.GO_ON:
            for event in turn.notice(_notice_of(screened, phrases)):
                yield event
            if screened.action is not InboundAction.SIGNPOST:
                yield turn.finish(*_refusal(screened))
                return
        if screened.action is InboundAction.GO_ON and await self._wants_a_person(question, simplify(screened.text)):
            for event in turn.small_talk(Talk.PERSON):
                yield event
            return
        heard = await self._hear(question, screened)
        if heard is not None:
            for event in tell_case(heard, turn, self._guard, language):
                yield event
            return
        async for event in self._answer(question, screened, turn):
            yield event

    def _screen(self, question: Question) -> Screened:
        """The message as the gate sees it; what is told to a case that asked is judged as an answer, not as a wish."""
        screened = self._inbound.screen(question.text)
        suspected = screened.doubtful or screened.reason == "unsafe_request"
        if suspected and self._cases is not None and self._cases.is_answering(question, simplify(question.text)):
            return self._inbound.screen(question.text, as_reply=True)
        asked = question.history[-1] if suspected and question.history else None
        if asked is not None and asked.speaker is Speaker.XIAOSHEN and relief_of(asked.text, question.text):
            return self._inbound.screen(question.text, relief=relief_of(asked.text, question.text))
        return screened

    async def _answer(self, question: Question, screened: Screened, turn: Telling) -> AsyncIterator[Event]:
        """The answer to a message that is for no case; it may begin one."""
        talk = talk_of(simplify(screened.text))
        understood = understand(question, screened.text, self._region)
        if talk is not None or understood.other_region is not None:
            elsewhere = self._refused(turn, screened) if screened.doubtful else turn.other_region()
            for event in turn.small_talk(talk) if talk is not None else elsewhere:
                yield event
            return
        recognition, retrieved, announced = await asyncio.to_thread(self._find, question, understood)
        items = self._items(recognition, understood)
        yield ItemRecognized(recognition=recognition, items=tuple(ref_of(item) for item in items))
        begun = await self._begin(question, screened, recognition, items)
        if begun is not None:
            for event in tell_case(begun, turn, self._guard, understood.language):
                yield event
            return
        turn.offered = offered_before(understood.query, question.history, self._knowledge.items(question.as_of))
        async for event in self._tell(turn, recognition, retrieved, screened, announced):
            for further in await self._way_on(turn, question, items) if isinstance(event, TurnFinished) else ():
                yield further
            yield event

    async def _wants_a_person(self, question: Question, text: str) -> bool:
        """Whether somebody to talk to is asked for; in the middle of a case a message may say it in any words."""
        if wants_a_person(text):
            return True
        if self._cases is None or question.holder is None:
            return False
        return await asyncio.to_thread(self._cases.wants_a_person, question, text)

    async def _hear(self, question: Question, screened: Screened) -> Reply | None:
        """What the citizen's case says to the message; None where it is for nobody's case, and always without one."""
        if self._cases is None or question.holder is None or screened.action is InboundAction.SIGNPOST:
            return None
        return await asyncio.to_thread(self._cases.hear, question, simplify(screened.text))

    async def _begin(
        self, question: Question, screened: Screened, recognition: Recognition, items: Sequence[ServiceItem]
    ) -> Reply | None:
        """A case for what the message wants done; None where it only wants to know something."""
        if self._cases is None or question.holder is None or screened.action is InboundAction.SIGNPOST:
            return None
        beginning = Beginning(self._cases, self._knowledge, self._alone)
        return await asyncio.to_thread(beginning.begin, question, simplify(screened.text), recognition, items)

    async def _way_on(self, turn: Telling, question: Question, items: Sequence[ServiceItem]) -> list[Event]:
        """After an answer: back to the case that it digressed from, or a button that begins one."""
        if self._cases is None or question.holder is None:
            return []
        back = await asyncio.to_thread(self._cases.way_back, question)
        if back is not None:
            return list(tell_reply(back, turn, self._guard, question.language or "zh"))
        offers = await asyncio.to_thread(self._cases.offers, question, items)
        return [NextStep(kind=StepKind.HANDLE, label=quote(o.label, "case"), value=o.send) for o in offers]

    def recognize(self, question: Question) -> Recognition:
        """The front half of the turn alone, for evaluations: what `answer` would decide about the item."""
        screened = self._inbound.screen(question.text)
        understood = understand(question, screened.text, self._region)
        found = self._decide(question, understood)
        refused = screened.action in {InboundAction.REFUSE, InboundAction.UNREADABLE}
        if refused or understood.other_region is not None or talk_of(simplify(screened.text)) is not None:
            return replace(found, decision=Decision.NONE, accepted=(), choices=())
        return found

    def _alone(self, question: Question) -> Recognition:
        """What a part of a message would be about, asked by itself."""
        return self._decide(question, understand(question, question.text, self._region))

    def _find(self, question: Question, understood: Understood) -> tuple[Recognition, Retrieved, list[Piece]]:
        recognition = self._decide(question, understood)
        return recognition, self._retriever.retrieve(understood, recognition), self._ahead.pieces(understood)

    def _decide(self, question: Question, understood: Understood) -> Recognition:
        """An answer to our own question back decides; everything else is recognized."""
        known = self._knowledge.items(understood.as_of)
        found = localized(recognize(self._recognizer, question, understood), known, understood.region)
        picked = chosen_item(understood.query, question.history, known)
        if picked is None:
            return found
        others = tuple(c for c in found.candidates if c.item != picked.slug)[:9]
        sure = (Candidate(picked.slug, 1.0), *others)
        return Recognition(decision=Decision.ACCEPT, accepted=(picked.slug,), choices=(), candidates=sure)

    def _items(self, recognition: Recognition, understood: Understood) -> tuple[ServiceItem, ...]:
        if recognition.decision is not Decision.ACCEPT:
            return ()
        found = (self._knowledge.item(slug, understood.as_of) for slug in recognition.accepted)
        return tuple(item for item in found if item is not None)

    async def _tell(
        self,
        turn: Telling,
        recognition: Recognition,
        retrieved: Retrieved,
        screened: Screened,
        announced: Sequence[Piece],
    ) -> AsyncIterator[Event]:
        grounds = retrieved.grounds
        turn.degraded = retrieved.degraded
        if not grounds.statements:
            for event in self._only_announced(turn, grounds, screened, announced):
                yield event
            if not turn.has_answered:
                for event in self._no_answer(turn, recognition, retrieved, screened):
                    yield event
            return
        async for event in turn.compose(grounds, self._composer, self._fallback):
            yield event
        if not turn.has_answered:
            for event in turn.stopped_by_guard(grounds):
                yield event
            return
        for event in turn.announced(announced):
            yield event
        for event in turn.what_is_missing_and_next(grounds):
            yield event
        yield turn.finish(Status.ANSWERED, Why.GROUNDED, item=item_of(grounds))

    def _only_announced(
        self, turn: Telling, grounds: Grounds, screened: Screened, announced: Sequence[Piece]
    ) -> Iterator[Event]:
        """The answer where nothing holds today and something is announced; nothing where nothing is."""
        if screened.action is InboundAction.SIGNPOST:
            return
        yield from turn.announced(announced)
        if turn.has_answered:
            yield turn.finish(Status.ANSWERED, Why.GROUNDED, item=item_of(grounds))

    def _refused(self, turn: Telling, screened: Screened) -> Iterator[Event]:
        yield from turn.notice(_notice_of(screened, turn.phrases))
        yield turn.finish(Status.REFUSED, Why.UNSAFE_REQUEST)

    def _no_answer(
        self, turn: Telling, recognition: Recognition, retrieved: Retrieved, screened: Screened
    ) -> Iterator[Event]:
        grounds = retrieved.grounds
        if screened.action is InboundAction.SIGNPOST:
            yield turn.finish(Status.HANDOFF, Why.CRISIS)
        elif screened.doubtful:  # nothing can be told, and what may be a wish for harm gets no list to choose from
            yield from self._refused(turn, screened)
        elif turn.degraded is not None and not grounds.items and recognition.decision is Decision.NONE:
            yield from turn.search_broken()
        elif retrieved.document_is_silent:
            yield from turn.nothing_fits(Why.NO_EVIDENCE)
        elif grounds.policies or (grounds.items and recognition.decision is not Decision.CLARIFY):
            yield from turn.unconfirmed(grounds)
        elif recognition.decision is Decision.CLARIFY:
            choices = [self._knowledge.item(slug, grounds.understood.as_of) for slug in recognition.choices]
            yield question_back([item for item in choices if item is not None], turn.phrases)
            yield turn.finish(Status.CLARIFY, Why.ITEM_AMBIGUOUS)
        elif turn.offered:
            yield question_back(turn.offered, turn.phrases)
            yield turn.finish(Status.CLARIFY, Why.ITEM_AMBIGUOUS)
        else:
            yield from turn.nothing_fits()


def _notice_of(screened: Screened, phrases: Phrasebook) -> str:
    own = screened.notice_en if phrases is phrases_for("en") else screened.notice
    return own or phrases.way_on


def _refusal(screened: Screened) -> tuple[Status, Why]:
    if screened.action is InboundAction.UNREADABLE:
        return Status.CANNOT_ANSWER, Why.UNREADABLE
    if screened.reason.startswith("crisis"):
        return Status.REFUSED, Why.CRISIS
    injected = screened.reason == "prompt_injection"
    return Status.REFUSED, Why.PROMPT_INJECTION if injected else Why.UNSAFE_REQUEST
