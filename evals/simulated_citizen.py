"""A citizen with a question and a temper, talking to the whole turn until it is settled or patience is over."""

import random
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Protocol

from assistant.dialogue import Question, Speaker, Utterance
from assistant.events import Event, Status
from assistant.transcript import Transcript, collect
from evals.citizen_wording import BACK, DIGRESSIONS, PERSON, Wording, with_a_typo
from evals.samples import AnswerCase
from evals.scorers.citation_spans import states

TYPING, DIGRESSING, CHECKING, LEAVING, PATIENCE = 0.25, 0.2, 0.3, 0.35, (2, 3, 4)
"""How many citizens mistype their first message, ask something in between, notice at once that something is missing, go
away when their patience is over instead of asking for a person; and how often they try. Set, not measured."""


class Resolution(StrEnum):
    """What became of the question. Who had to come back counts as reopened, whatever came then."""

    ALONE = "alone"
    PERSON = "person"
    UNRESOLVED = "unresolved"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True, kw_only=True)
class Temper:
    """How this citizen is: drawn from the id of the case, so that a case is always asked by the same one."""

    patience: int
    mistypes: bool
    digresses: bool
    checks: bool
    leaves: bool

    @classmethod
    def of(cls, chance: random.Random) -> "Temper":
        """One citizen."""
        return cls(
            patience=chance.choice(PATIENCE),
            mistypes=chance.random() < TYPING,
            digresses=chance.random() < DIGRESSING,
            checks=chance.random() < CHECKING,
            leaves=chance.random() < LEAVING,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One message and what came back."""

    citizen: str
    xiaoshen: str
    status: str
    milliseconds: float


class Answering(Protocol):
    """What a citizen talks to: the whole turn."""

    def answer(self, question: Question) -> AsyncIterator[Event]:
        """The events of one turn."""
        ...


@dataclass(slots=True)
class SimulatedCitizen:
    """One conversation. Mutable: it is one."""

    assistant: Answering
    case: AnswerCase
    day: date
    wording: Wording
    said: list[Exchange] = field(default_factory=list)
    _history: list[Utterance] = field(default_factory=list)
    _current: str | None = None

    async def talk(self) -> Resolution:
        """From the first message to the end."""
        chance = random.Random(self.case.id)  # noqa: S311 - reproducible, no secret
        temper, goal = Temper.of(chance), self.case.question
        message = with_a_typo(goal, chance) if temper.mistypes else goal
        for n in range(temper.patience):
            heard = await self._choose(await self._say(message))
            if n == 0 and temper.digresses:
                await self._say(chance.choice(DIGRESSIONS))
            if heard.finished.status is Status.HANDOFF:
                return Resolution.PERSON
            if heard.finished.status is Status.ANSWERED:
                if self._is_told():
                    return Resolution.ALONE
                if not temper.checks:  # leaves content, and finds out later
                    await self._say(BACK.format(goal))
                    return Resolution.REOPENED
            message = await self.wording.again(goal, message, heard.text, chance)
        if temper.leaves:
            return Resolution.UNRESOLVED
        asked = await self._say(PERSON)
        return Resolution.PERSON if asked.finished.status is Status.HANDOFF else Resolution.UNRESOLVED

    def _is_told(self) -> bool:
        """True where all that was wanted was stated, and nothing false; never where nothing can be known."""
        text = "\n".join(one.xiaoshen for one in self.said)
        wrong = any(states(text, [one]) for one in self.case.forbidden)
        return self.case.answerable and not wrong and all(states(text, fact) for fact in self.case.facts)

    async def _choose(self, heard: Transcript) -> Transcript:
        """Press the button of the item that is meant, where one is offered."""
        if heard.finished.status is not Status.CLARIFY or heard.question is None:
            return heard
        meant = {one.removeprefix("items/") for one in self.case.citations}
        choice = next((c for c in heard.question.choices if c.item in meant), None)
        return await self._say(choice.send.text) if choice is not None else heard

    async def _say(self, text: str) -> Transcript:
        began = time.perf_counter()
        question = Question(
            text=text,
            as_of=self.case.as_of or self.day,
            history=tuple(self._history),
            region=self.case.region or "上海市",
            current=self._current,
        )
        heard = await collect(self.assistant.answer(question))
        elapsed = (time.perf_counter() - began) * 1000
        self._history += [Utterance(Speaker.CITIZEN, text), Utterance(Speaker.XIAOSHEN, heard.text)]
        self._current = heard.finished.item or self._current
        self.said.append(
            Exchange(citizen=text, xiaoshen=heard.text, status=heard.finished.status.value, milliseconds=elapsed)
        )
        return heard
