"""Draws suggestions: the turn that a citizen would get, asked with the dialogue of the handoff."""

from collections import OrderedDict
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import date
from threading import Lock
from typing import Protocol

from assistant.clerk.suggestion import Suggestion, SuggestionKind, suggestion_of
from assistant.clerk.told import Told
from assistant.dialogue import Question
from assistant.events import Event, ItemRecognized, QuestionBack, Status
from assistant.transcript import Transcript, collect
from guardrails.entered import Entered, show_entered
from guardrails.outbound import notice

_KEPT = 500
_GREETING = "您好，我是工作人员，前面的情况我都看到了，不用再说一遍。"
_LOOKING = "您好，我是工作人员。请您说说要办什么事，我来帮您。"


class Turns(Protocol):
    """The one way to answer."""

    def answer(self, question: Question) -> AsyncIterator[Event]:
        """The events of one turn."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What the turn gave: suggestions, the best first, and the turn itself for item, sources and question back."""

    suggestions: tuple[Suggestion, ...]
    turn: Transcript | None

    @property
    def recognized(self) -> ItemRecognized | None:
        """What the message is about."""
        return self.turn.recognized if self.turn else None

    @property
    def question(self) -> QuestionBack | None:
        """What the turn would ask."""
        return self.turn.question if self.turn else None


class Suggesting:
    """Draws suggestions, each turn once however many desks look at it."""

    def __init__(self, turns: Turns) -> None:
        self._turns = turns
        self._drawn: OrderedDict[tuple[Told, date], Drawn] = OrderedDict()
        self._lock = Lock()

    async def draw(self, told: Told, today: date) -> Drawn:
        """Suggestions for where the dialogue stands."""
        key = (replace(told, seq=0), today)  # a line that is no message leaves the dialogue as it was
        with self._lock:
            if key in self._drawn:
                self._drawn.move_to_end(key)
                return self._drawn[key]
        drawn = await self._draw(told, today)
        with self._lock:
            self._drawn[key] = drawn
            while len(self._drawn) > _KEPT:
                self._drawn.popitem(last=False)
        return drawn

    async def _draw(self, told: Told, today: date) -> Drawn:
        turn = None
        if told.open_question:
            question = Question(
                text=told.open_question,
                as_of=today,
                history=told.history,
                region=told.region or "上海市",
                current=told.item,
                language=told.language,
            )
            turn = await collect(self._turns.answer(question))
        found = _suggestions(told, turn)
        return Drawn(suggestions=tuple({s.id: s for s in found}.values()), turn=turn)


def _suggestions(told: Told, turn: Transcript | None) -> list[Suggestion]:
    greeting = () if told.person_has_spoken else (notice(_GREETING if told.questions else _LOOKING),)
    found: list[Suggestion] = []
    if turn is not None and turn.finished.status is Status.ANSWERED and turn.citations:
        lines = (*greeting, *(sentence.text for sentence in turn.sentences))
        found.append(suggestion_of(told.ticket, SuggestionKind.ANSWER, lines, turn.citations))
    if turn is not None and turn.question is not None:
        found.append(suggestion_of(told.ticket, SuggestionKind.QUESTION, (*greeting, turn.question.text)))
    if greeting:
        found.append(suggestion_of(told.ticket, SuggestionKind.GREETING, greeting))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class BesideNote:
    """A clerk's note as it is shown, and the suggestions that stand beside it."""

    note: Entered
    drawn: Drawn


async def draw_beside_note(suggesting: Suggesting, told: Told, note: str, today: date) -> BesideNote:
    """The channel `clerk_note`: the note is shown as data, and the suggestions are drawn without it."""
    return BesideNote(note=show_entered(note), drawn=await suggesting.draw(told, today))
