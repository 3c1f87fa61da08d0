"""Numbers are no verdicts, two different values are a doubt, half a yes is none, months and spans are reckoned."""

from datetime import date

import pytest

from knowledge.corpus.catalogue import SHIPPED, load_catalogue
from prefill.review.application import Application, SubmittedMaterial, Value
from prefill.review.authoring import RuleFileInvalid, read_facts_section
from prefill.review.result import Outcome, PointResult, Review
from prefill.review.reviewing import review
from prefill.review.rulebook import shipped_rulebook
from prefill.review.values import date_in, months_in

ITEMS = {item.slug: item for item in load_catalogue(SHIPPED).items}
WHO: dict[str, Value] = {"姓名": "夏侯明", "公民身份号码": "310115198801014533"}
CARD: dict[str, Value] = {**WHO, "有效期至": "2034-05-01", "清晰": True}
COMPANY = "上海云杉谷商贸有限公司"


def reviewed(item: str, form: dict[str, Value], materials: dict[str, dict[str, Value]]) -> Review:
    papers = tuple(SubmittedMaterial(material=m, name="", fields=fields) for m, fields in materials.items())
    application = Application(item=item, today=date(2026, 11, 21), form=form, materials=papers)
    return review(application, ITEMS[item], shipped_rulebook())


def a_cancelled_company(**paper: Value) -> Review:
    form: dict[str, Value] = {"企业(单位)名称": COMPANY, "注销类型": "简易"}
    signed: dict[str, Value] = {"申请单位": COMPANY, "全体投资人签名": True, "公示期满": True, "公示异议": 0}
    return reviewed("company_cancel", form, {"m1": signed, "m2": {"税务机关盖章": True, **paper}})


def test_arrears_are_counted_and_are_no_yes() -> None:
    assert a_cancelled_company(欠税=0).points["r1"].result is PointResult.PASS
    assert a_cancelled_company(欠税=300).points["r1"].result is PointResult.FAIL


@pytest.mark.parametrize(
    "said", ["原则同意,附条件", "基本符合", "通过(仅形式审查)", "符合,但需补充", "大致一致", "有疑问"]
)
def test_half_a_yes_is_none(said: str) -> None:
    assert shipped_rulebook().vocabulary.is_unsure(said)


@pytest.mark.parametrize("said", ["未命中", "名单中", "食品销售(仅销售预包装食品)", "向明初中", "配送中", "登记中心"])
def test_words_that_only_look_unfinished_leave_nothing_open(said: str) -> None:
    assert not shipped_rulebook().vocabulary.is_unsure(said)


@pytest.mark.parametrize("said", ["已就业", "已离婚", "已报废", "已过有效期"])
def test_what_has_happened_already_is_no_yes(said: str) -> None:
    assert shipped_rulebook().vocabulary.flag(said) is not True


def a_move(**paper: Value) -> Review:
    form: dict[str, Value] = {**WHO, "原缴存地": "江苏省南通市", "转出金额": "38600"}
    account: dict[str, Value] = {"姓名": "夏侯明", "账户状态": "封存", "在沪缴存月数": 8}
    return reviewed("gjj_transfer", form, {"m1": CARD, "m2": {**account, **paper}})


def test_another_day_or_number_told_of_the_same_is_for_a_person() -> None:
    assert a_move().outcome is Outcome.PASS
    assert a_move(系统返回在沪缴存月数=3).outcome is Outcome.HUMAN


def test_what_form_and_paper_call_alike_and_tell_differently_is_not_passed() -> None:
    assert a_move(转出账户余额="38600").outcome is Outcome.PASS
    assert a_move(原缴存地="浙江省杭州市").outcome is not Outcome.PASS


def test_a_place_that_is_none_is_an_error_in_a_rule_file() -> None:
    with pytest.raises(RuleFileInvalid, match="is no place"):
        read_facts_section({"rate": "number(form+m1.缴存比例)"})


def test_months_and_english_days_are_read() -> None:
    assert months_in("2026-07/2026-09") == (date(2026, 7, 1), date(2026, 9, 30))
    assert months_in("2026年11月至2027年2月") == (date(2026, 11, 1), date(2027, 2, 28))
    assert months_in("2026-07-01/2026-09-30") is None
    assert date_in("06 MAY 1992") == date(1992, 5, 6)


def test_a_household_page_may_name_its_head_beside_the_child() -> None:
    form: dict[str, Value] = {"子女姓名": "夏侯朗", "转出学校": "甲小学", "转入学校": "乙小学"}
    asked: dict[str, Value] = {"学生姓名": "夏侯朗", "转出学校意见": "同意", "转入学校意见": "同意", "学籍核验": "一致"}
    page: dict[str, Value] = {"姓名": "夏侯明", "公民身份号码": "310115198801014533", "子女姓名": "夏侯朗"}
    assert reviewed("school_transfer", form, {"m1": page, "m2": asked}).outcome is Outcome.PASS
    page["子女姓名"] = "夏侯郎"
    assert reviewed("school_transfer", form, {"m1": page, "m2": asked}).outcome is Outcome.RETURN
