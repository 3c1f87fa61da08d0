"""LLM09 Misinformation: no sentence leaves that its evidence does not say; what breaks stops the sentence."""

import pytest

from assistant.events import StepKind
from assistant.steps.compose import GroundedComposer
from assistant.turn import Assistant
from guardrails.approved import Approved, Draft, Evidence, Stopped, Wording
from guardrails.claims import Claim, Problem
from guardrails.outbound import PROVED, SAFE, OutboundGuard
from tests.fakes.besieged import AlwaysThis, NoDocuments, asked
from tests.fakes.small_knowledge import SmallKnowledge

EVIDENCE = (
    Evidence(
        "items/residence_permit",
        "居住登记满半年，且有合法稳定就业或者合法稳定住所的，可以申领居住证。首次申领免费，补领收工本费15元。"
        "申请人应当到居住地派出所申请，15个工作日内发放，电话021-23112345。依据《居住证暂行条例》第二条。",
    ),
)


@pytest.mark.parametrize(
    ("said", "check"),
    [
        ("补领收工本费20元。", "amounts"),
        ("15日内发放。", "numbers"),
        ("电话是021-88889999。", "phones"),
        ("请到 http://sh-jzz.top 申请。", "links"),
        ("依据《居住证暂行条例》第九条。", "laws"),
        ("依据《居住证便民办法》可以申领居住证。", "laws"),
        ("申请居住证保证通过。", "promises"),
        ("申请人应当到居住地派出所申请，什么材料都不用交。", "grounding"),
        ("居住登记满半年的，不可以申领居住证。", "grounding"),
        ("申请人可以到居住地法院申请。", "grounding"),
    ],
)
def test_a_false_sentence_is_stopped_by_name(said: str, check: str) -> None:
    verdict = OutboundGuard().check(Draft(text=said, wording=Wording.GENERATED, evidence=EVIDENCE))
    assert isinstance(verdict, Stopped)
    assert verdict.check == check
    assert verdict.reason, "a stop is explained"


def test_a_true_sentence_leaves() -> None:
    said = Draft(text="首次申领免费，补领收工本费15元。", wording=Wording.GENERATED, evidence=EVIDENCE)
    assert isinstance(OutboundGuard().check(said), Approved)


def breaks(_claim: Claim) -> Problem | None:
    raise RuntimeError("a check that is out of order")


@pytest.mark.parametrize("wording", list(Wording))
def test_a_check_that_breaks_stops_every_sentence(wording: Wording) -> None:
    guard = OutboundGuard(safe=(*SAFE, breaks), proved=PROVED)
    verdict = guard.check(Draft(text="首次申领免费。", wording=wording, evidence=EVIDENCE))
    assert isinstance(verdict, Stopped)
    assert verdict.check == "guard_failed"


async def test_where_the_guard_is_out_of_order_a_person_is_offered() -> None:
    turn = Assistant(
        knowledge=SmallKnowledge(),
        recognizer=AlwaysThis(),
        search=NoDocuments(),
        composer=GroundedComposer(),
        fallback=GroundedComposer(),
        guard=OutboundGuard(safe=(*SAFE, breaks), proved=PROVED),
    )
    transcript = await asked(turn, "身份证丢了怎么补办？")
    assert transcript.finished.status.value == "cannot_answer"
    assert not transcript.citations
    assert {step.kind for step in transcript.next_steps} & {StepKind.CALL, StepKind.PERSON}
