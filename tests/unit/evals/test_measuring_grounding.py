"""What survives of a right sentence that cannot be proved, and what a model is worth as verifier."""

import json
from pathlib import Path
from random import Random

import httpx
import pytest

from evals.guarding.stand_ins import Outcome, Told, report, told
from evals.guarding.verifier import Asked, Verifier, asked, auroc, stopped_in, threshold
from evals.guarding.verifier import report as verifier_report
from evals.progress import Silent
from evals.samples import EvidenceText, GroundingCase

NOTICE = "灯塔参观须由本人到渡口窗口登记。大风天气灯塔停止开放。参观灯塔不收取任何费用。"
STOPPED = {True: [True] * 7 + [False] * 3, False: [True] * 98 + [False] * 2}


def a_case(sentence: str, *, supported: bool = True, number: int = 1) -> GroundingCase:
    evidence = [EvidenceText(source="灯塔公告", text=NOTICE)]
    return GroundingCase(id=f"c{number}", evidence=evidence, sentence=sentence, supported=supported)


def test_a_right_sentence_that_cannot_be_proved_leaves_its_evidence_in_the_answer() -> None:
    answer = told(a_case("风太大的日子灯塔就关门了。"), beside=True)
    assert answer is not None
    assert answer.outcome is Outcome.QUOTED
    assert "大风天气灯塔停止开放。" in answer.answer


def test_a_right_sentence_that_is_proved_is_said() -> None:
    answer = told(a_case("灯塔参观要本人到渡口窗口登记。"))
    assert answer is not None
    assert answer.outcome is Outcome.SAID


def test_what_does_not_stand_in_the_answer_is_lost() -> None:
    assert Told(sentence="甲。", answer="乙。", rests_on=("丙丁",)).outcome is Outcome.LOST
    assert Told(sentence="甲。", answer="丙丁。", rests_on=("丙丁", "戊己")).outcome is Outcome.PARTLY
    assert "1.000" in report([Outcome.SAID, Outcome.QUOTED])


def rows(odds: list[float], *, supported: bool) -> list[Asked]:
    return [Asked(id=f"{supported}{n}", group=f"g{n}", supported=supported, odds=o) for n, o in enumerate(odds)]


def test_odds_that_tell_apart_have_an_area_of_one_and_let_all_through() -> None:
    told_apart = [*rows([1.0, 2.0, 3.0, 2.5], supported=True), *rows([-1.0, -2.0, 0.0, -0.5], supported=False)]
    assert auroc(told_apart) == 1.0
    assert threshold(told_apart, STOPPED) == 0.0
    assert "with the model: caught 0.980, let through 1.000" in verifier_report(told_apart, STOPPED)


def test_a_server_is_asked_once_a_sentence_and_what_it_said_is_kept(tmp_path: Path) -> None:
    set_of_two = tmp_path / "set.jsonl"
    cases = [a_case("风太大的日子灯塔就关门了。"), a_case("灯塔收费五元。", supported=False, number=2)]
    set_of_two.write_text("\n".join(case.model_dump_json() for case in cases), encoding="utf-8")
    heard: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        heard.append(json.loads(request.content)["messages"][-1]["content"])
        likely = [{"token": "对", "logprob": -0.5}, {"token": "错", "logprob": -1.5}]
        return httpx.Response(200, json={"choices": [{"logprobs": {"content": [{"top_logprobs": likely}]}}]})

    pairs, stopped = stopped_in([set_of_two], 5, Random(1))  # noqa: S311 - which texts
    with httpx.Client(base_url="http://model.invalid/v1", transport=httpx.MockTransport(answer)) as client:
        for _ in range(2):
            found = asked(pairs, Verifier(client, "any"), tmp_path / "kept.jsonl", Silent())
    assert [one.odds for one in found] == pytest.approx([1.0, 1.0])
    assert len(heard) == len(pairs) == 2
    assert stopped == {True: [True], False: [True]}
    assert len(stopped_in([set_of_two], None, Random(1))[0]) == len(pairs)  # noqa: S311 - none is drawn
