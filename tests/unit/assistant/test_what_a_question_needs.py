"""What is read out of a question: facets, kinds of values, times, and several questions in one message."""

from datetime import date

import pytest

from assistant.dialogue import Question
from assistant.steps.asking import asked_in
from assistant.steps.needs import Timing, ValueKind, need_of
from assistant.steps.understand import understand
from knowledge.statements import Facet

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("question", "facet"),
    [
        ("办健身房许可要多少钱", Facet.FEE),
        ("残疾人护理补贴每月能领多少钱", Facet.BENEFIT),
        ("递上去多久能批下来", Facet.TIME_LIMIT),
        ("搬家以后最晚几天内要去改地址", Facet.CONDITIONS),
        ("要带哪些材料", Facet.MATERIALS),
        ("去哪个窗口办", Facet.CHANNELS),
        ("这件事怎么办", Facet.PROCESS),
        ("依据的是哪部条例", Facet.LEGAL_BASIS),
        ("我儿子能替我去办吗", Facet.AGENT),
        ("证的有效期是几年", Facet.VALIDITY),
        ("这个说法有出处吗", Facet.REFERENCE_STATUS),
        ("What documents do I need?", Facet.MATERIALS),
        ("请问办结婚登记要带什么材料", Facet.MATERIALS),
        ("外国人来工作要什么条件", Facet.CONDITIONS),
        ("开旅行社要一百万注册资本是吗", Facet.CONDITIONS),
        ("船舶执照能用几年", Facet.VALIDITY),
        ("外观图样保护几年", Facet.VALIDITY),
        ("这个牌照一次管三年对吧", Facet.VALIDITY),
        ("渔船停港费也要交满80一年吧", Facet.FEE),
        ("承诺几天办好", Facet.TIME_LIMIT),
    ],
)
def test_the_facet_asked_comes_first(question: str, facet: Facet) -> None:
    assert need_of(question).facets[0] is facet


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("个人要缴几成", ValueKind.PERCENT),
        ("评到几级才行", ValueKind.LEVEL),
        ("要打多少分才够", ValueKind.SCORE),
        ("基数要到平均工资的几倍", ValueKind.MULTIPLE),
        ("满几岁可以办", ValueKind.AGE),
        ("要跑几趟", ValueKind.COUNT),
        ("船员培训天数", ValueKind.NUMBER),
        ("海事窗口几点下班", ValueKind.HOURS),
    ],
)
def test_the_kind_of_value_asked_is_known(question: str, kind: ValueKind) -> None:
    assert kind in need_of(question).kinds


def test_a_promise_that_somebody_makes_is_no_time() -> None:
    assert not need_of("转让渔船要谁来承诺").timings


def test_which_authority_is_no_level() -> None:
    assert ValueKind.LEVEL not in need_of("大船归哪一级政府批").kinds


def test_a_tax_to_pay_is_no_document_to_hand_in() -> None:
    assert Facet.MATERIALS not in need_of("买船先要交什么税").facets


def test_time_of_the_office_and_time_of_the_citizen_are_told_apart() -> None:
    assert need_of("要提前多久跟海事局定下来").timings == {Timing.DEADLINE}
    assert need_of("提交以后几天能有结果").timings == {Timing.PROCESSING}
    assert need_of("出生以后几天内要去申报").timings == {Timing.DEADLINE}
    assert Timing.REQUIRED in need_of("要连续缴满几个月才行").timings


def test_the_promised_time_is_not_the_statutory_one() -> None:
    assert need_of("承诺几天办好").promised
    assert need_of("法定几个工作日").statutory


def test_two_questions_in_one_message_are_answered_one_by_one() -> None:
    understood = understand(Question(text="收多少钱?要带什么材料?", as_of=TODAY), "收多少钱?要带什么材料?")
    assert [one.need.facets[0] for one in asked_in(understood)] == [Facet.FEE, Facet.MATERIALS]


def test_a_tail_that_only_wants_a_yes_is_no_question_of_its_own() -> None:
    understood = understand(Question(text="办这个要五百块,对吧?", as_of=TODAY), "办这个要五百块,对吧?")
    assert len(asked_in(understood)) == 1


def test_a_measure_asked_by_its_name_is_answered_by_a_figure_of_it_only() -> None:
    need = need_of("烟草店离学校多少米才行")
    assert need.is_measured_in("距中小学不少于50米")
    assert not need.is_measured_in("法定时限20日")
    assert need_of("要多久").is_measured_in("当场办结")


@pytest.mark.parametrize(
    ("message", "elsewhere"),
    [
        ("深圳办居住证要几天", "深圳"),
        ("我在深圳办的居住证还能用吗", None),
        ("南京交的社保怎么转过来", None),
        ("苏州公积金贷款最高多少", "苏州"),
        ("想备案到杭州看病", None),
    ],
)
def test_where_something_is_to_be_done_is_told_from_where_it_was_done(message: str, elsewhere: str | None) -> None:
    assert understand(Question(text=message, as_of=TODAY), message).other_region == elsewhere
