"""Simulated citizens end in all four ways: alone, with a person, given up, and come back."""

from collections.abc import AsyncIterator
from datetime import date

import pytest

from assistant.dialogue import Question
from assistant.events import Event, Sentence, Status, TurnFinished, Why
from evals.citizen_wording import PERSON, ScriptedWording
from evals.samples import AnswerCase
from evals.simulated_citizen import Resolution, SimulatedCitizen
from guardrails.outbound import quote

DAY = date(2026, 11, 22)


class Office:
    """Says the same to every question; knows what asking for a person means."""

    def __init__(self, says: str) -> None:
        self._says = says

    async def answer(self, question: Question) -> AsyncIterator[Event]:
        if question.text == PERSON:
            yield TurnFinished(status=Status.HANDOFF, why=Why.NO_ITEM)
        elif self._says:
            yield Sentence(id=1, text=quote(self._says, "items/dog_reg"))
            yield TurnFinished(status=Status.ANSWERED, why=Why.GROUNDED)
        else:
            yield TurnFinished(status=Status.CANNOT_ANSWER, why=Why.NO_ITEM)


async def endings(says: str) -> set[Resolution]:
    """Of forty citizens, each with a temper of their own."""
    cases = [AnswerCase(id=f"c{n}", question="养犬登记多少钱", answerable=True, facts=[["500元"]]) for n in range(40)]
    talks = [SimulatedCitizen(assistant=Office(says), case=c, day=DAY, wording=ScriptedWording()) for c in cases]
    return {await talk.talk() for talk in talks}


@pytest.mark.parametrize(
    ("says", "ways"),
    [
        ("一年500元。", {Resolution.ALONE}),
        ("一年300元。", {Resolution.REOPENED, Resolution.PERSON, Resolution.UNRESOLVED}),
        ("", {Resolution.PERSON, Resolution.UNRESOLVED}),
    ],
)
async def test_a_conversation_ends_as_what_was_said_and_the_temper_make_it(says: str, ways: set[Resolution]) -> None:
    assert await endings(says) == ways
