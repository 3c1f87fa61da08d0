"""Two sources in force that disagree, and pairs that only look as if they did."""

from datetime import date
from pathlib import Path

import pytest

from assistant.upkeep.conflicts import conflicts_in
from knowledge.corpus.catalogue import Catalogue
from knowledge.life.work import Finding, Severity
from tests.fakes.laws import TODAY, LawsAndSheets, a_law
from tests.fakes.sheets import a_catalogue, an_item_sheet

LEASH = "携带犬只外出的养犬人，应当为犬只束犬绳，犬绳长度和牵领要求由市公安局规定，免疫证明有效期为{}个月。"


def codes(*laws: object, catalogue: Catalogue | None = None) -> list[str]:
    return [finding.code for finding in found(*laws, catalogue=catalogue)]


def found(*laws: object, catalogue: Catalogue | None = None) -> tuple[Finding, ...]:
    return conflicts_in(LawsAndSheets(*laws, catalogue=catalogue), TODAY)  # type: ignore[arg-type]


@pytest.fixture(name="catalogue")
def _catalogue(tmp_path: Path) -> Catalogue:
    return a_catalogue(tmp_path / "c", an_item_sheet(fee="500元"))


def test_alike_sentences_on_one_subject_with_other_numbers_conflict() -> None:
    old = a_law("a.txt", "上海市养犬管理条例", LEASH.format(12))
    notice = a_law("b.txt", "关于贯彻上海市养犬管理条例的通知", LEASH.format(6))
    (finding,) = found(old, notice)
    assert finding.code == "number_differs"
    assert {place.source for place in finding.places} == {"documents/a.txt", "documents/b.txt"}
    marked = [place.text[start:end] for place in finding.places for start, end in place.spans]
    assert marked == ["12个月", "6个月"]


@pytest.mark.parametrize(
    ("title", "text", "region", "begins"),
    [
        ("关于贯彻上海市养犬管理条例的通知", LEASH.format(12), "上海市", date(2020, 1, 1)),
        ("上海市非机动车安全管理规定", LEASH.format(6), "上海市", date(2020, 1, 1)),
        ("关于贯彻上海市养犬管理条例的通知", LEASH.format(6), "北京市", date(2020, 1, 1)),
        ("关于贯彻上海市养犬管理条例的通知", LEASH.format(6), "上海市/徐汇区", date(2020, 1, 1)),
        ("关于贯彻上海市养犬管理条例的通知", LEASH.format(6), "上海市", date(2030, 1, 1)),
    ],
    ids=["same number", "another subject", "another province", "a district may deviate", "not yet in force"],
)
def test_what_only_looks_like_a_conflict_is_none(title: str, text: str, region: str, begins: date) -> None:
    old = a_law("a.txt", "上海市养犬管理条例", LEASH.format(12))
    assert codes(old, a_law("b.txt", title, text, region=region, begins=begins)) == []


def test_this_years_standard_and_last_years_do_not_conflict() -> None:
    text = "{}年度本市养犬免疫补贴标准为每只犬{}元，由区财政局核拨到动物防疫机构。"
    last = a_law("a.txt", "养犬免疫补贴标准的通知", text.format(2025, 60))
    this = a_law("b.txt", "调整养犬免疫补贴标准的通知", text.format(2026, 80))
    assert codes(last, this) == []


def test_fines_of_two_laws_are_not_compared() -> None:
    text = "违规遛犬情节严重的，由公安部门处{}元罚款，并可以收容犬只三十日。"
    assert codes(a_law("a.txt", "养犬条例", text.format(500)), a_law("b.txt", "养犬细则", text.format(900))) == []


def test_two_versions_of_one_law_both_in_force_conflict_once() -> None:
    old = a_law("law(2011).txt", "上海市养犬管理条例", "养犬应当登记。", begins=date(2011, 5, 15))
    new = a_law("law(2024).txt", "上海市养犬管理条例（2024修正）", "养犬应当备案。", begins=date(2024, 5, 1))
    (finding,) = found(new, old)
    assert (finding.code, finding.severity) == ("two_versions_in_force", Severity.HIGH)
    assert [place.source for place in finding.places] == ["documents/law(2011).txt", "documents/law(2024).txt"]


def test_two_notices_of_one_title_are_two_notices() -> None:
    title = "关于进一步减证便民的通知"
    assert codes(a_law("a.txt", title, "取消一项。"), a_law("b.txt", title, "再取消一项。", begins=TODAY)) == []


def test_another_fee_than_the_sheets_conflicts(catalogue: Catalogue) -> None:
    notice = a_law("n.txt", "办事指南选编", "办理养犬登记，按每只犬300元收取管理费。")
    (finding,) = found(notice, catalogue=catalogue)
    assert (finding.code, finding.severity) == ("number_differs", Severity.HIGH)
    assert finding.places[0].anchor == "items/dog_reg#fee"


@pytest.mark.parametrize(
    "text",
    [
        "办理养犬登记，按每只犬500元收取管理费。",
        "补办养犬登记证的，收取工本费10元。",
        "居住证、养犬登记等事项，每证收取工本费10元。",
        "办理养犬登记的处罚款300元。",
    ],
    ids=["the same fee", "a reissue", "one of several", "a fine"],
)
def test_a_sentence_that_says_no_other_fee_is_no_conflict(catalogue: Catalogue, text: str) -> None:
    assert codes(a_law("n.txt", "办事指南选编", text), catalogue=catalogue) == []


def test_a_material_that_is_no_longer_asked_for_conflicts(catalogue: Catalogue) -> None:
    notice = a_law("n.txt", "减证便民清单", "办理养犬登记，不再要求提交狂犬病免疫证明。")
    assert codes(notice, catalogue=catalogue) == ["material_differs"]


@pytest.mark.parametrize(
    "text",
    [
        "办理养犬登记，应当提交狂犬病免疫证明。",
        "办理养犬登记，不再要求提交房产证明，应当提交狂犬病免疫证明。",
        "办理居住证，不再要求提交狂犬病免疫证明。",
    ],
)
def test_a_material_that_is_asked_for_is_no_conflict(catalogue: Catalogue, text: str) -> None:
    assert codes(a_law("n.txt", "减证便民清单", text), catalogue=catalogue) == []


def test_a_finding_keeps_its_id(catalogue: Catalogue) -> None:
    notice = a_law("n.txt", "减证便民清单", "办理养犬登记，不再要求提交狂犬病免疫证明。")
    other = a_law("z.txt", "无关的通知", "今天没有什么可说的。")
    assert found(notice, catalogue=catalogue)[0].id == found(other, notice, catalogue=catalogue)[0].id
