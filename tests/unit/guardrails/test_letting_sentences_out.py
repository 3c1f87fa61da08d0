"""The outbound gate: what a sentence states stands in its evidence, and nothing unsafe leaves."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guardrails.approved import Approved, Draft, Evidence, Stopped, Verdict, Wording
from guardrails.claims import Claim, Problem
from guardrails.outbound import LONGEST, OutboundGuard, notice, quote

GUIDE = (
    "居住证每年签注一次，持证人应当在期满前30日内办理。办理时限为20个工作日，首次申领免费，补领收工本费15元。"
    "65至69周岁的老人每月补贴75元，评估费由基金支付80%。"
)
LAW = (
    "自2026年7月1日起施行，依据《上海市居住证管理办法》第十二条。咨询电话021-23112345，网址 "
    "https://rkk.sh.gov.cn/jzz ，服务时间9时至17时30分。"
)


def verdict(text: str, evidence: str = GUIDE + LAW, wording: Wording = Wording.COMPOSED) -> Verdict:
    return OutboundGuard().check(Draft(text=text, wording=wording, evidence=(Evidence("items/x", evidence),)))


def stopped_by(text: str, evidence: str = GUIDE + LAW, wording: Wording = Wording.COMPOSED) -> str | None:
    found = verdict(text, evidence, wording)
    return found.check if isinstance(found, Stopped) else None


@pytest.mark.parametrize(
    "text",
    [
        "办理时限为20个工作日。",
        "办理时限为二十个工作日。",
        "期满前三十天内办理。",
        "65周岁到69周岁的老人，每月75元。",
        "基金支付80%。",
        "基金支付八成。",
        "首次申领不收费。",
        "补领收15块钱。",
        "补领收工本费十五元。",
        "自2026年7月1日起施行。",
        "自二〇二六年七月一日起施行。",
        "2026-07-01起施行。",
        "2026年7月起施行。",
        "下午五点半下班。",
        "依据《上海市居住证管理办法》第12条。",
        "咨询电话：021-23112345。",
        "咨询电话23112345。",
        "请登录 https://rkk.sh.gov.cn/jzz 查看。",
        "也可以拨打12345。",
        "It takes 20 working days and costs 15 yuan from 1 July 2026.",
        "1. 每年签注一次；\n2. 期满前30日内办理。",
        "第1步：提交材料。",
        "一般情况下，一件事一次办。",
        "不能保证一定通过审核。",
    ],
)
def test_what_stands_in_the_evidence_leaves(text: str) -> None:
    assert stopped_by(text) is None, verdict(text)


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("办理时限为20日。", "numbers"),
        ("办理时限为30个工作日。", "numbers"),
        ("期满前30个工作日内办理。", "numbers"),
        ("70周岁的老人也有。", "numbers"),
        ("It takes 20 days.", "numbers"),
        ("It costs 20 yuan.", "amounts"),
        ("From 1 June 2026.", "dates"),
        ("基金支付90%。", "numbers"),
        ("基金支付九成。", "numbers"),
        ("补领收工本费20元。", "amounts"),
        ("补领收15万元。", "amounts"),
        ("自2026年6月1日起施行。", "dates"),
        ("自2025年7月1日起施行。", "dates"),
        ("晚上八点下班。", "dates"),
        ("依据《户口登记条例》办理。", "laws"),
        ("依据《上海市居住证管理办法》第十三条。", "laws"),
        ("按照户口登记条例的规定办理。", "laws"),
        ("依据沪府办发〔2026〕6号。", "laws"),
        ("咨询电话：021-66668888。", "phones"),
        ("请拨打13800138000。", "privacy"),
        ("请登录 https://rkk-sh.gov.cn.com/jzz 查看。", "links"),
        ("请登录 rkk.sh.gov.cn/other 查看。", "links"),
        ("材料齐全，保证能通过审核。", "promises"),
        ("您放心，肯定办下来。", "promises"),
        ("申请人身份证11010519491231002X已核验。", "privacy"),
        ("<script>alert(1)</script>", "markup"),
        ("[点这里](javascript:alert(1))", "markup"),
        ("![图](http://x.example/y.png)", "markup"),
        ("办理\u202e时限", "characters"),
        ("锟斤拷锟斤拷", "characters"),
        ("办理\ufffd时限", "characters"),
        ("   ", "empty"),
    ],
)
def test_what_does_not_is_stopped_by_name(text: str, check: str) -> None:
    found = verdict(text)
    assert isinstance(found, Stopped)
    assert found.check == check, found.reason
    assert found.reason


def test_free_is_a_claim_too() -> None:
    assert stopped_by("办理不收费。", "补领收工本费15元。") == "amounts"
    assert stopped_by("办理不收费。", "费用由市财政承担。") is None


@pytest.mark.parametrize("wording", [Wording.COMPOSED, Wording.GENERATED])
def test_a_claim_without_evidence_is_stopped(wording: Wording) -> None:
    assert isinstance(OutboundGuard().check(Draft(text="应当在15日内办理。", wording=wording)), Stopped)


def test_a_courtesy_needs_no_evidence() -> None:
    assert isinstance(OutboundGuard().check(Draft(text="您好，我是小申。", wording=Wording.COMPOSED)), Approved)


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("持证人应当在期满前30日内办理", None),
        ("居住证每年签注一次……补领收工本费15元", None),
        ("居住证 每年签注一次,持证人应当在期满前30日内办理", None),
        ("持证人可以在期满前30日内办理", "quotation"),
        ("补领收工本费15元……居住证每年签注一次", "quotation"),
        ("……", "quotation"),
    ],
)
def test_a_quotation_is_verbatim(text: str, check: str | None) -> None:
    assert stopped_by(text, wording=Wording.QUOTED) == check


def test_stray_tags_and_hidden_spaces_of_a_source_do_not_stop_its_quotation() -> None:
    source = "办理\u200b时限为<b>20个工作日</b>"
    found = OutboundGuard().check(Draft(text=source, wording=Wording.QUOTED, evidence=(Evidence("a", source),)))
    assert isinstance(found, Approved)
    assert found.text == "办理时限为‹b>20个工作日‹/b>"


def _breaks(_: Claim) -> Problem | None:
    raise ZeroDivisionError


@pytest.mark.parametrize("wording", list(Wording))
def test_a_check_that_breaks_stops_the_sentence(wording: Wording) -> None:
    guard = OutboundGuard(safe=(_breaks,), proved=(_breaks,))
    found = guard.check(Draft(text="您好", wording=wording, evidence=(Evidence("a", "您好"),)))
    assert isinstance(found, Stopped)
    assert found.check == "guard_failed"


def test_our_own_text_leaves_as_written() -> None:
    assert notice("您好，请拨打12345。").text == "您好，请拨打12345。"
    assert notice("您好").wording is Wording.NOTICE


def test_a_quote_is_harmless_and_holds_nobodys_number() -> None:
    shown = quote(
        "<img src=x onerror=alert(1)>申请人:陈立新,身份证11010519491231002X,电话021-23112345", "documents/a.pdf"
    )
    assert "<img" not in shown.text
    assert "11010519491231002X" not in shown.text
    assert "陈立新" not in shown.text
    assert "021-23112345" in shown.text
    assert shown.wording is Wording.QUOTED


def test_a_garbled_quote_is_not_shown() -> None:
    assert "锟斤拷" not in quote("第一条 锟斤拷锟斤拷", "documents/a.pdf").text


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=st.characters(codec=None, exclude_categories=()), max_size=200), st.sampled_from(list(Wording)))
def test_no_string_breaks_the_gate(text: str, wording: Wording) -> None:
    found = OutboundGuard().check(Draft(text=text, wording=wording, evidence=(Evidence("a", text),)))
    assert isinstance(found, Approved) or found.check != "guard_failed"
    quote(text, "a").text.encode("utf-8")
    notice(text).text.encode("utf-8")


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 99999), st.sampled_from(["日", "个工作日", "个月", "年", "元", "万元", "周岁", "%", "份", "人"]))
def test_a_sentence_always_proves_itself(number: int, unit: str) -> None:
    text = f"标准为{number}{unit}。"
    assert stopped_by(text, text) is None


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 999), st.integers(1, 999), st.sampled_from(["日", "个工作日", "元", "周岁", "%"]))
def test_another_number_is_never_proved(said: int, held: int, unit: str) -> None:
    if said != held:
        assert stopped_by(f"标准为{said}{unit}。", f"标准为{held}{unit}。") is not None


@pytest.mark.parametrize(
    "unit", ["1日", "《", "第一条", "021-", "http://a.cn/", "2026年", "一", "((", "保证", "<", "十点", "12345678"]
)
def test_ten_thousand_characters_are_checked_quickly(unit: str) -> None:
    text = (unit * LONGEST)[:LONGEST]
    began = time.thread_time()
    verdict(text, "办理时限为20个工作日。")
    assert time.thread_time() - began < 2.0


def test_a_hundred_thousand_characters_are_no_sentence() -> None:
    assert stopped_by("办" * 100_000) == "too_long"


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def test_a_sentence_is_checked_in_about_a_millisecond() -> None:
    verdict("办理时限为20个工作日。")
    assert sorted(_seconds(lambda: verdict("办理时限为20个工作日。")) for _ in range(50))[25] < 0.005
