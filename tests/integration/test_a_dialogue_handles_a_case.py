"""The guided dialogue on the shipped rules: from a wish to the office, with digressions, corrections and a way out."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.bootstrap import build_product
from assistant.cases.building import build_talking
from assistant.cases.handling import Handling
from assistant.cases.registers import KeptRegisters
from assistant.settings import Settings
from assistant.turn import Assistant
from evals.dialogue_samples import CitizenTurn, DialogueRun
from evals.samples import CaseFile
from evals.scorers.dialogue import check_all
from evals.tasks.dialogue import rehearsal, walked
from evals.walk_record import recorded
from evals.walking import Walk

EXAMPLES = Path(__file__).resolve().parents[2] / "evals" / "dialogues" / "examples.jsonl"


@pytest.fixture(scope="module")
def rehearsed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Assistant, Handling]]:
    """The real turn and the real rules, with cases and registers in memory."""
    home = tmp_path_factory.mktemp("home")
    with build_product(Settings(home=home), say=lambda _: None) as product:
        handling = rehearsal(product.handling)
        yield product.assistant.with_cases(build_talking(handling)), handling


def talk(rehearsed: tuple[Assistant, Handling], holder: str, *messages: str) -> Walk:
    assistant, handling = rehearsed
    walk = Walk(assistant=assistant, handling=handling, holder=holder)

    async def say_all() -> None:
        for message in messages:
            await walk.do(CitizenTurn(citizen=message))

    asyncio.run(say_all())
    return walk


def test_the_shipped_examples_hold(rehearsed: tuple[Assistant, Handling]) -> None:
    for run in CaseFile(EXAMPLES, DialogueRun):
        walk = asyncio.run(walked(*rehearsed, run))
        checks = check_all(run.checks, recorded(walk))
        assert [(run.id, c.kind, c.detail) for c in checks if c.result is False] == []
        assert [c.kind for c in checks if c.result is None] == (["mood"] if run.id == "dlg-own-hands" else [])


def test_a_question_begins_no_case(rehearsed: tuple[Assistant, Handling]) -> None:
    assert talk(rehearsed, "asks", "身份证丢了怎么办", "要多久能好").case_id is None


def test_without_a_holder_nothing_is_handled(rehearsed: tuple[Assistant, Handling]) -> None:
    assistant, handling = rehearsed
    walk = Walk(assistant=assistant, handling=handling, holder="")
    walk.holder = None  # type: ignore[assignment]  # what an API without sessions sends
    transcript = asyncio.run(walk.say("帮我补办身份证"))
    assert transcript.case is None


def test_a_condition_that_fails_is_told_with_what_else_there_is(rehearsed: tuple[Assistant, Handling]) -> None:
    walk = talk(rehearsed, "fails", "我想提公积金付房租", "有一条不符合", "本人及配偶在本市无自有住房")
    last = walk.said[-1].transcript
    assert last is not None
    assert "多半" in last.text
    assert any(step.kind.value == "person" for step in last.next_steps)


def test_a_registers_answer_goes_with_the_consent(rehearsed: tuple[Assistant, Handling]) -> None:
    _, handling = rehearsed
    registers = handling.desk.registers
    assert isinstance(registers, KeptRegisters)
    registers.know("someone", {"身份证.姓名": "林示例", "身份证.公民身份号码": "310101198802143021"})
    walk = talk(rehearsed, "revokes", "帮我补办身份证")
    walk.subject = "someone"
    asyncio.run(walk.say("对"))
    asyncio.run(walk.say("同意"))
    case = walk.case()
    assert case is not None
    assert {c.register for c in case.consents} == {"身份证"}
    asyncio.run(walk.say("收回授权"))
    case = walk.case()
    assert case is not None
    assert (case.consents, [f for f in case.facts if f.reference == "身份证"]) == ((), [])


def test_the_same_message_sent_again_moves_nothing_twice(rehearsed: tuple[Assistant, Handling]) -> None:
    walk = talk(rehearsed, "twice", "帮我补办身份证", "对")
    before = walk.case()
    walk.said.pop()
    asyncio.run(walk.say("对"))
    after = walk.case()
    assert before is not None
    assert after is not None
    assert after.version == before.version


def test_the_item_that_leads_is_begun_and_named_with_a_way_to_another(rehearsed: tuple[Assistant, Handling]) -> None:
    walk = talk(rehearsed, "leads", "我想补领驾驶证")
    case, transcript = walk.case(), walk.said[-1].transcript
    assert case is not None
    assert transcript is not None
    assert case.item == "driver_license_loss"
    assert "机动车驾驶证遗失补证" in transcript.text
    assert any(step.label.text.startswith("换成") for step in transcript.next_steps)


def test_of_two_items_that_a_wish_may_mean_neither_is_begun(rehearsed: tuple[Assistant, Handling]) -> None:
    for number, wish in enumerate(("我要办张身份证", "想落户上海", "公司要注销", "帮我提公积金")):
        assert talk(rehearsed, f"two-{number}", wish).case_id is None


def test_who_meant_another_item_changes_over_by_a_word(rehearsed: tuple[Assistant, Handling]) -> None:
    walk = talk(rehearsed, "changes", "我想补领驾驶证", "帮我办机动车驾驶证期满换证")
    case = walk.case()
    assert case is not None
    assert case.item == "driver_license_renew"
