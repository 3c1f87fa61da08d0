"""Sheets become items and policies; broken ones are named by file and line and stop nobody else."""

from datetime import date
from pathlib import Path

import pytest

from knowledge.corpus.catalogue import load_catalogue
from knowledge.corpus.problem import Problem
from knowledge.corpus.requests import RequestKind, open_requests, request_problems, ways_of_asking
from knowledge.corpus.shape import SheetKind, _shape
from knowledge.corpus.validate import validate_folder
from knowledge.items import Audience, FactStatus
from knowledge.recognition.asking import load_asking
from tests.fakes.sheets import ITEM, POLICY, an_item_sheet, write_sheet


def the_problem(folder: Path) -> Problem:
    """The only problem of the folder."""
    problems = load_catalogue(folder).problems
    assert len(problems) == 1, [str(problem) for problem in problems]
    return problems[0]


def line_with(text: str, part: str) -> int:
    """The number of the line that holds the part."""
    return next(n for n, line in enumerate(text.split("\n"), 1) if part in line)


def test_an_item_is_read_with_its_sources(tmp_path: Path) -> None:
    write_sheet(tmp_path, "dog_reg", ITEM)
    (item,) = load_catalogue(tmp_path).items
    assert (item.slug, item.name, item.audience) == ("dog_reg", "养犬登记(犬证)", (Audience.PERSON,))
    assert item.fee.value == "内环内500元/年"
    assert item.fee.sources[0].origin.title == "上海市养犬管理条例"
    assert item.materials[0].sources[0].locator == "第十条"


def test_a_part_that_is_left_out_is_not_confirmed(tmp_path: Path) -> None:
    write_sheet(tmp_path, "dog_reg", ITEM)
    (item,) = load_catalogue(tmp_path).items
    for fact in (item.statutory_days, item.promised_days, item.channels, item.result, item.visits_on_site):
        assert (fact.value, fact.status) == ("unverified", FactStatus.UNVERIFIED)
        assert not fact.is_known
    assert (item.process, item.faq, item.legal_basis) == ((), (), ())
    assert item.effective_from is None


def test_a_policy_is_read_with_its_period(tmp_path: Path) -> None:
    write_sheet(tmp_path, "flex_waiting", POLICY)
    (policy,) = load_catalogue(tmp_path).policies
    assert (policy.period.begins, policy.period.ends, policy.period.verified) == (
        date(2025, 9, 10),
        date(2030, 9, 9),
        True,
    )
    assert policy.conditions[0].value == 3
    assert policy.source == "policies/flex_waiting"


@pytest.mark.parametrize(
    ("period", "begins", "ends", "verified"),
    [
        ("from: '2023'\n  to: null\n  status: unverified", None, None, False),
        ("from: '2026-01-01'\n  to: null\n  status: 有效", date(2026, 1, 1), None, True),
        ("from: '2026-01-01'\n  to: unverified\n  status: 以国家延续文件为准", date(2026, 1, 1), None, False),
        ("from: null\n  to: '2026-12-31'\n  status: unverified", None, date(2026, 12, 31), True),
    ],
)
def test_what_is_known_of_a_period(
    tmp_path: Path, period: str, begins: date | None, ends: date | None, verified: bool
) -> None:
    old = "from: '2025-09-10'\n  to: '2030-09-09'\n  status: 有效"
    write_sheet(tmp_path, "p", POLICY.replace(old, period))
    (policy,) = load_catalogue(tmp_path).policies
    assert (policy.period.begins, policy.period.ends, policy.period.verified) == (begins, ends, verified)


def test_the_version_follows_the_content_and_not_the_layout(tmp_path: Path) -> None:
    def version_of(text: str) -> str:
        write_sheet(tmp_path, "s", text)
        return load_catalogue(tmp_path).items[0].version

    first = version_of(ITEM)
    assert version_of("# a comment\n" + ITEM.replace("aliases: [狗证]", "aliases:\n- 狗证")) == first
    assert version_of(ITEM.replace("500元", "300元")) != first


def test_a_day_without_quotes_stays_a_text(tmp_path: Path) -> None:
    write_sheet(tmp_path, "s", ITEM.replace("date: '2011-05-15'", "date: 2011-05-15"))
    catalogue = load_catalogue(tmp_path)
    assert catalogue.problems == ()
    assert catalogue.items[0].origins[0].date == "2011-05-15"


def test_sheets_may_lie_in_the_folder_itself(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(ITEM, encoding="utf-8")
    (tmp_path / "b.yml").write_text(POLICY, encoding="utf-8")
    catalogue = load_catalogue(tmp_path)
    assert (len(catalogue.items), len(catalogue.policies), catalogue.problems) == (1, 1, ())


def test_an_empty_folder_says_what_belongs_there(tmp_path: Path) -> None:
    assert "no *.yaml here" in the_problem(tmp_path).message


def test_a_broken_sheet_does_not_stop_the_others(tmp_path: Path) -> None:
    write_sheet(tmp_path, "a", an_item_sheet("a"))
    write_sheet(tmp_path, "b", "slug: [")
    write_sheet(tmp_path, "c", an_item_sheet("c"))
    catalogue = load_catalogue(tmp_path)
    assert [item.slug for item in catalogue.items] == ["a", "c"]
    assert catalogue.left_out == {"b"}


@pytest.mark.parametrize(
    ("old", "new", "marker", "said"),
    [
        ("audience: [个人]", "audience: [居民]", "audience", 'audience[0] is "居民": write one of 个人, 法人'),
        ("department: 市公安局\n", "", "schema_version", "the key department is missing"),
        ("  status: sourced\nmaterials", "  status: souced\nmaterials", "souced", "write one of sourced, derived"),
        ("exempt_by_e_license: partial", "exempt_by_e_license: yes", "exempt_by_e_license", "is true: write one of"),
        ("name: 养犬登记(犬证)", "name: 7", "name: 7", "name is 7: write a text in quotes"),
        ("slug: dog_reg", "slug: 狗-证", "slug", "never renamed"),
        ("- id: m1", "- id: ''", "- id: ''", "materials[0].id"),
        ("related_items: []", "related_items: 无", "related_items", 'related_items is "无": write a list'),
        ("schema_version: '1.0'", "schema_version: '9'", "schema_version", 'write "1.0"'),
        ("aliases: [狗证]", "aliases: ['']", "aliases", "aliases[0] is empty"),
        ("aliases: [狗证]", "aliases: [狗证]\naliases: []", "aliases: []", "the key aliases stands twice"),
        (
            "related_items: []",
            "effective_from: {value: '2026-02-30', status: derived}",
            "effective_from",
            "no such day",
        ),
        (
            "- id: c1\n",
            "- {id: c1, text: 甲, status: derived}\n- id: c1\n",
            "- id: c1",
            "c1 stands twice: give each its own id",
        ),
    ],
)
def test_a_wrong_item_is_left_out_and_the_line_is_named(
    tmp_path: Path, old: str, new: str, marker: str, said: str
) -> None:
    assert old in ITEM
    sheet = ITEM.replace(old, new, 1)
    file = write_sheet(tmp_path, "s", sheet)
    problem = the_problem(tmp_path)
    assert said in problem.message
    assert problem.line == line_with(sheet, marker)
    assert str(problem).startswith(f"{file}:{problem.line}: ")
    assert load_catalogue(tmp_path).items == ()


@pytest.mark.parametrize(
    ("old", "new", "marker", "said"),
    [
        ("department:", "colour: red\ndepartment:", "colour", "unknown key colour: remove it"),
        ("aliases:", "alias: [x]\naliases:", "alias: [x]", "unknown key alias: did you mean aliases?"),
        (
            "related_items: []",
            "related_items: [{slug: nope, name: 无}]",
            "related_items",
            "no item nope in this catalogue",
        ),
        (
            "  source: [{ref: law}]\n  status: sourced\nrelated",
            "  source: [{ref: lw}]\n  status: sourced\nrelated",
            "lw",
            "no source has the id lw",
        ),
        (
            "  source: [{ref: law}]\n  status: sourced\nrelated",
            "  source: []\n  status: sourced\nrelated",
            "",
            "fee.status is sourced but no source is named",
        ),
        ("value: 内环内500元/年", "value: unverified", "", "fee.status is sourced but the value is unverified"),
    ],
)
def test_a_smaller_flaw_is_told_and_the_sheet_stays(tmp_path: Path, old: str, new: str, marker: str, said: str) -> None:
    sheet = ITEM.replace(old, new, 1)
    assert sheet != ITEM
    write_sheet(tmp_path, "s", sheet)
    problem = the_problem(tmp_path)
    assert said in problem.message
    assert not problem.blocks
    if marker:
        assert problem.line == line_with(sheet, marker)
    assert len(load_catalogue(tmp_path).items) == 1


def test_what_claims_a_source_and_shows_none_is_not_believed(tmp_path: Path) -> None:
    sourced = "  source: [{ref: law}]\n  status: sourced\nrelated"
    write_sheet(tmp_path, "s", ITEM.replace(sourced, "  source: []\n  status: sourced\nrelated"))
    assert load_catalogue(tmp_path).items[0].fee.status is FactStatus.UNVERIFIED


@pytest.mark.parametrize(
    ("old", "new", "marker", "said"),
    [
        ("to: '2030-09-09'", "to: '2020-09-09'", "to: ", "period.to 2020-09-09 lies before period.from 2025-09-10"),
        ("to: '2030-09-09'", "to: 明年", "to: ", "unverified where the end is not confirmed"),
        ("to: '2030-09-09'", "to: '2030-13-09'", "to: ", "no such day"),
        ("op: <=", "op: 小于", "op: ", "write one of =="),
        ("value: 3", "value: [3, 6]", "value", "compares with one value"),
        ("op: <=\n    value: 3", "op: between\n    value: [3]", "value", "between needs two values"),
        ("category: 惠民", "category: 福利", "category", "write one of 惠民, 惠企"),
    ],
)
def test_a_wrong_policy_is_left_out_and_the_line_is_named(
    tmp_path: Path, old: str, new: str, marker: str, said: str
) -> None:
    assert old in POLICY
    sheet = POLICY.replace(old, new, 1)
    write_sheet(tmp_path, "p", sheet)
    problem = the_problem(tmp_path)
    assert said in problem.message
    assert problem.line == line_with(sheet, marker)
    assert load_catalogue(tmp_path).policies == ()


def test_all_problems_of_a_sheet_are_told_at_once(tmp_path: Path) -> None:
    write_sheet(
        tmp_path, "s", ITEM.replace("[个人]", "[居民]").replace("sourced", "sure").replace("kind: law", "kind: x")
    )
    assert len(load_catalogue(tmp_path).problems) == 5


def test_a_slug_used_twice_is_told_for_the_second(tmp_path: Path) -> None:
    write_sheet(tmp_path, "a", ITEM)
    write_sheet(tmp_path, "b", ITEM)
    problem = the_problem(tmp_path)
    assert (problem.file.name, problem.line) == ("b.yaml", 2)
    assert "used by a.yaml already" in problem.message
    assert len(load_catalogue(tmp_path).items) == 1


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("schema_version: '1.0'\nname: 狗".encode("gb18030"), "not UTF-8"),
        (b"a: 1\nb: \x07", "control character"),
        (b"- a\n- b\n", "no keys and values"),
        (b"", "no keys and values"),
        (b"a: !!python/object/apply:os.getcwd []", "broken YAML"),
        (
            b"a: &x [1,1,1,1,1,1,1,1,1,1]\n"
            b"b: &y [*x,*x,*x,*x,*x,*x,*x,*x,*x,*x]\n"
            b"c: &z [*y,*y,*y,*y,*y,*y,*y,*y,*y,*y]\n"
            b"d: &w [*z,*z,*z,*z,*z,*z,*z,*z,*z,*z]\n"
            b"e: &v [*w,*w,*w,*w,*w,*w,*w,*w,*w,*w]\n"
            b"f: [*v,*v,*v,*v,*v]\n",
            "aliases",
        ),
        (b"a: " + b"x" * 2_100_000, "larger than"),
        (b"[" * 5000, "YAML"),
    ],
    ids=["encoding", "control", "list", "empty", "object", "bomb", "huge", "deep"],
)
def test_hostile_and_damaged_files_are_told_plainly(tmp_path: Path, raw: bytes, said: str) -> None:
    (tmp_path / "x.yaml").write_bytes(raw)
    assert said in the_problem(tmp_path).message


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_bytes(b"\xef\xbb\xbf" + ITEM.encode())
    assert load_catalogue(tmp_path).problems == ()


def test_the_schemas_know_the_statuses_and_audiences_of_the_code() -> None:
    for kind in (SheetKind.ITEM, SheetKind.POLICY):
        assert _shape(kind).schema["$defs"]["status"]["enum"] == [status.value for status in FactStatus]
    audience = _shape(SheetKind.ITEM).schema["properties"]["audience"]["items"]["enum"]
    assert audience == [part.value for part in Audience]


def test_ways_of_asking_are_read_and_their_flaws_named(tmp_path: Path) -> None:
    good = '{"item": "dog_reg", "query": "狗证怎么办", "style": "terse", "source": "A"}'
    none = '{"item": null, "query": "天气", "style": "chat", "source": "A"}'
    lines = [good, "{broken", none, good.replace("dog_reg", "cat_reg").replace("狗证", "猫证"), '{"item": 3}']
    (tmp_path / "A.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert [way.item for way in ways_of_asking(tmp_path)] == ["dog_reg", None, "cat_reg"]
    problems = list(request_problems(tmp_path, frozenset({"dog_reg"})))
    assert [problem.line for problem in problems] == [2, 4, 5]


def test_requests_with_a_kind_are_read_apart_from_the_others(tmp_path: Path) -> None:
    both = '{"items": ["dog_reg", "cat_reg"], "kind": "multi", "query": "猫狗", "style": "terse", "source": "G"}'
    lines = [
        both,
        both.replace("multi", "ambiguous").replace("猫狗", "那个证"),
        both.replace("multi", "either"),
        both.replace(', "cat_reg"', "").replace("猫狗", "狗"),
        both.replace("cat_reg", "dog_reg").replace("猫狗", "两只狗"),
        both.replace('["dog_reg", "cat_reg"]', '"dog_reg"'),
        both.replace("cat_reg", "owl_reg"),
        both.replace(', "cat_reg"', "").replace("multi", "single").replace("猫狗", "两只狗"),
        both.replace("multi", "single").replace("猫狗", "猫和狗"),
        '{"item": "dog_reg", "query": "狗证怎么办", "style": "terse", "source": "G"}',
    ]
    (tmp_path / "G.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert [way.query for way in ways_of_asking(tmp_path)] == ["狗证怎么办"]
    assert [way.kind for way in open_requests(tmp_path)] == [
        RequestKind.MULTI,
        RequestKind.AMBIGUOUS,
        RequestKind.MULTI,
        RequestKind.SINGLE,
    ]
    problems = [(p.line, p.blocks) for p in request_problems(tmp_path, frozenset({"dog_reg", "cat_reg"}))]
    assert problems == [(3, True), (4, True), (5, True), (6, True), (7, True), (7, False), (9, True)]


def test_training_and_recognition_leave_requests_with_several_items_alone(tmp_path: Path) -> None:
    both = '{"items": ["dog_reg", "cat_reg"], "kind": "ambiguous", "query": "证", "style": "terse", "source": "F"}'
    (tmp_path / "F.jsonl").write_text(both, encoding="utf-8")
    assert load_asking(tmp_path) == ()


def test_validating_a_folder_tells_sheets_and_ways_of_asking(tmp_path: Path) -> None:
    write_sheet(tmp_path, "s", ITEM)
    (tmp_path / "asking").mkdir()
    (tmp_path / "asking" / "A.jsonl").write_text("{", encoding="utf-8")
    assert [problem.file.name for problem in validate_folder(tmp_path)] == ["A.jsonl"]
