"""What the sheets say, in words: natural, complete, and never more certain than the sheet."""

import json
import re
from datetime import date
from pathlib import Path

import pytest

from knowledge.corpus.catalogue import SHIPPED, load_catalogue
from knowledge.items import FactStatus
from knowledge.passages import DocumentVersion, Passage, VersionState
from knowledge.policies import Period, Policy, PolicyCondition, Scalar
from knowledge.statements import Facet, Statement
from knowledge.statements_of import item_statements, passage_statement, policy_statements
from knowledge.wording.asked import facet_of_question
from knowledge.wording.chinese import either, moment, prose, steps, title_of_law
from knowledge.wording.conditions import condition_in_words, period_in_words
from tests.fakes.sheets import ITEM, POLICY, write_sheet

SHIPPED_CATALOGUE = load_catalogue(SHIPPED)
ALL = [s for item in SHIPPED_CATALOGUE.items for s in item_statements(item)] + [
    s for policy in SHIPPED_CATALOGUE.policies for s in policy_statements(policy)
]


def said_by(folder: Path, sheet: str) -> dict[str, Statement]:
    """The statements of one sheet by the part of their id after #."""
    write_sheet(folder, "s", sheet)
    catalogue = load_catalogue(folder)
    found = [s for item in catalogue.items for s in item_statements(item)]
    found += [s for policy in catalogue.policies for s in policy_statements(policy)]
    return {statement.id.split("#")[1]: statement for statement in found}


def test_an_item_says_its_facts_in_words(tmp_path: Path) -> None:
    said = said_by(tmp_path, ITEM)
    assert said["fee"].text == "收费：内环内500元/年"
    assert said["fee"].facet is Facet.FEE
    assert said["conditions.c1"].text == "每户限养一只"
    assert said["materials.m1"].text == "狂犬病免疫证明（必要；原件或电子）"
    assert said["materials.m1"].clause == "第十条"
    assert said["department"].text == "办理部门：市公安局"


def test_the_exemption_is_told_apart_with_its_own_status(tmp_path: Path) -> None:
    said = said_by(tmp_path, ITEM)
    assert said["materials.m1"].may_be_stated
    assert not said["materials.m1.exempt"].may_be_stated


def test_what_is_not_known_is_said_to_be_unconfirmed(tmp_path: Path) -> None:
    said = said_by(tmp_path, ITEM)
    assert said["statutory_days"].text == "法定时限没有核实"
    assert said["statutory_days"].status is FactStatus.UNVERIFIED


def test_a_policy_without_reviewed_wording_is_worded(tmp_path: Path) -> None:
    said = said_by(tmp_path, POLICY)
    assert said["k1"].text == "中断月数不超过3个月"
    assert said["benefit"].text == "等待期：新参保或中断超3个月等待6个月；最高6月。"
    assert said["period"].text == "有效期自2025年9月10日至2030年9月9日。"
    assert (said["period"].effective_from, said["period"].effective_to) == (date(2025, 9, 10), date(2030, 9, 9))


def test_reviewed_wording_comes_first(tmp_path: Path) -> None:
    plain = "  plain:\n  - {text: 没有等待期。, status: sourced}\n  - {text: 待核。, status: unverified}\nperiod:"
    sheet = POLICY.replace("    variable:", "    plain: 中断不超过3个月\n    variable:").replace("period:", plain)
    said = said_by(tmp_path, sheet)
    assert said["k1"].text == "中断不超过3个月"
    assert (said["benefit"].text, said["benefit"].may_be_stated) == ("没有等待期。", True)
    assert not said["benefit.2"].may_be_stated


def test_a_doubtful_end_is_told_apart_from_a_known_beginning(tmp_path: Path) -> None:
    sheet = POLICY.replace(
        "from: '2025-09-10'\n  to: '2030-09-09'\n  status: 有效", "from: '2023'\n  to: null\n  status: unverified"
    )
    said = said_by(tmp_path, sheet)
    assert said["period"].status is FactStatus.UNVERIFIED
    assert (said["period.from"].text, said["period.from"].may_be_stated) == ("自2023年起施行。", True)


def test_conditions_of_which_some_suffice_are_joined_in_words(tmp_path: Path) -> None:
    second = (
        "  - {id: k2, text: 年龄, variable: age, op: '>=', value: 60, unit: 岁, "
        "source: [{ref: lh7}], status: sourced}\n"
    )
    sheet = POLICY.replace("benefit:", second + "benefit:", 1)
    assert "logic" not in said_by(tmp_path, sheet)
    either_one = said_by(tmp_path, sheet.replace("logic: all", "logic: any"))["logic"].text
    assert either_one == "满足下列任意一项即可：中断月数不超过3个月；年龄不少于60岁。"
    mixed = said_by(tmp_path, sheet.replace("logic: all", "logic: any_of(k2) and k1"))["logic"].text
    assert mixed == "须满足：中断月数不超过3个月。并且满足下列任意一项：年龄不少于60岁。"


@pytest.mark.parametrize(
    ("op", "value", "unit", "said"),
    [
        ("<=", 3, "月", "期限不超过3个月"),
        (">=", 12, "月", "期限不少于12个月"),
        ("<", 36, "月", "期限少于36个月"),
        ("==", True, None, "期限"),
        ("==", False, None, "期限：否"),
        ("==", "静安区", None, "期限为静安区"),
        ("in", ("硕士", "博士"), None, "期限为以下之一：硕士、博士"),
        ("between", ("2025-01-01", "2025-12-31"), None, "期限在2025年1月1日至2025年12月31日之间"),
        ("between", (7546, 37731), "元", "期限在7546元至37731元之间"),
        (">=", 0.5, "%", "期限不少于0.5%"),
    ],
)
def test_a_condition_is_worded(op: str, value: Scalar | tuple[Scalar, ...], unit: str | None, said: str) -> None:
    condition = PolicyCondition(
        id="k", text="期限", variable="v", op=op, value=value, unit=unit, status=FactStatus.SOURCED
    )
    assert condition_in_words(condition) == said


def test_an_open_period_says_that_no_end_is_known() -> None:
    period = Period(begins=date(2026, 2, 26), ends=None, note=None, verified=True, begins_text="2026-02-26")
    assert period_in_words(period) == "自2026年2月26日起有效，没有公布截止日期。"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("犬龄>=3个月,且免疫有效", "犬龄不少于3个月，且免疫有效"),
        ("入住至登记<=24小时", "入住至登记不超过24小时"),
        ("内环内500元/年;农村免(绝育减半)", "内环内500元/年；农村免（绝育减半）"),
        ("时间:9:30至17:00", "时间：9:30至17:00"),
        ("最高1,000,000元", "最高1,000,000元"),
        ("2025-01-01之前", "2025年1月1日之前"),
        ("2019-07起试点", "2019年7月起试点"),
        ("7-14个工作日", "7-14个工作日"),
        ("SCIO briefing (2025)", "SCIO briefing (2025)"),
        ("公开仓库(repo a/b,引原文)", "公开仓库（repo a/b，引原文）"),
    ],
)
def test_notation_becomes_prose(written: str, said: str) -> None:
    assert prose(written) == said


def test_small_wordings() -> None:
    assert either("原件/电子证照") == "原件或电子证照"
    assert steps(("申请",)) == "申请"
    assert steps(tuple("甲乙丙丁戊己庚辛壬癸子")).endswith("第十步，癸；第十一步，子")
    assert [moment(m) for m in ("2025", "2025-04", "2025-04-14", "2025-2026")] == [
        "2025年",
        "2025年4月",
        "2025年4月14日",
        "2025-2026",
    ]
    assert title_of_law("社会保险法(2018修正)") == "《社会保险法》（2018修正）"
    assert title_of_law("国办发〔2025〕24号 高效办成一件事常态化机制").startswith("国办发〔2025〕24号")


@pytest.mark.parametrize(
    ("question", "facet"),
    [
        ("狗证要带什么材料？", Facet.MATERIALS),
        ("狗证多久能办好？", Facet.TIME_LIMIT),
        ("办证要钱吗？", Facet.FEE),
        ("居住登记多久有效？", Facet.VALIDITY),
        ("可以让家人代办吗？", Facet.AGENT),
        ("怎么申请？", Facet.PROCESS),
        ("异地能换证吗？", Facet.CHANNELS),
        ("什么情况可以办？", Facet.CONDITIONS),
    ],
)
def test_a_question_is_filed_under_what_it_asks(question: str, facet: Facet) -> None:
    assert facet_of_question(question, "行政许可") is facet


def test_money_asked_of_a_benefit_is_what_it_gives() -> None:
    assert facet_of_question("一年多少钱？", "行政给付") is Facet.BENEFIT
    assert facet_of_question("一年多少钱？", "行政许可") is Facet.FEE


def test_a_passage_is_cited_by_document_and_ordinal() -> None:
    document = DocumentVersion(
        id="v1",
        name="x.txt",
        title="通知",
        number=None,
        issuer=None,
        issued_on=None,
        effective_from=date(2026, 1, 1),
        effective_to=None,
        region="上海市",
        state=VersionState.PUBLISHED,
        sha256="0",
    )
    passage = Passage(
        id="v1-p12",
        version_id="v1",
        ordinal=12,
        text="不收费。",
        heading="",
        clause="第三条",
        start=0,
        end=4,
        garbled=True,
    )
    said = passage_statement(passage, document)
    assert (said.id, said.source, said.clause, said.garbled) == (
        "documents/x.txt#p12",
        "documents/x.txt",
        "第三条",
        True,
    )


def test_every_statement_of_the_corpus_has_an_id_of_its_own() -> None:
    ids = [statement.id for statement in ALL]
    assert len(set(ids)) == len(ids)


def test_every_statement_of_the_corpus_that_may_be_stated_names_a_source() -> None:
    assert [s.id for s in ALL if s.may_be_stated and not s.sources] == []


def test_no_statement_of_the_corpus_shows_notation_to_a_citizen() -> None:
    shown = [s for s in ALL if s.may_be_stated and s.facet is not Facet.REFERENCE_STATUS]
    assert [s.id for s in shown if re.search(r">=|<=|==|unverified|None|[\u4e00-\u9fff],|\{|_", s.text)] == []


def test_no_placeholder_is_ever_stated() -> None:
    assert [s.id for s in ALL if s.may_be_stated and "没有核实" in s.text and s.text.endswith("没有核实")] == []


@pytest.mark.parametrize("policy", SHIPPED_CATALOGUE.policies, ids=[p.id for p in SHIPPED_CATALOGUE.policies])
def test_each_policy_tells_in_reviewed_words_what_it_gives(policy: Policy) -> None:
    assert policy.benefit.plain
    assert all(condition.plain for condition in policy.conditions)


@pytest.mark.parametrize("policy", SHIPPED_CATALOGUE.policies, ids=[p.id for p in SHIPPED_CATALOGUE.policies])
def test_reviewed_words_of_a_policy_bring_no_number_of_their_own(policy: Policy) -> None:
    """Each number in the wording stands in the sheet's facts, or follows from one by its unit."""
    facts = json.dumps(SHIPPED_CATALOGUE.sheets[policy.source].values, ensure_ascii=False, default=str)
    known = numbers_of(re.sub(r'"(plain|text)": "[^"]*"', "", facts.replace(r"\"", "")))
    known |= {
        x * f for x in known for f in (10_000, 1 / 10_000, 100, 1 / 100, 12, 1 / 12, 1 / 1_000_000, 1 / 100_000_000)
    }
    known |= DERIVED_NUMBERS.get(policy.id, set())
    worded = [plain.text for plain in policy.benefit.plain] + [c.plain or "" for c in policy.conditions]
    missing = {n for text in worded for n in numbers_of(text) if not any(abs(n - k) < 1e-6 for k in known)}
    assert missing == set()


# What the wording computes from the sheet's formula, each by hand once.
DERIVED_NUMBERS: dict[str, set[float]] = {
    "childcare_allowance": {10800},  # three years of 3600
    "unemployment_benefit": {10, 5, 13},  # 5 years give 2 x 5 = 10 months; after month 12 comes month 13
    "maternity_allowance": {158},  # 98 + 60
    "difficult_flex_ss": {20, 10, 1131.90},  # 7546 x 30 % x 50 %
    "flexible_ins_min": {2263.80},
}


def numbers_of(text: str) -> set[float]:
    """All numbers in a text."""
    return {float(number) for number in re.findall(r"\d+(?:\.\d+)?", text)}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("户籍限制已取消(仓库整理,待核)", "户籍限制已取消（未核实）"),
        ("60日(1986年办法;实际执行更短,待核)", "60日（1986年办法；实际执行更短，未核实）"),
        ("补换工本费25元(低置信,转载)", "补换工本费25元（未核实，转载）"),
        ("申请人(公司)提交", "申请人（公司）提交"),
    ],
)
def test_what_editors_note_in_brackets_is_read_in_plain_words(written: str, read: str) -> None:
    assert prose(written) == read


def test_no_sheet_speaks_to_citizens_in_editors_jargon() -> None:
    spoken = [s.text for s in ALL if s.status is FactStatus.SOURCED]
    assert [text for text in spoken if re.search("待核|低置信|仓库整理", text)] == []
