"""Tells an answer: numbers its sentences and sources, passes each by the guard, and ends the turn."""

from collections.abc import AsyncIterator, Iterable, Iterator, Sequence

from assistant.errors import ModelUnavailable
from assistant.events import (
    Event,
    Flag,
    NextStep,
    Sentence,
    SentencesReplaced,
    SourcesFound,
    Status,
    TurnFinished,
    Why,
)
from assistant.phrases import Phrasebook
from assistant.steps.cards import card_of
from assistant.steps.cite import Citations
from assistant.steps.compose import about_pieces
from assistant.steps.grounds import Composer, Grounds, Piece
from assistant.steps.small_talk import Talk
from assistant.steps.suggest import next_questions, ways_to_people
from guardrails.approved import Approved, Stopped
from guardrails.outbound import OutboundGuard, notice
from knowledge.items import FactStatus, ServiceItem
from knowledge.statements import Facet

_MOST_CARDS = 2


class Telling:
    """What one turn has said so far: sentence numbers, citations, and the guard's findings.

    `degraded` says which search did not answer; `offered` are the choices of the turn before that none was taken of.
    """

    def __init__(self, guard: OutboundGuard, phrases: Phrasebook, flags: tuple[Flag, ...]) -> None:
        self.phrases = phrases
        self.degraded: str | None = None
        self.offered: Sequence[ServiceItem] = ()
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

    def approved(self, text: Approved) -> Iterator[Event]:
        """A sentence that passed the guard already and needs no source: what a case says."""
        yield Sentence(id=self._take_id(), text=text)

    def flag(self, stopped: Stopped) -> None:
        """Keep a finding of the guard for the audit."""
        self._flags.append(Flag(check=stopped.check, reason=stopped.reason))

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
        match talk:
            case Talk.PERSON:
                # the call only: a button that asks for a person again would lead in a circle
                yield from ways_to_people(self.phrases)[:1]
                yield self.finish(Status.HANDOFF, Why.PERSON_WANTED)
            case Talk.NONE_OF_THESE:
                yield from ways_to_people(self.phrases)[:1]
                yield self.finish(Status.CLARIFY, Why.ITEM_AMBIGUOUS)
            case _:
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

    def nothing_fits(self, why: Why = Why.NO_ITEM) -> Iterator[Event]:
        """No item, no policy, no passage; or a document that says nothing about it."""
        yield from self.notice(self.phrases.no_evidence if why is Why.NO_EVIDENCE else self.phrases.no_item)
        yield from self.notice(self.phrases.way_on)
        yield from ways_to_people(self.phrases)
        yield self.finish(Status.CANNOT_ANSWER, why)

    def unconfirmed(self, grounds: Grounds) -> Iterator[Event]:
        """The item is known, what was asked about it has no reliable source."""
        for piece in about_pieces(grounds):
            yield from self._approved(piece) or ()
        for facet in grounds.unconfirmed[:2]:
            yield from self.notice(self.phrases.unconfirmed[facet])
        yield from self._cards_and_steps(grounds)
        yield from ways_to_people(self.phrases)
        yield self.finish(Status.CANNOT_ANSWER, Why.FACT_UNVERIFIED, item=item_of(grounds))

    def stopped_by_guard(self, grounds: Grounds) -> Iterator[Event]:
        """No sentence of the answer could leave."""
        yield from self.notice(self.phrases.guard_stopped)
        yield from self.notice(self.phrases.way_on)
        yield from ways_to_people(self.phrases)
        yield self.finish(Status.CANNOT_ANSWER, Why.GUARD_STOPPED, item=item_of(grounds))

    def what_is_missing_and_next(self, grounds: Grounds) -> Iterator[Event]:
        """After the answer: what could not be confirmed, the card, the next questions."""
        if _lists_materials_in_part(grounds):
            yield from self.notice(self.phrases.more_materials)
        for facet in grounds.unconfirmed[:2]:
            yield from self.notice(self.phrases.unconfirmed[facet])
        yield from self._cards_and_steps(grounds)
        if grounds.unconfirmed:
            yield from ways_to_people(self.phrases)[:1]

    def announced(self, pieces: Iterable[Piece]) -> Iterator[Event]:
        """What is published and begins later, each sentence with its day."""
        for piece in pieces:
            yield from self._approved(piece) or ()

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


def item_of(grounds: Grounds) -> str | None:
    """The slug of the item talked about, to be handed back with the next message."""
    return grounds.items[0].slug if grounds.items else None


def _lists_materials_in_part(grounds: Grounds) -> bool:
    """True where an answer lists materials of an item that has more, unconfirmed: a list must not look complete."""
    listed = {s.source for s in grounds.statements if s.facet is Facet.MATERIALS and s.question is None}
    return any(
        item.source in listed and any(m.status is not FactStatus.SOURCED for m in item.materials)
        for item in grounds.items
    )
