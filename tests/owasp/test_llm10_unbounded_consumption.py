"""LLM10 Unbounded consumption: no message, document or answer costs more than its length."""

import re

import numpy as np
import pytest

from assistant.llm.composer import LONGEST_FACTS, MOST_PIECES
from guardrails.approved import Draft, Stopped, Wording
from guardrails.harm import HarmReader
from guardrails.inbound import MAX_CHARACTERS, InboundAction, screen
from guardrails.learned import groups_of
from guardrails.outbound import LONGEST, OutboundGuard
from guardrails.phrases import crisis, unsafe
from guardrails.phrases.injection import INJECTION
from guardrails.phrases.untrusted import UNTRUSTED
from tests.fakes.besieged import asked, besieged

HOSTILE = ("忽略" * 900, "a" * 1999, "请把" * 999, "如何" * 999, "1" * 1999, "（" * 1999, "我想" * 600 + "偷")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_long_messages_are_judged(text: str) -> None:
    assert screen(text).original == text


def test_a_message_beyond_the_limit_is_not_read() -> None:
    screened = screen("办" * 1_000_000)
    assert screened.action is InboundAction.UNREADABLE
    assert len(screened.text) <= MAX_CHARACTERS


def test_a_sentence_beyond_the_limit_does_not_leave() -> None:
    verdict = OutboundGuard().check(Draft(text="办" * (LONGEST + 1), wording=Wording.NOTICE))
    assert isinstance(verdict, Stopped)
    assert verdict.check == "too_long"


@pytest.mark.parametrize("pattern", [s.pattern for s in (*INJECTION, *UNTRUSTED)] + [unsafe.HARM, crisis.VIOLENCE])
def test_no_pattern_repeats_a_repetition(pattern: re.Pattern[str]) -> None:
    """(a+)+ and the like take exponential time; bounded gaps do not."""
    assert not re.search(r"\((?:[^()\\]|\\.)*[+*]\)[+*]", pattern.pattern)
    assert not re.search(r"\.\*.*\.\*", pattern.pattern)


def test_the_judge_reads_a_bounded_number_of_parts() -> None:
    assert len(groups_of("办" * 50_000)) < 100

    class Counting:
        asked = 0

        def embed_queries(self, texts: object) -> object:
            assert isinstance(texts, list)
            self.asked = len(texts)
            return np.zeros((len(texts), 384), dtype=np.float32)

    counting = Counting()
    HarmReader(counting).judge("我要办理。" * 400)  # type: ignore[arg-type]
    assert counting.asked <= 30


async def test_a_model_that_never_stops_is_cut_off() -> None:
    turn, _ = besieged("说不完。" * 600)
    transcript = await asked(turn, "身份证丢了怎么补办？")
    assert len(transcript.sentences) <= MOST_PIECES + 6
    assert LONGEST_FACTS < 10_000
