"""The same fact, doubt or fault in the many ways in which documents and back offices write it."""

import pytest

from knowledge.corpus.catalogue import SHIPPED, load_catalogue
from prefill.review.application import Value
from prefill.review.result import Code
from prefill.review.reviewing import review
from prefill.review.rulebook import load_rulebook
from tests.fakes.applications import a_rent_application

ITEM = next(item for item in load_catalogue(SHIPPED).items if item.slug == "gjj_rent")
RULEBOOK = load_rulebook(SHIPPED / "rules")


def codes(changes: dict[str, Value], form: dict[str, Value] | None = None) -> set[Code]:
    return set(review(a_rent_application(form=form, m2=changes), ITEM, RULEBOOK).codes)


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("出租人签字", "未签", Code.UNSIGNED),
        ("双方签名", "待补签", Code.UNSIGNED),
        ("骑缝章", "缺", Code.UNSIGNED),
        ("双方签名", "由他人代签", Code.NEEDS_HUMAN),
        ("公章", "部门章，不是公章", Code.NEEDS_HUMAN),
        ("公章", "合同专用章", Code.NEEDS_HUMAN),
        ("公章", "已加盖公章", None),
        ("模糊", True, Code.UNREADABLE),
        ("清晰", "反光看不清", Code.UNREADABLE),
        ("影像质量", "差", Code.UNREADABLE),
        ("识别结果", "失败", Code.UNREADABLE),
        ("影像质量", "良好", None),
        ("类型", "水费账单", Code.WRONG_DOCUMENT),
        ("实际内容", "宣传海报", Code.WRONG_DOCUMENT),
        ("类型", "房屋租赁合同", None),
        ("合同状态", "已作废", Code.CONDITION_NOT_MET),
        ("备案状态", "已过期", Code.EXPIRED),
        ("租赁期限", "2024-01-01至2026-01-01", Code.EXPIRED),
        ("租赁期限", "2024-01-01至2027-01-01", None),
        ("涂改", True, Code.NEEDS_HUMAN),
        ("手写备注", "面积以实测为准", Code.NEEDS_HUMAN),
        ("说明", "与原件一致", None),
        ("核验_失信", "无", None),
        ("核验_失信", "命中", Code.CONDITION_NOT_MET),
        ("核验_产权信息", "不一致", Code.MISMATCH),
        ("核验_产权信息", "一致", None),
        ("核验_产权信息", "接口异常", Code.NEEDS_HUMAN),
        ("核验_房屋查封", 1, Code.CONDITION_NOT_MET),
        ("核验_房屋查封", 0, None),
        ("核验_承租人", "一致", None),
    ],
)
def test_a_way_of_writing_means_what_it_says(key: str, value: Value, code: Code | None) -> None:
    assert codes({key: value}) == ({code} if code else set())


@pytest.mark.parametrize(("value", "code"), [("自住，合租待定", Code.NEEDS_HUMAN), ("自住", None)])
def test_what_the_applicant_does_not_know_is_asked_by_a_person(value: str, code: Code | None) -> None:
    assert codes({}, form={"婚姻状况": "未婚", "开户银行": value}) == ({code} if code else set())
