"""What becomes of one application: passed, returned with everything at once, or given to a person."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from assistant.cases.parts import DocumentReader as CaseDocumentReader
from knowledge.corpus.catalogue import SHIPPED, load_catalogue
from knowledge.items import ServiceItem
from prefill.documents.document import ReadDocument
from prefill.documents.errors import ReadingStopped
from prefill.documents.using import DocumentMaterialReader
from prefill.review.application import Application, Exemption, ExemptionKind, Value
from prefill.review.result import Code, Outcome, PointResult, Review
from prefill.review.reviewing import review
from prefill.review.rulebook import load_rulebook
from tests.fakes.applications import a_rent_application

ITEMS: dict[str, ServiceItem] = {item.slug: item for item in load_catalogue(SHIPPED).items}
RULEBOOK = load_rulebook(SHIPPED / "rules")


def reviewed(application: Application) -> Review:
    return review(application, ITEMS[application.item], RULEBOOK)


def test_a_whole_and_right_application_passes() -> None:
    judged = reviewed(a_rent_application())
    assert (judged.outcome, judged.codes, judged.findings) == (Outcome.PASS, (), ())
    assert {point.id for point in judged.points.values() if point.result is PointResult.PASS} >= {
        "c1",
        "c2",
        "c3",
        "c4",
    }
    assert "预审通过" in judged.notice


@pytest.mark.parametrize(
    ("changes", "codes", "failed"),
    [
        ({"核验_连续缴存月数": 2}, {Code.CONDITION_NOT_MET}, {"c1"}),
        ({"核验_本市房产套数": 1}, {Code.CONDITION_NOT_MET}, {"c2", "r1"}),
        ({"核验_未结清贷款": True}, {Code.CONDITION_NOT_MET}, {"c3"}),
        ({"公民身份号码": "110105194912310028"}, {Code.INVALID_NUMBER}, set()),
        ({"姓名": "周某"}, {Code.MISMATCH}, set()),
        ({"清晰": False}, {Code.UNREADABLE}, set()),
        ({"有效期至": "2026-11-21"}, {Code.EXPIRED}, set()),
        ({"材料名称": "机动车驾驶证"}, {Code.WRONG_DOCUMENT}, set()),
    ],
)
def test_each_fault_of_the_identity_card_returns_it(
    changes: dict[str, Value], codes: set[Code], failed: set[str]
) -> None:
    judged = reviewed(a_rent_application(m1=changes))
    assert judged.outcome is Outcome.RETURN
    assert set(judged.codes) == codes
    assert {p.id for p in judged.points.values() if p.result is PointResult.FAIL} == failed


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"双方签名": False}, {Code.UNSIGNED}),
        ({"租期至": "2026-11-21"}, {Code.EXPIRED}),
        ({"备案编号": "BA20269999"}, {Code.MISMATCH}),
        ({"合租在提人数": 1}, {Code.CONDITION_NOT_MET}),
        ({"月租金": "3900"}, {Code.MISMATCH}),
        ({"地址": "上海市静安区和平路12弄3号403室"}, {Code.MISMATCH}),
        ({"双方签名": False, "租期至": "2020-01-01"}, {Code.UNSIGNED, Code.EXPIRED}),
    ],
)
def test_faults_of_the_contract_are_told_together(changes: dict[str, Value], codes: set[Code]) -> None:
    judged = reviewed(a_rent_application(m2=changes))
    assert judged.outcome is Outcome.RETURN
    assert set(judged.codes) == codes
    assert judged.notice.count("\n") >= len(codes) + 1


@pytest.mark.parametrize(
    "changes",
    [
        {"租期至": "2026-11-22"},
        {"月租金": "4,000.00元"},
        {"地址": "静安区和平路12弄3号0402室"},
        {"核验_网签": "通过"},
        {"备注": "无"},
    ],
)
def test_another_spelling_and_the_last_day_are_no_fault(changes: dict[str, Value]) -> None:
    assert reviewed(a_rent_application(m2=changes)).outcome is Outcome.PASS


@pytest.mark.parametrize(
    ("material", "changes", "point"),
    [
        ("m1", {"核验_连续缴存月数": "系统返回两次结果不一"}, "c1"),
        ("m1", {"核验_本市房产套数": "疑似1套,待核"}, "c2"),
        ("m2", {"备注": "房东口头同意转租"}, None),
        ("m2", {"双方签名": "一方代签"}, None),
        ("m1", {"核验_人像": "临界"}, None),
    ],
)
def test_what_is_left_open_goes_to_a_person(material: str, changes: dict[str, Value], point: str | None) -> None:
    first, second = (changes, None) if material == "m1" else (None, changes)
    judged = reviewed(a_rent_application(m1=first, m2=second))
    assert (judged.outcome, judged.codes) == (Outcome.HUMAN, (Code.NEEDS_HUMAN,))
    assert point is None or judged.points[point].result is PointResult.UNKNOWN
    assert "您先不用管" in judged.notice


def test_a_missing_input_is_unknown_and_never_failed() -> None:
    judged = reviewed(a_rent_application(m1={"核验_连续缴存月数": None}))
    assert judged.points["c1"].result is PointResult.UNKNOWN
    assert judged.outcome is Outcome.HUMAN


def test_a_fault_returns_even_where_something_else_is_open() -> None:
    judged = reviewed(a_rent_application(m1={"核验_连续缴存月数": "待核"}, m2={"双方签名": False}))
    assert (judged.outcome, judged.codes) == (Outcome.RETURN, (Code.UNSIGNED,))


def test_a_missing_material_is_named_and_its_points_stay_open() -> None:
    judged = reviewed(a_rent_application(without="m2"))
    assert (judged.outcome, judged.missing_materials) == (Outcome.RETURN, ("m2",))
    assert judged.points["c4"].result is PointResult.UNKNOWN
    assert judged.points["c1"].result is PointResult.PASS


def test_a_material_asked_for_on_occasion_is_missing_only_then() -> None:
    married = {"婚姻状况": "已婚", "配偶姓名": "李清和", "配偶证件号码": "11010519491231002X"}
    assert reviewed(a_rent_application(form=married)).missing_materials == ("m3",)
    assert reviewed(a_rent_application()).missing_materials == ()


@pytest.mark.parametrize("kind", list(ExemptionKind))
def test_each_of_the_four_exemptions_stands_in_for_the_paper(kind: ExemptionKind) -> None:
    married = {"婚姻状况": "已婚"}
    exempt = replace(a_rent_application(form=married), exemptions=(Exemption("m3", kind, "电子证照库"),))
    judged = reviewed(exempt)
    assert judged.outcome is Outcome.PASS
    assert "不用交的材料" in judged.notice


def test_a_wrong_document_proves_nothing_but_what_the_register_said_beside_it_holds() -> None:
    judged = reviewed(a_rent_application(m2={"材料名称": "购房意向书"}))
    assert judged.codes == (Code.WRONG_DOCUMENT,)
    assert judged.points["c4"].result is PointResult.UNKNOWN


def test_a_commitment_that_was_refused_is_a_missing_signature() -> None:
    assert reviewed(a_rent_application(form={"申请人承诺": False})).codes == (Code.UNSIGNED,)


def test_every_point_has_a_reason_a_basis_and_what_was_looked_at() -> None:
    judged = reviewed(a_rent_application(m1={"核验_连续缴存月数": 2}))
    point = judged.points["c1"]
    assert "2个月" in point.reason
    assert "《" in point.basis
    assert [(seen.where, seen.name, seen.value) for seen in point.trace] == [("m1", "核验_连续缴存月数", "2")]


def test_fields_under_other_names_are_found_by_their_meaning() -> None:
    renamed = {"承租人": None, "租客": "孙乐山", "租期至": None, "租赁终止日期": "2026-01-31"}
    assert reviewed(a_rent_application(m2=renamed)).codes == (Code.EXPIRED,)


def test_an_item_without_rules_goes_to_a_person_and_its_general_faults_are_still_told() -> None:
    bare = load_rulebook(SHIPPED / "rules")
    early = replace(a_rent_application(), today=a_rent_application().today.replace(year=2024))
    assert review(early, ITEMS["gjj_rent"], bare).outcome is Outcome.HUMAN
    spoiled = replace(a_rent_application(m2={"双方签名": False}), today=early.today)
    assert review(spoiled, ITEMS["gjj_rent"], bare).codes == (Code.UNSIGNED,)


def test_the_notice_numbers_everything_and_says_what_to_do() -> None:
    judged = reviewed(a_rent_application(without="m1", m2={"双方签名": False, "租期至": "2020-01-01"}))
    assert "还有3处要改" in judged.notice
    assert "3. " in judged.notice
    assert all(finding.remedy in judged.notice for finding in judged.findings)


def test_a_changed_rule_is_tried_without_touching_the_book() -> None:
    rules = RULEBOOK.rules_for("gjj_rent", a_rent_application().today)
    assert rules is not None
    stricter = replace(rules, points=tuple(p for p in rules.points if p.id != "c1"))
    tried = RULEBOOK.with_rules(stricter)
    short = a_rent_application(m1={"核验_连续缴存月数": 2})
    assert review(short, ITEMS["gjj_rent"], tried).outcome is Outcome.PASS
    assert reviewed(short).outcome is Outcome.RETURN


def test_the_notice_shows_personal_numbers_only_by_their_ends() -> None:
    judged = reviewed(a_rent_application(m1={"公民身份号码": "110105194912310028"}))
    assert "110105194912310028" not in judged.notice
    assert "1101…0028" in judged.notice
    assert any(seen.value == "110105194912310028" for finding in judged.findings for seen in finding.trace)


def test_a_notice_that_returns_says_that_nobody_decided_and_that_the_rules_are_drafts() -> None:
    returned = reviewed(a_rent_application(m1={"核验_连续缴存月数": 1}))
    assert returned.outcome is Outcome.RETURN
    assert "所用的规则还没有经部门审核，不是正式决定" in returned.notice


class TooSlow:
    """A reader on a machine that has too much to do."""

    def read(self, content: bytes, *, year: int) -> ReadDocument:
        raise ReadingStopped("读取时间太长。")

    def close(self) -> None:
        """Nothing runs."""


def test_a_photo_whose_reading_was_ended_goes_to_a_person_and_is_not_called_blurred() -> None:
    application = a_rent_application()
    reader = DocumentMaterialReader(TooSlow(), year=2026)
    materials = tuple(reader.read(material, b"x") for material in application.materials)
    judged = reviewed(replace(application, materials=materials))
    assert (judged.outcome, judged.codes) == (Outcome.HUMAN, (Code.NEEDS_HUMAN,))
    kept = CaseDocumentReader(lambda: datetime(2026, 11, 22, tzinfo=UTC), TooSlow()).read(b"x", "x.jpg", "")
    assert kept.readable
    assert kept.values() == {"识别结果": "没有读完，待人工核对"}
