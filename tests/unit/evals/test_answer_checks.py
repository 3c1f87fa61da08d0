"""What needs no judge: plain words, days of versions, numbers beside the sheet, a way on."""

from datetime import date

import pytest

from assistant.events import Status
from evals.samples import AnswerCase
from evals.scorers.answer_checks import (
    AnswerRecord,
    CitedVersion,
    SheetFact,
    Told,
    contradictions,
    offers_way_on,
    wrong_versions,
)
from evals.scorers.answers import AnswerRow, answer_metrics
from evals.scorers.plain_chinese import official_words, plainness

DAY = date(2026, 11, 22)
FEE = SheetFact(source="items/card", facet="fee", text="每证20元")
TIME = SheetFact(source="items/card", facet="time_limit", text="承诺10个工作日")


def record(text: str, source: str = "items/card") -> AnswerRecord:
    return AnswerRecord(day=DAY, sentences=[Told(text=text, sources=(source,))], sheet=[FEE, TIME])


@pytest.mark.parametrize("said", ["要交40元工本费。", "承诺办结时限是15个工作日。", "The fee is 40元."])
def test_a_fee_or_a_time_that_the_cited_sheet_does_not_hold_is_a_contradiction(said: str) -> None:
    assert contradictions(record(said)) == (said,)


@pytest.mark.parametrize(
    "said",
    [
        "收费20元。",
        "10个工作日内办结。",
        "另有每月300元补贴，不收费。",
        "有效期20年，到期前可换。",
        "带2张照片，费用见窗口。",
        "自法定事项发生之日起30日内申请。",
        "单位自事故发生之日起三十日内申请；属于因工受伤等法定情形。",
    ],
)
def test_what_the_sheet_holds_and_other_amounts_are_none(said: str) -> None:
    assert contradictions(record(said)) == ()


def test_the_sheet_of_another_item_proves_nothing() -> None:
    assert contradictions(record("收费40元。", source="documents/notice.txt")) == ()


@pytest.mark.parametrize(
    ("begins", "ends", "said", "wrong"),
    [
        (date(2026, 1, 1), None, "补贴500元。", False),
        (date(2027, 1, 1), None, "补贴500元。", True),
        (date(2027, 1, 1), None, "新标准将于2027年执行。", False),
        (date(2025, 1, 1), date(2026, 6, 30), "补贴500元。", True),
        (date(2025, 1, 1), date(2026, 6, 30), "这项补贴已经结束。", False),
        (None, None, "补贴500元。", False),
    ],
)
def test_a_version_has_to_hold_on_the_day_unless_the_answer_says_that_it_does_not(
    begins: date | None, ends: date | None, said: str, wrong: bool
) -> None:
    cited = AnswerRecord(day=DAY, versions=[CitedVersion(source="policies/p", begins=begins, ends=ends)])
    assert bool(wrong_versions(cited, said)) is wrong


def test_no_answer_is_better_with_a_way_on() -> None:
    assert offers_way_on(AnswerRecord(), "这个我没有查到，请拨打12345。")
    assert offers_way_on(AnswerRecord(ways_on=["找人工"]), "这个我没有查到。")
    assert not offers_way_on(AnswerRecord(), "这个我没有查到。")


def test_long_official_sentences_ask_for_an_older_reader_than_short_plain_ones() -> None:
    stiff = plainness(
        "申请人应当依照相关规定提交有效身份证件，经主管部门审核同意后予以核发，逾期未提交证明材料的视为放弃申领该项待遇。"
    )
    easy = plainness("带上身份证。10天就能办好。")
    assert stiff is not None
    assert easy is not None
    assert stiff.reading_age > easy.reading_age + 5
    assert stiff.long_share == 1.0
    assert easy.official == ()
    assert "应当" in stiff.official


def test_buttons_and_other_languages_are_not_read_as_chinese_sentences() -> None:
    assert plainness("It takes 10 working days.") is None
    read = plainness("您要办哪一件？\n· 居住证\n· 户口")
    assert read is not None
    assert len(read.sentences) == 1


def test_each_official_word_comes_with_plain_words() -> None:
    assert all(plain and plain != word for word, plain in official_words().items())


def test_an_answer_without_a_model_costs_no_tokens_and_half_an_answer_is_not_complete() -> None:
    case = AnswerCase(id="a", question="?", answerable=True, facts=[["20元"], ["身份证"]])
    rows = [
        AnswerRow(case, Status.ANSWERED, "收费20元。", (), AnswerRecord(tokens=0)),
        AnswerRow(case, Status.ANSWERED, "收费20元，带身份证。", (), AnswerRecord(tokens=0)),
        AnswerRow(case, Status.CANNOT_ANSWER, "没有查到。", (), AnswerRecord()),
    ]
    found = answer_metrics(rows)
    assert found["tokens"].value == 0
    assert found["completeness"].value == pytest.approx(1 / 3)
    assert found["way_on"].value == 0
