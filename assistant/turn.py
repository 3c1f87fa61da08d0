"""One turn of the dialogue: from a citizen's message to approved sentences. This file is the product, top to bottom."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

from assistant.dialogue import Question
from assistant.errors import ModelUnavailable
from assistant.events import (
    Event,
    Flag,
    ItemRecognized,
    NextStep,
    Sentence,
    SentencesReplaced,
    SourcesFound,
    Status,
    TurnFinished,
    Why,
)
from assistant.phrases import Phrasebook, phrases_for
from assistant.steps.cards import card_of, ref_of
from assistant.steps.cite import Citations
from assistant.steps.clarify import question_back
from assistant.steps.grounds import Composer, Grounds, Piece, Understood
from assistant.steps.recognize import recognize
from assistant.steps.retrieve import Retrieved, Retriever
from assistant.steps.small_talk import Talk, talk_of
from assistant.steps.suggest import next_questions, ways_to_people
from assistant.steps.understand import language_of, simplify, understand
from guardrails import inbound
from guardrails.approved import Stopped, Wording
from guardrails.inbound import InboundAction, Screened
from guardrails.outbound import OutboundGuard, notice
from knowledge.items import ServiceItem
from knowledge.recognition.decision import Decision, Recognition
from knowledge.roles import Embedder, KnowledgeBase, PassageSearch, Recognizer

_MOST_CARDS = 2


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
        region: str = "上海市",
        vectors: Path | None = None,
    ) -> None:
        self._knowledge = knowledge
        self._recognizer = recognizer
        self._retriever = Retriever(knowledge, search, embedder, vectors)
        self._composer = composer
        self._fallback = fallback
        self._guard = guard
        self._region = region

    def warm(self, as_of: date) -> None:
        """Prepare what the first question would otherwise wait for. Optional; safe to call again."""
        self._retriever.warm(as_of)

    async def answer(self, question: Question) -> AsyncIterator[Event]:
        """The events of one turn; the last one is its only TurnFinished."""
        screened = inbound.screen(question.text)
        phrases = phrases_for(question.language or language_of(screened.text))
        flags = tuple(Flag(check=f.check, reason=f.reason) for f in screened.findings)
        turn = _Turn(self._guard, phrases, flags)
        if screened.action is not InboundAction.GO_ON:
            for event in turn.notice(_notice_of(screened, phrases)):
                yield event
            if screened.action is not InboundAction.SIGNPOST:
                yield turn.finish(*_refusal(screened))
                return
        talk = talk_of(simplify(screened.text))
        if talk is not None:
            for event in turn.small_talk(talk):
                yield event
            return
        understood = understand(question, screened.text)
        if understood.other_region is not None:
            for event in turn.other_region():
                yield event
            return
        recognition, retrieved = await asyncio.to_thread(self._find, question, understood)
        items = self._items(recognition, understood)
        yield ItemRecognized(recognition=recognition, items=tuple(ref_of(item) for item in items))
        async for event in self._tell(turn, recognition, retrieved, screened):
            yield event

    def recognize(self, question: Question) -> Recognition:
        """The front half of the turn alone, for evaluations: what `answer` would decide about the item."""
        screened = inbound.screen(question.text)
        understood = understand(question, screened.text)
        found = recognize(self._recognizer, question, understood)
        refused = screened.action in {InboundAction.REFUSE, InboundAction.UNREADABLE}
        if refused or understood.other_region is not None or talk_of(simplify(screened.text)) is not None:
            return replace(found, decision=Decision.NONE, accepted=(), choices=())
        return found

    def _find(self, question: Question, understood: Understood) -> tuple[Recognition, Retrieved]:
        recognition = recognize(self._recognizer, question, understood)
        return recognition, self._retriever.retrieve(understood, recognition)

    def _items(self, recognition: Recognition, understood: Understood) -> tuple[ServiceItem, ...]:
        if recognition.decision is not Decision.ACCEPT:
            return ()
        found = (self._knowledge.item(slug, understood.as_of) for slug in recognition.accepted)
        return tuple(item for item in found if item is not None)

    async def _tell(
        self, turn: "_Turn", recognition: Recognition, retrieved: Retrieved, screened: Screened
    ) -> AsyncIterator[Event]:
        grounds = retrieved.grounds
        turn.degraded = retrieved.degraded
        if not grounds.statements:
            for event in self._no_answer(turn, recognition, grounds, screened):
                yield event
            return
        async for event in turn.compose(grounds, self._composer, self._fallback):
            yield event
        if not turn.has_answered:
            for event in turn.stopped_by_guard(grounds):
                yield event
            return
        for event in turn.what_is_missing_and_next(grounds):
            yield event
        yield turn.finish(Status.ANSWERED, Why.GROUNDED, item=_slug(grounds))

    def _no_answer(
        self, turn: "_Turn", recognition: Recognition, grounds: Grounds, screened: Screened
    ) -> Iterator[Event]:
        if screened.action is InboundAction.SIGNPOST:
            yield turn.finish(Status.HANDOFF, Why.CRISIS)
        elif turn.degraded is not None and not grounds.items and recognition.decision is Decision.NONE:
            yield from turn.search_broken()
        elif recognition.decision is Decision.CLARIFY:
            choices = [self._knowledge.item(slug, grounds.understood.as_of) for slug in recognition.choices]
            yield question_back([item for item in choices if item is not None], turn.phrases)
            yield turn.finish(Status.CLARIFY, Why.ITEM_AMBIGUOUS)
        elif grounds.items or grounds.policies:
            yield from turn.unconfirmed(grounds)
        else:
            yield from turn.nothing_fits()


class _Turn:
    """What one turn has said so far: sentence numbers, citations, and the guard's findings."""

    def __init__(self, guard: OutboundGuard, phrases: Phrasebook, flags: tuple[Flag, ...]) -> None:
        self.phrases = phrases
        self.degraded: str | None = None
        self._guard = guard
        self._flags = list(flags)
        self._citations = Citations()
        self._next_id = 1
        self._answer: list[int] = []
        self._composer = "grounded"

    @property
    def has_answered(self) -> bool:
        """True where at least one sentence with a source stands."""
        return bool(self._answer)

    def notice(self, text: str) -> Iterator[Event]:
        """One of our own sentences, without a source."""
        yield Sentence(id=self._take_id(), text=notice(text))

    async def compose(self, grounds: Grounds, composer: Composer, fallback: Composer) -> AsyncIterator[Event]:
        """Sentences as they are approved; where the composer fails or is stopped, all again by the fallback."""
        if composer is not fallback:
            try:
                async for piece in composer.compose(grounds):
                    events = self._approved(piece)
                    if events is None:
                        break
                    for event in events:
                        yield event
                else:
                    if self.has_answered:
                        self._composer = composer.name
                        return
            except ModelUnavailable as why:
                self._flags.append(Flag(check="model", reason=type(why.__cause__ or why).__name__))
            if self._answer:
                yield SentencesReplaced(ids=tuple(self._answer), reason=notice(self.phrases.replaced))
                self._answer = []
        self._composer = fallback.name
        async for piece in fallback.compose(grounds):
            for event in self._approved(piece) or ():
                yield event

    def _approved(self, piece: Piece) -> list[Event] | None:
        """The events of one sentence; None where the guard stops it or it rests on nothing."""
        if not piece.statements:
            self._flags.append(Flag(check="no_source", reason="a sentence named no statement"))
            return None
        verdict = self._guard.check(piece.draft())
        if isinstance(verdict, Stopped):
            self._flags.append(Flag(check=verdict.check, reason=verdict.reason))
            return None
        numbers, fresh = self._citations.add(piece.statements)
        sentence = Sentence(id=self._take_id(), text=verdict, citations=numbers)
        self._answer.append(sentence.id)
        return [SourcesFound(citations=fresh), sentence] if fresh else [sentence]

    def small_talk(self, talk: Talk) -> Iterator[Event]:
        """The answer to a message that asks for no service."""
        yield from self.notice(self.phrases.talk[talk])
        if talk is Talk.PERSON:
            yield from ways_to_people(self.phrases)
            yield self.finish(Status.HANDOFF, Why.PERSON_WANTED)
        else:
            yield self.finish(Status.ANSWERED, Why.SMALL_TALK)

    def other_region(self) -> Iterator[Event]:
        """Nothing is said about other places' rules."""
        yield from self.notice(self.phrases.other_region)
        yield from self.notice(self.phrases.other_region_way_on)
        yield self.finish(Status.CANNOT_ANSWER, Why.OTHER_REGION)

    def search_broken(self) -> Iterator[Event]:
        """Nothing found because nothing could be searched."""
        yield from self.notice(self.phrases.search_broken)
        yield from ways_to_people(self.phrases)
        yield self.finish(Status.CANNOT_ANSWER, Why.SEARCH_BROKEN)

    def nothing_fits(self) -> Iterator[Event]:
        """No item, no policy, no passage."""
        yield from self.notice(self.phrases.no_item)
        yield from self.notice(self.phrases.way_on)
        yield from ways_to_people(self.phrases)
        yield self.finish(Status.CANNOT_ANSWER, Why.NO_ITEM)

    def unconfirmed(self, grounds: Grounds) -> Iterator[Event]:
        """The item is known, what was asked about it has no reliable source."""
        for piece in about_pieces(grounds):
            yield from self._approved(piece) or ()
        for facet in grounds.unconfirmed[:2]:
            yield from self.notice(self.phrases.unconfirmed[facet])
        yield from self._cards_and_steps(grounds)
        yield from ways_to_people(self.phrases)
        yield self.finish(Status.CANNOT_ANSWER, Why.FACT_UNVERIFIED, item=_slug(grounds))

    def stopped_by_guard(self, grounds: Grounds) -> Iterator[Event]:
        """No sentence of the answer could leave."""
        yield from self.notice(self.phrases.guard_stopped)
        yield from self.notice(self.phrases.way_on)
        yield from ways_to_people(self.phrases)
        yield self.finish(Status.CANNOT_ANSWER, Why.GUARD_STOPPED, item=_slug(grounds))

    def what_is_missing_and_next(self, grounds: Grounds) -> Iterator[Event]:
        """After the answer: what could not be confirmed, the card, the next questions."""
        for facet in grounds.unconfirmed[:2]:
            yield from self.notice(self.phrases.unconfirmed[facet])
        yield from self._cards_and_steps(grounds)
        if grounds.unconfirmed:
            yield from ways_to_people(self.phrases)[:1]

    def finish(self, status: Status, why: Why, item: str | None = None) -> TurnFinished:
        """The end of the turn."""
        return TurnFinished(
            status=status,
            why=why,
            item=item,
            flags=tuple(dict.fromkeys(self._flags)),
            composer=self._composer,
            degraded=self.degraded,
        )

    def _cards_and_steps(self, grounds: Grounds) -> Iterator[Event]:
        focus = next(iter(grounds.understood.facets), None)
        for item in grounds.items[:_MOST_CARDS]:
            yield card_of(item, focus, self._citations.numbers, self.phrases)
        steps: Iterable[NextStep] = next_questions(grounds, self.phrases)
        yield from steps

    def _take_id(self) -> int:
        self._next_id += 1
        return self._next_id - 1


def _notice_of(screened: Screened, phrases: Phrasebook) -> str:
    own = screened.notice_en if phrases is phrases_for("en") else screened.notice
    return own or phrases.way_on


def _refusal(screened: Screened) -> tuple[Status, Why]:
    if screened.action is InboundAction.UNREADABLE:
        return Status.CANNOT_ANSWER, Why.UNREADABLE
    injected = screened.reason == "prompt_injection"
    return Status.REFUSED, Why.PROMPT_INJECTION if injected else Why.UNSAFE_REQUEST


def about_pieces(grounds: Grounds) -> Iterator[Piece]:
    """Which item the honest silence is about, in the sheet's own words."""
    for statement in grounds.background:
        if statement.id.endswith("#overview") and statement.may_be_stated:
            yield Piece(text=f"您问的是「{statement.title}」。", wording=Wording.COMPOSED, statements=(statement,))
            return


def _slug(grounds: Grounds) -> str | None:
    return grounds.items[0].slug if grounds.items else None
