"""What applications by other hands brought up: other names, days, ticks and documents; what is open never passes."""

from dataclasses import dataclass
from datetime import date

import pytest

from knowledge.corpus.catalogue import SHIPPED, load_catalogue
from prefill.review.application import Application, SubmittedMaterial, Value
from prefill.review.comparing import same
from prefill.review.documents import is_right_document
from prefill.review.evidence import Found
from prefill.review.result import Code, Outcome, PointResult, Review
from prefill.review.reviewing import review
from prefill.review.rulebook import load_rulebook
from prefill.review.rules import MaterialRule
from prefill.review.values import date_in, last_date_in, number_in
from tests.fakes.applications import a_rent_application

ITEMS = {item.slug: item for item in load_catalogue(SHIPPED).items}
RULEBOOK = load_rulebook(SHIPPED / "rules")
WORDS = RULEBOOK.vocabulary
NUMBER = "11010519491231002X"


@dataclass(frozen=True, slots=True)
class Paper:
    """One document handed in."""

    material: str
    name: str
    fields: dict[str, Value]


def judged(item: str, form: dict[str, Value], *papers: Paper) -> Review:
    materials = tuple(SubmittedMaterial(material=p.material, name=p.name, fields=p.fields) for p in papers)
    application = Application(item=item, today=date(2026, 11, 23), form=form, materials=materials)
    return review(application, ITEMS[item], RULEBOOK)


def retired(**certificate: Value) -> Review:
    person: dict[str, Value] = {"姓名": "濮阳根", "公民身份号码": NUMBER}
    form = person | {"退休日期": "2026-03-01"}
    return judged(
        "gjj_retire",
        form,
        Paper("m1", "身份证", person),
        Paper("m2", "退休证", {"姓名": "濮阳根", **certificate}),
        Paper("m3", "银行一卡通", {"户名": "濮阳根"}),
    )


@pytest.mark.parametrize("value", ["二〇二六年三月一日", "2026.03.01", "2026/3/1", "20260301", "二O二六年三月一号"])
def test_a_day_is_read_however_it_is_written(value: str) -> None:
    assert date_in(value) == last_date_in(value) == date(2026, 3, 1)


def test_an_amount_is_no_month_and_breaks_nothing() -> None:
    assert last_date_in("8632.50") is None
    assert last_date_in("2026.03") == date(2026, 3, 31)


@pytest.mark.parametrize(
    ("value", "key", "number"),
    [
        ("叁万伍仟元整", "金额", 35_000),
        ("3.5万元", "金额", 35_000),
        ("35000.00元", "金额", 35_000),
        ("捌仟陆佰叁拾贰元伍角", "金额", 8632.5),
        ("壹佰元零伍分", "金额", 100.05),
        ("2年3个月(新建)", "道路年限", 2.25),
        ("双胞胎", "胎儿数", 2),
        ("单胎", "胎儿数", 1),
        ("100(实缴)", "注册资本", None),
        ("五年左右", "道路年限", None),
    ],
)
def test_a_number_is_read_however_it_is_written(value: str, key: str, number: float | None) -> None:
    assert number_in(value, key) == (pytest.approx(number) if number is not None else None)


@pytest.mark.parametrize(
    ("value", "flag"),
    [
        ("✓", True),
        ("√", True),
        ("✗", False),
        ("真实有效", True),
        ("父母双方均已签字", True),
        ("仅父亲签字,母亲未签", False),
        ("承诺完工后恢复原状", True),
        ("未承诺", False),
        ("人脸比对失败", False),
        ("本市职工医保在保", True),
        ("复评待出", None),
        ("挂失结果同步中", None),
        ("查询失败", None),
        ("停保信息未同步", None),
        ("相符", True),
        ("不属于", False),
        ("法定代表人已签字并盖章", True),
        ("父亲已签字,母亲由他人代签", None),
    ],
)
def test_yes_no_and_open_are_told_apart(value: str, *, flag: bool | None) -> None:
    assert WORDS.flag(value) is flag


@pytest.mark.parametrize("word", ["享受待遇", "待业人员", "受理中心"])
def test_a_word_with_waiting_in_it_is_not_always_open(word: str) -> None:
    assert not WORDS.is_unsure(word)


@pytest.mark.parametrize(
    ("item", "material", "name", "is_right"),
    [
        ("maternity_benefit", "m4", "结婚证", True),
        ("labor_ability", "m1", "认定工伤决定书", True),
        ("labor_ability", "m2", "出院小结及病历", True),
        ("pension_death", "m3", "户口簿(父子关系页)", True),
        ("pension_death", "m5", "招行一卡通", True),
        ("sign_filing", "m3", "商铺租赁协议", True),
        ("hukou_change", "m3", "改名申请及父母同意书", True),
        ("id_temp", "m2", "黑白一寸照", True),
        ("id_temp", "m2", "旅游景点生活照", False),
        ("labor_ability", "m1", "劳动合同", False),
        ("pension_death", "m5", "水费账单", False),
    ],
)
def test_a_document_is_known_under_another_name(item: str, material: str, name: str, *, is_right: bool) -> None:
    asked = next(one for one in ITEMS[item].materials if one.id == material)
    rules = RULEBOOK.rules_for(item, date(2026, 11, 23))
    rule = (rules.materials.get(material) if rules else None) or MaterialRule(id=material)
    assert is_right_document(asked, name, rule, WORDS) is is_right


@pytest.mark.parametrize(
    ("key", "left", "right", "equal"),
    [
        ("买受人", "漆雨桐、牧子川", "牧子川", True),
        ("买受人", "漆雨桐、牧子川", "巫长海", False),
        ("与逝者关系", "之子", "父子", True),
        ("与逝者关系", "夫妻", "父子", False),
        ("费用合计", "8632.50", "捌仟陆佰叁拾贰元伍角", True),
        ("费用合计", "8632.50", "7632.50元", False),
        ("残疾类别", "听力残疾", "听力", True),
        ("残疾类别", "非居住", "居住", False),
    ],
)
def test_the_same_is_seen_in_other_words(key: str, left: str, right: str, *, equal: bool) -> None:
    assert same(Found(left, key, "m1"), Found(right, key, "form")) is equal


def test_what_is_left_open_never_lets_a_later_row_pass() -> None:
    assert retired(退休日期="2026-03-01", 养老金核定情况="已核定").outcome is Outcome.PASS
    assert retired(退休日期="2026-03-01", 养老金核定情况="档案年龄争议,复核中").outcome is Outcome.HUMAN
    assert retired(退休日期="2026-03-01", 养老金核定情况="尚未核定").points["r1"].result is PointResult.FAIL


def test_a_day_is_compared_under_a_longer_name() -> None:
    assert Code.MISMATCH in retired(批准退休时间="二〇二六年五月一日").codes
    assert retired(批准退休时间="二〇二六年三月一日").outcome is Outcome.PASS


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("出租人签字", "", Code.UNSIGNED),
        ("出租人签字", "(空)", Code.UNSIGNED),
        ("出租人签字", "✗", Code.UNSIGNED),
        ("出租人签字", "√", None),
        ("见证人签名", "路敏", None),
        ("见证人签名", "他人代签", Code.NEEDS_HUMAN),
    ],
)
def test_a_signature_is_seen_or_missed(key: str, value: str, code: Code | None) -> None:
    found = review(a_rent_application(m2={key: value}), ITEMS["gjj_rent"], RULEBOOK).codes
    assert set(found) == ({code} if code else set())


def test_somebody_insured_elsewhere_is_not_without_insurance() -> None:
    person: dict[str, Value] = {"姓名": "戈桂英", "公民身份号码": NUMBER}
    book: dict[str, Value] = {"姓名": "戈桂英", "集中参保期": "是", "核验_职工医保参保状态": "正常参保缴费"}
    found = judged("med_resident", person, Paper("m1", "身份证", person), Paper("m2", "户口簿", book))
    assert found.points["r2"].result is PointResult.FAIL


def test_another_person_is_compared_where_both_call_them_the_same() -> None:
    form: dict[str, Value] = {"姓名": "宿晓琳", "公民身份号码": NUMBER, "配偶姓名": "危建国"}
    card: dict[str, Value] = {"公民身份号码": NUMBER, "配偶姓名": "危健国", "核验_婚姻登记档案": "有"}
    found = judged("marriage_reissue", form, Paper("m1", "身份证", card), Paper("m3", "照片", {}))
    assert set(found.codes) == {Code.MISMATCH}


@pytest.mark.parametrize(
    ("said", "result"),
    [
        ({"评定机构": "市一医院", "是否指定机构": "是"}, PointResult.PASS),
        ({"评定机构": "市一医院", "是否指定机构": "不是"}, PointResult.FAIL),
        ({"评定机构": "市一医院", "是否指定机构": "名单更新,待核"}, PointResult.UNKNOWN),
        ({"评定机构": "市一医院"}, PointResult.UNKNOWN),
    ],
)
def test_a_name_decides_nothing_but_what_stands_beside_it_does(said: dict[str, Value], result: PointResult) -> None:
    found = judged("disability_cert", {"姓名": "佟玉"}, Paper("m4", "指定医院评定材料", said))
    assert found.points["r2"].result is result


@pytest.mark.parametrize(
    ("said", "result"),
    [
        ("已停保,无单位参保", PointResult.PASS),
        ("在职参保缴费中", PointResult.FAIL),
        ("停保信息未同步", PointResult.UNKNOWN),
    ],
)
def test_insurance_that_has_stopped_is_told_from_insurance(said: str, result: PointResult) -> None:
    person: dict[str, Value] = {"姓名": "屈一帆", "公民身份号码": NUMBER}
    found = judged("unemployment_reg", person, Paper("m1", "身份证", person | {"核验_就业参保状态": said}))
    assert found.points["r1"].result is result


def test_a_count_is_found_by_its_unit_where_the_name_leaves_it_out() -> None:
    account: dict[str, Value] = {"账户情况": "正常", "核验_本市连续缴存": "9个月"}
    found = judged("gjj_transfer", {"姓名": "海若云"}, Paper("m2", "公积金缴存证明", account))
    assert found.points["c1"].result is PointResult.PASS


def test_a_doubtful_value_that_no_table_asks_is_seen_by_a_person() -> None:
    papers = [Paper("m1", "身份证", {"姓名": "佟玉", "核验_收入稳定性": "结果待人工核实"})]
    found = judged("gjj_loan", {"姓名": "佟玉"}, *papers)
    assert any("收入稳定性" in one.what for one in found.findings if one.code is Code.NEEDS_HUMAN)


def photo_card(**photo: Value) -> Review:
    person: dict[str, Value] = {"姓名": "濮阳根", "公民身份号码": NUMBER, "申领事由": "到期"}
    book: dict[str, Value] = {"姓名": "濮阳根", "公民身份号码": NUMBER, "清晰": True}
    return judged("id_temp", person, Paper("m1", "居民户口簿", book), Paper("m2", "一寸免冠黑白照片", dict(photo)))


@pytest.mark.parametrize("verdict", ["不通过", "核验不通过", "未通过", "不一致", "不属实", "比对失败", "虚假"])
def test_a_verdict_against_it_is_never_passed_whatever_was_asked(verdict: str) -> None:
    judged_so = photo_card(核验_在办身份证业务=verdict)
    assert judged_so.outcome is not Outcome.PASS
    assert photo_card(核验_在办身份证业务="有").outcome is Outcome.PASS


@pytest.mark.parametrize("value", ["页数不全", "缺第2页", "印章不清", "公章较不清晰"])
def test_a_page_or_a_seal_that_cannot_be_read_is_unreadable(value: str) -> None:
    assert Code.UNREADABLE in photo_card(核验_在办身份证业务="有", 清晰=value).codes


@pytest.mark.parametrize("text", ["已满20日,无人提出异议", "没有争议", "外国人工作许可", "尚未到期"])
def test_a_denied_doubt_is_no_doubt(text: str) -> None:
    assert not WORDS.is_unsure(text)


@pytest.mark.parametrize("text", ["有异议", "企业称已和解", "自述已清偿", "转人工核实", "系统未见结案信息"])
def test_what_somebody_only_claims_stays_open(text: str) -> None:
    assert WORDS.is_unsure(text)


def newborn(**registration: Value) -> Review:
    form: dict[str, Value] = {"子女姓名": "濮阳安", "子女出生日期": "2026-11-17"}
    parents: dict[str, Value] = {"父亲姓名": "濮阳根", "母亲姓名": "路敏", "清晰": True}
    return judged(
        "birth_cert",
        form,
        Paper("m1", "父母双方身份证原件", parents),
        Paper("m2", "首次签发登记表", dict(registration)),
    )


def test_both_parents_signed_where_each_did() -> None:
    assert newborn(父亲签名=True, 母亲签字="路敏").points["r1"].result is PointResult.PASS
    assert newborn(父亲签名=False, 母亲签名=True).points["r1"].result is not PointResult.PASS
    assert newborn(母亲签名=True).points["r1"].result is PointResult.UNKNOWN


@pytest.mark.parametrize("key", ["姓名", "持证人姓名"])
def test_a_name_that_differs_by_one_sign_is_a_mismatch_in_any_document(key: str) -> None:
    slip = judged(
        "id_temp",
        {"姓名": "濮阳小根", "公民身份号码": NUMBER},
        Paper("m1", "居民户口簿", {"姓名": "濮阳小根", "公民身份号码": NUMBER}),
        Paper("m2", "一寸免冠黑白照片", {key: "濮阳小银", "核验_在办身份证业务": "有"}),
    )
    assert Code.MISMATCH in slip.codes


def test_a_brother_who_invites_is_no_slip_of_the_pen() -> None:
    card: dict[str, Value] = {"姓名": "濮阳宝根", "公民身份号码": NUMBER}
    invited = judged(
        "taiwan_pass",
        {**card, "签注种类": "探亲"},
        Paper("m1", "居民身份证", card),
        Paper("m4", "与申请事由相应的证明", {"邀请人": "濮阳宝昌", "亲属关系": "兄弟"}),
    )
    assert Code.MISMATCH not in invited.codes


def test_a_parent_has_one_name_in_all_documents() -> None:
    papers = (
        Paper("m1", "父母双方身份证原件", {"父亲姓名": "濮阳根", "母亲姓名": "路敏"}),
        Paper("m2", "首次签发登记表", {"父亲姓名": "濮阳坤", "母亲姓名": "路敏", "父母双方签名": True}),
    )
    assert Code.MISMATCH in judged("birth_cert", {"子女姓名": "濮阳安"}, *papers).codes


def test_an_abnormal_register_goes_to_a_person() -> None:
    assert photo_card(核验_在办身份证业务="异常").outcome is Outcome.HUMAN


def injured(conclusion: str) -> Review:
    person: dict[str, Value] = {"姓名": "濮阳根", "公民身份号码": NUMBER}
    return judged(
        "labor_ability",
        {**person, "工伤认定编号": "沪人社认(2026)第1号"},
        Paper("m1", "工伤认定决定书", {"姓名": "濮阳根", "编号": "沪人社认(2026)第1号", "结论": conclusion}),
        Paper("m2", "工伤医疗的有关资料", {"姓名": "濮阳根", "伤情": "稳定"}),
        Paper("m3", "居民身份证", person),
    )


def test_a_decision_that_refuses_returns_and_one_that_grants_passes() -> None:
    assert injured("不予认定工伤").outcome is Outcome.RETURN
    assert injured("认定工伤").outcome is Outcome.PASS


@pytest.mark.parametrize("value", ["2025-06-30", "本市", "2026年1月1日"])
def test_a_day_or_a_place_that_a_check_looked_up_is_no_verdict(value: str) -> None:
    assert photo_card(核验_在办身份证业务="有", 核验_户籍=value).outcome is Outcome.PASS


def test_an_owner_who_died_leaves_open_who_may_let() -> None:
    owner = Paper("m3", "房屋权属证明", {"权利人": "濮阳坤之父(已故)"})
    judged_so = judged("rent_filing", {"姓名": "路敏", "出租人姓名": "濮阳坤"}, owner)
    assert judged_so.points["r3"].result is PointResult.UNKNOWN


def test_a_capital_counted_in_ten_thousands_is_the_same_where_the_licence_says_no_unit() -> None:
    form, licence = Found("30", "注册资本(万元)", "form"), Found("30", "注册资本", "m1")
    assert same(licence, form)
    assert not same(Found("20", "注册资本", "m1"), form)
    assert not same(Found("30元", "注册资本", "m1"), form)
