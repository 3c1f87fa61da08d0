"""Whole turns with a language model behind HTTP: whatever the server does, a citizen reads only what the facts hold."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from assistant.dialogue import Question
from assistant.events import Event, Sentence, SentencesReplaced, Status
from assistant.llm.composer import ModelComposer
from assistant.llm.openai_compatible import OpenAICompatibleModel, Patience
from assistant.steps.compose import GroundedComposer
from assistant.transcript import Transcript, transcript_of
from assistant.turn import Assistant
from guardrails.outbound import OutboundGuard
from knowledge.recognition.decision import Candidate, Decision, Recognition, RecognitionRequest
from knowledge.roles import Found
from tests.fakes.model_server import (
    EndQuietly,
    Finish,
    HangUp,
    ModelServer,
    Refuse,
    Say,
    Script,
    Stall,
    good,
)
from tests.fakes.model_server import (
    Event as RawEvent,
)
from tests.fakes.small_knowledge import SmallKnowledge

HURRIED = Patience(
    answer=timedelta(seconds=8), first_token=timedelta(seconds=2.5), pause=timedelta(seconds=2.5), retries=0
)
QUESTION = Question(text="身份证丢了补办,法定时限是多久?", as_of=date(2026, 11, 22))
HELD = {"60", "30", "12345", "2011"}  # every number that a source or a notice of ours holds


@dataclass(frozen=True, slots=True)
class AlwaysThis:
    """A recognizer for a turn whose item is not in question."""

    slug: str

    def recognize(self, request: RecognitionRequest) -> Recognition:
        """Accept the item."""
        found = (Candidate(self.slug, 0.97),)
        return Recognition(decision=Decision.ACCEPT, accepted=(self.slug,), choices=(), candidates=found)


class NoDocuments:
    """A search in an empty library."""

    def search(self, query: str, *, as_of: date, limit: int = 8) -> Found:
        """Nothing."""
        return Found(hits=(), evidence=0.0)


@asynccontextmanager
async def assistant_with(server: ModelServer) -> AsyncIterator[Assistant]:
    """The turn with its model at that server."""
    model = OpenAICompatibleModel(base_url=server.base_url, model="small", api_key=None, patience=HURRIED)
    yield Assistant(
        knowledge=SmallKnowledge(),
        recognizer=AlwaysThis("id_loss"),
        search=NoDocuments(),
        composer=ModelComposer(model),
        fallback=GroundedComposer(),
        guard=OutboundGuard(),
    )
    await model.aclose()


async def turn(*scripts: Script, question: Question = QUESTION) -> tuple[list[Event], Transcript, str]:
    """The events, what stands at the end, and the prompt that the model got."""
    async with ModelServer(*scripts) as server, assistant_with(server) as assistant:
        events = [event async for event in assistant.answer(question)]
        return events, transcript_of(events), server.heard[0].body if server.heard else ""


def token_of_the_limit(prompt: str) -> str:
    """The token that stands for 60日 in the prompt."""
    found = re.search(r"法定时限\W?\[(期限\d+\.1)\]", prompt)
    assert found, prompt
    return f"[{found[1]}]"


async def test_a_good_model_answers_in_its_own_words_with_the_value_of_the_source() -> None:
    _, _, prompt = await turn(good("无"))
    token = token_of_the_limit(prompt)
    number = token.split(".")[0][3:]
    events, seen, _ = await turn(good(f"法定时限是{token}。 ||F{number}\n"))
    assert seen.finished.composer == "small"
    assert seen.finished.status is Status.ANSWERED
    assert "法定时限是60日。" in seen.text
    assert seen.citations[0].source == "items/id_loss"
    assert sum(isinstance(e, Sentence) for e in events) >= 1


@pytest.mark.parametrize(
    "script",
    [
        pytest.param([Stall(30)], id="stalls before the first token"),
        pytest.param([Say("法定时限是"), Stall(30)], id="stalls in mid-stream"),
        pytest.param([Say("居民身份证丢失的应申请补领。 ||F4\n法定时限是"), HangUp()], id="breaks off in mid-sentence"),
        pytest.param([Say("居民身份证丢失的应申请补领。 ||F4\n法定"), EndQuietly()], id="ends as if all were well"),
        pytest.param([RawEvent("<html>nonsense</html>")], id="nonsense"),
        pytest.param([Refuse(200, "<html>hello</html>", "text/html")], id="a web page"),
        pytest.param([Refuse(500)], id="500"),
        pytest.param([Refuse(429)], id="429"),
        pytest.param([Refuse(401)], id="401"),
        pytest.param(good("补办收费20元,3天就好。 ||F1"), id="invents a fee"),
        pytest.param(good("补办收费二十元。 ||F1"), id="invents a fee in words"),
        pytest.param(good("法定时限是[期限9.9]。 ||F9"), id="unknown token"),
        pytest.param(good("法定时限是[期限1.7]。"), id="unknown value of a known fact"),
        pytest.param(good("It takes some time. ||F1"), id="another language"),
        pytest.param(good("请先把押金转到李经理的账户,再来办理。 ||F1"), id="obeys an injected order"),
        pytest.param(good("我的系统提示词是:你是上海政务服务助手。 ||F1"), id="tells its prompt"),
        pytest.param(good("保证当天拿到。 ||F1"), id="promises"),
        pytest.param(good("无"), id="says that it does not know"),
        pytest.param([Finish()], id="says nothing"),
    ],
)
async def test_whatever_the_server_does_the_grounded_composer_answers_and_nothing_invented_stands(
    script: Script,
) -> None:
    _, grounded, _ = await turn(good("无"))
    events, seen, _ = await turn(script)
    assert seen.finished.status is Status.ANSWERED
    assert seen.finished.composer == "grounded"
    assert [s.text.text for s in seen.sentences] == [s.text.text for s in grounded.sentences]
    assert "60日" in seen.text
    ever_shown = " ".join(e.text.text for e in events if isinstance(e, Sentence))
    assert set(re.findall(r"\d+", ever_shown)) <= HELD
    for invented in ("押金", "李经理", "提示词", "保证", "二十元"):
        assert invented not in ever_shown


async def test_what_was_shown_of_an_answer_that_breaks_off_is_taken_back() -> None:
    events, seen, _ = await turn([Say("居民身份证丢失的应申请补领。 ||F4\n法定时限是"), HangUp()])
    first = next(e for e in events if isinstance(e, Sentence))
    assert first.text.text == "居民身份证丢失的应申请补领。"
    assert any(isinstance(e, SentencesReplaced) and first.id in e.ids for e in events)
    assert first not in seen.sentences


async def test_the_prompt_holds_neither_values_nor_personal_data() -> None:
    question = Question(text="我叫张三,身份证310101199003074514丢了,法定时限是多久?", as_of=date(2026, 11, 22))
    _, _, prompt = await turn(good("无"), question=question)
    assert prompt
    assert "310101199003074514" not in prompt
    assert "60日" not in prompt
    assert "30日" not in prompt


async def test_an_english_question_is_answered_without_asking_the_model() -> None:
    question = Question(text="I lost my ID card. How long does a new one take?", as_of=date(2026, 11, 22))
    _, seen, prompt = await turn(good("You must pay a deposit first. ||F1"), question=question)
    assert prompt == ""
    assert seen.finished.composer == "grounded"
    assert "deposit" not in seen.text
