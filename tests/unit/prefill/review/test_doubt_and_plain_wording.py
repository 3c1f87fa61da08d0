"""Before an application passes, doubt anywhere is seen; what is plainly worded decides under whatever name."""

from datetime import date

import pytest

from knowledge.corpus.catalogue import SHIPPED, load_catalogue
from prefill.review.application import Application, SubmittedMaterial, Value
from prefill.review.result import Code, Outcome, PointResult, Review
from prefill.review.reviewing import review
from prefill.review.rulebook import shipped_rulebook

ITEMS = {item.slug: item for item in load_catalogue(SHIPPED).items}
WHO: dict[str, Value] = {"姓名": "夏侯明", "公民身份号码": "310115198801014533"}
CARD: dict[str, Value] = {**WHO, "有效期至": "2034-05-01", "清晰": True}
HOME = "上海市静安区康宁路134弄17号1603室"
LICENCE: dict[str, Value] = {"名称": "上海云杉谷商贸有限公司", "登记状态": "存续", "成立日期": "2024-05-06"}


def reviewed(item: str, form: dict[str, Value], materials: dict[str, dict[str, Value]]) -> Review:
    papers = tuple(SubmittedMaterial(material=m, name="", fields=fields) for m, fields in materials.items())
    application = Application(item=item, today=date(2026, 11, 21), form=form, materials=papers)
    return review(application, ITEMS[item], shipped_rulebook())


def a_contract(**more: Value) -> Review:
    """The monthly repayment out of the housing fund agreed on, in order, with `more` in the loan contract."""
    form: dict[str, Value] = {**WHO, "贷款账号": "3100100200", "冲还方式": "月冲", "参与人": "夏侯明"}
    contract: dict[str, Value] = {
        "借款人": "夏侯明",
        "贷款账号": "3100100200",
        "贷款状态": "正常",
        "已还期数": 3,
        "签名盖章": True,
    }
    return reviewed("gjj_offset", form, {"m1": CARD, "m2": {**contract, **more}})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("担保", "他人担保,同意书未见"),
        ("房屋", "与前夫共有,分割另行协商"),
        ("签署", "借款人称由亲友代签"),
        ("贷款状态", "正常(有一笔利息存在争议)"),
        ("还款记录", "近两期补缴中"),
        ("合同页", "页码不连续"),
        ("核对", "电话同意,待书面"),
        ("抵押物", "正在办理解封"),
    ],
)
def test_whatever_leaves_something_open_keeps_an_application_from_passing(name: str, value: str) -> None:
    assert a_contract(**{name: value}).outcome is Outcome.HUMAN


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("借款人婚姻", "未婚"),
        ("抵押情况", "无抵押"),
        ("备注", "无"),
        ("核验_争议", "未发现异议"),
        ("贷款性质", "非营利"),
        ("房屋类型", "不动产,居住"),
        ("网点", "建设银行静安支行"),
        ("新能源车贷", False),
    ],
)
def test_denials_that_deny_something_bad_hold_nothing_up(name: str, value: Value) -> None:
    assert a_contract(**{name: value}).outcome is Outcome.PASS


def test_the_point_that_leans_on_the_doubt_is_open_too() -> None:
    told = a_contract(贷款状态="正常(客户经理另有说明)")
    assert told.points["r1"].result is PointResult.UNKNOWN


@pytest.mark.parametrize("value", ["有失信记录,已申请修复", "1(已申请注销)", "有1条在申诉"])
def test_a_fault_that_somebody_is_mending_is_for_a_person(value: str) -> None:
    plain = {"m1": {**CARD, "核验_未处理违法": value, "驾驶证有效期至": "2027-01-31"}}
    form: dict[str, Value] = {**WHO, "驾驶证号": WHO["公民身份号码"], "体检日期": "2026-11-10"}
    examined: dict[str, Value] = {"姓名": "夏侯明", "日期": "2026-11-10", "结论": "合格", "医院盖章": True}
    told = reviewed("driver_license_renew", form, {**plain, "m2": examined})
    assert told.outcome is Outcome.HUMAN


def a_project(**more: Value) -> Review:
    form: dict[str, Value] = {"企业(单位)名称": "上海云杉谷商贸有限公司", "项目名称": "热电联产", "总投资": "120000"}
    sheet: dict[str, Value] = {"企业": "上海云杉谷商贸有限公司", "项目名称": "热电联产", "盖章": True}
    parts = dict.fromkeys(("企业情况", "项目情况", "资源利用", "生态环境影响", "经济社会影响"), True)
    return reviewed("invest_approve", form, {"m1": {**sheet, **parts, "核验_核准目录": "目录内", **more}})


def test_what_form_and_paper_call_the_same_must_be_the_same_without_a_rule() -> None:
    assert a_project(总投资="12万元").outcome is Outcome.PASS
    assert {one.code for one in a_project(总投资="90000").findings} == {Code.MISMATCH}
    assert {one.code for one in a_project(项目名称="热电连产").findings} == {Code.MISMATCH}
    assert {one.code for one in a_project(企业="上海绿杉谷商贸有限公司").findings} == {Code.MISMATCH}


def test_a_part_that_the_sheet_asks_for_and_that_is_not_there_returns() -> None:
    assert a_project(生态环境影响=False).outcome is Outcome.RETURN


def a_birth_registered(**more: Value) -> Review:
    form: dict[str, Value] = {**WHO, "孩次": "1", "现居住地址": HOME}
    return reviewed("birth_registration", form, {"m1": {**CARD, **more}})


def test_a_register_that_calls_it_as_the_form_does_decides_the_point() -> None:
    assert a_birth_registered(核验_孩次="一孩").points["r1"].result is PointResult.PASS
    assert a_birth_registered(核验_孩次="二孩").points["r1"].result is PointResult.FAIL


def test_hours_count_where_both_moments_tell_the_hour() -> None:
    passport: dict[str, Value] = {"姓名": "Ana Costa", "护照号码": "CB119207", "有效期至": "2031-01-01"}
    form: dict[str, Value] = {"姓名": "Ana Costa", "护照号码": "CB119207", "现居住地址": HOME, "留宿人姓名": "江北"}
    for hour, outcome in (("19:30", Outcome.PASS), ("20:30", Outcome.RETURN)):
        house: dict[str, Value] = {"类型": "不动产权证", "地址": HOME, "登记时间": f"2026-11-21 {hour}"}
        stays: dict[str, Value] = {**form, "入住日期": "2026-11-20 20:00"}
        assert reviewed("foreigner_lodging", stays, {"m1": passport, "m2": house}).outcome is outcome


@pytest.mark.parametrize(
    ("part", "diagnosis", "result"),
    [("左脚踝", "左踝扭伤", "pass"), ("左脚踝", "右踝扭伤", "fail"), ("右手食指", "腰椎骨折", "fail")],
)
def test_parts_of_the_body_are_the_same_in_other_words_and_not_on_the_other_side(
    part: str, diagnosis: str, result: str
) -> None:
    form: dict[str, Value] = {**WHO, "受伤职工姓名": "夏侯明", "受伤部位": part, "发生日期": "2026-11-04"}
    form["受伤时间"] = "2026-11-04 09:10"
    sheet: dict[str, Value] = {"申请方": "用人单位", "单位盖章": True, "申请日期": "2026-11-20"}
    found: dict[str, Value] = {"姓名": "夏侯明", "诊断": diagnosis, "就诊日期": "2026-11-04", "医院盖章": True}
    told = reviewed("injury_identify", form, {"m1": sheet, "m2": {"职工": "夏侯明"}, "m3": found})
    assert told.points["r2"].result.value == result


def test_all_heirs_have_to_sign() -> None:
    form: dict[str, Value] = {**WHO, "被继承人姓名": "夏侯德", "继承方式": "法定", "不动产权证号": "沪008811"}
    papers: dict[str, dict[str, Value]] = {
        "m1": {"姓名": "夏侯德", "死亡日期": "2026-05-01", "医疗机构盖章": True},
        "m3": {"证号": "沪008811", "权利人": "夏侯德"},
        "m4": CARD,
    }
    for signed, result in (("夏侯明、夏侯刚", PointResult.FAIL), ("夏侯明、夏侯刚、夏侯强", PointResult.PASS)):
        heirs: dict[str, Value] = {"第一顺序继承人": "夏侯明、夏侯刚、夏侯强", "同意签字人": signed}
        assert reviewed("property_inherit", form, {**papers, "m2": heirs}).points["r2"].result is result
