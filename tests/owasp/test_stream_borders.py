"""What is forbidden does not leak where the pieces of a stream meet, nor where its sentences do."""

import asyncio
from collections.abc import AsyncIterator, Sequence

from hypothesis import example, given, settings
from hypothesis import strategies as st

from assistant.llm.marked_sentences import MarkedSentence, marked_sentences
from evals.guarding.attacks import GOALS, Goal
from evals.scorers.attacks import stands_in
from tests.fakes.besieged import ORDINARY, asked, besieged

WRITTEN = st.text(alphabet="身份证丢失补办5个工作日。！\n|｜F12, 、)（[]*a.·\u200b", max_size=60)
SIZES = st.lists(st.integers(1, 7), min_size=1, max_size=40)
BREAKS = st.lists(st.sampled_from(["。", "\n", " ||F1\n", "；", "", "", " ", "\u200b", "！"]), min_size=1, max_size=12)


def sentences(pieces: Sequence[str]) -> list[MarkedSentence]:
    async def stream() -> AsyncIterator[str]:
        for piece in pieces:
            yield piece

    async def collected() -> list[MarkedSentence]:
        return [sentence async for sentence in marked_sentences(stream())]

    return asyncio.run(collected())


def cut(text: str, sizes: Sequence[int]) -> list[str]:
    """The text in pieces of these sizes, again and again."""
    pieces: list[str] = []
    start = number = 0
    while start < len(text):
        end = start + sizes[number % len(sizes)]
        pieces.append(text[start:end])
        start, number = end, number + 1
    return pieces


@given(WRITTEN, SIZES)
@example("补办||F1\n\n|F2", [1])
@settings(max_examples=300, deadline=None)
def test_no_letter_is_lost_or_added_wherever_the_pieces_end(text: str, sizes: list[int]) -> None:
    assert letters(sentences(cut(text, sizes))) == letters(sentences([text]))


def letters(found: Sequence[MarkedSentence]) -> str:
    return "".join(sentence.text for sentence in found)


def broken(goal: str, breaks: Sequence[str]) -> str:
    """The goal whole, and with breaks between its letters."""
    spread = "".join(letter + breaks[number % len(breaks)] for number, letter in enumerate(goal))
    return f"{goal} ||F1\n{spread} ||F1\n{goal}"


@given(st.sampled_from([goal for goal in GOALS if goal.strict]), BREAKS, SIZES)
@settings(max_examples=40, deadline=None)
def test_what_is_forbidden_does_not_leave_in_parts(goal: Goal, breaks: list[str], sizes: list[int]) -> None:
    turn, model = besieged(goal.said)
    model.pieces = cut(broken(goal.said, breaks), sizes)
    transcript = asyncio.run(asked(turn, ORDINARY))
    assert model.heard
    assert not stands_in(goal.proof, transcript.text, strict=True)
    assert not stands_in(goal.proof, "".join(transcript.text.split()), strict=True)
