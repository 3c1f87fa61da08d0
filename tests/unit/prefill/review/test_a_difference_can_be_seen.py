"""What differs between two places can be seen in the notice, although numbers of people show little of themselves."""

from datetime import date

from guardrails.entered import show_finding
from knowledge.corpus.item_sheets import read_item
from knowledge.corpus.shape import SHIPPED
from knowledge.corpus.yaml_reading import read_yaml
from prefill.review.application import Application, SubmittedMaterial, Value
from prefill.review.result import Code
from prefill.review.reviewing import review
from prefill.review.rulebook import shipped_rulebook

FORM: dict[str, Value] = {
    "姓名": "夏侯明",
    "公民身份号码": "310115198801014533",
    "婚姻状况": "已婚",
    "配偶姓名": "端木蓉",
}


def differences(material: str, name: str, fields: dict[str, Value]) -> list[str]:
    sheet = read_yaml((SHIPPED / "items" / "gjj_rent.yaml").read_bytes())
    assert isinstance(sheet, dict)
    handed_in = SubmittedMaterial(material=material, name=name, fields=fields)
    application = Application(item="gjj_rent", today=date(2026, 11, 22), form=FORM, materials=(handed_in,))
    found = review(application, read_item(sheet), shipped_rulebook())
    return [one.what for one in found.findings if one.code is Code.MISMATCH]


def test_a_tenant_who_is_neither_of_the_couple_is_told_beside_both_of_them() -> None:
    (told,) = differences("m2", "房屋租赁合同", {"承租人": "李四光"})
    assert told == "“房屋租赁合同”上的承租人是“李四光”，和申请表上的姓名“夏侯明”、配偶姓名“端木蓉”都不一样。"


def test_the_differing_digits_of_two_numbers_alike_at_their_ends_are_shown_and_little_else() -> None:
    (told,) = differences("m1", "居民身份证", {"姓名": "夏侯明", "公民身份号码": "310115198908014533"})
    assert "“3101*****9*8**4533”" in told
    assert "“3101*****8*1**4533”" in told


def test_names_that_differ_stay_in_the_sentence_that_citizen_and_clerk_read() -> None:
    (told,) = differences("m1", "居民身份证", {"姓名": "夏侯铭", "公民身份号码": FORM["公民身份号码"]})
    assert "夏侯铭" in show_finding(told).text
    assert "夏侯明" in show_finding(told).text
    assert "〔姓名〕" not in show_finding(told).text
