"""What is wrong with an edited rule table, in plain Chinese, with the row and column it is about."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import zen

from knowledge.items import ServiceItem
from prefill.review.authoring import RuleFileInvalid, read_facts_section, read_rules
from prefill.review.cells import TESTS_OF, Cell, CellInvalid, CellTest, FactKind, kind_of, write_cell
from prefill.review.checking import values_flaws
from prefill.review.editing import EditedPoint, EditedRow, EditedTable, written
from prefill.review.overlaps import Overlap, overlaps_of
from prefill.review.result import PointResult
from prefill.review.rules import FactRule, ItemRules, PointRule, Standing
from prefill.review.tables import DOUBT, DecisionTables, safe_cell

RESULTS: Final = {PointResult.PASS: "通过", PointResult.FAIL: "退回", PointResult.UNKNOWN: "转人工"}
_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")
_MEASURE: Final = "例如 number(m1.连续缴存月数)、flag(form.是否已婚)、in_date(m2.有效期至)"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableProblem:
    """One problem. `where`: a point's id, `facts`, or `rules`; rows count from 1. Some only want to be looked at.

    `can_be_tried`: it keeps the table from being saved, but what it would do can be shown.
    """

    where: str
    sentence: str
    row: int | None = None
    fact: str | None = None
    blocks: bool = True
    can_be_tried: bool = False


def table_problems(table: EditedTable, values: Mapping[str, object], item: ServiceItem) -> tuple[TableProblem, ...]:
    """Every problem of the table, those of the whole first. `values` is the file that it was made from."""
    facts, found = _facts(table, item)
    found = [*_head(table), *found]
    points = {point.id: point for point in table.points}
    for point in table.points:
        found += _point(point, facts, points, item)
    if any(one.blocks for one in found):
        return tuple(found)
    try:
        rules = read_rules(written(table, values))
    except (CellInvalid, RuleFileInvalid, ValueError, KeyError) as error:
        return (*found, TableProblem(where="rules", sentence=f"整张表还读不懂：{error}"))
    tables = DecisionTables(rules)
    for rule in rules.points:
        found += _overlaps(rule, rules)
        found += _examples(rule, tables)
    if any(one.blocks for one in found):
        return tuple(found)
    rest = values_flaws(item.slug, written(table, values), {item.slug: item})
    return (
        *found,
        *(TableProblem(where=_where(flaw.path), sentence=f"规则检查没有通过：{flaw.message}") for flaw in rest),
    )


def _where(path: tuple[str | int, ...]) -> str:
    return str(path[1]) if len(path) > 1 and path[0] == "points" else "facts" if path[:1] == ("facts",) else "rules"


def _head(table: EditedTable) -> Iterator[TableProblem]:
    if len(table.owner.strip()) < 2:  # noqa: PLR2004 - a department's name has at least two characters
        yield TableProblem(where="rules", sentence="还没有写负责部门：规则要有人负责")
    if table.effective_from is None:
        yield TableProblem(where="rules", sentence="还没有写从哪一天起适用")
    elif table.effective_to is not None and table.effective_to < table.effective_from:
        yield TableProblem(where="rules", sentence="适用日期写反了：结束的日子早于开始的日子")


def _facts(table: EditedTable, item: ServiceItem) -> tuple[dict[str, FactRule], list[TableProblem]]:
    """The facts that can be read, and what is wrong with the others."""
    found: list[TableProblem] = []
    told: dict[str, str] = {}
    for name, text in table.facts:
        if not _NAME.fullmatch(name):
            sentence = f"事实名称“{name}”请用小写英文字母、数字和下划线，以字母开头"
            found.append(TableProblem(where="facts", fact=name, sentence=sentence))
        elif name in told:
            found.append(TableProblem(where="facts", fact=name, sentence=f"事实“{name}”写了两次，请改名或删去一个"))
        else:
            told[name] = text
    readable: dict[str, FactRule] = {}
    materials = {material.id for material in item.materials}
    for name, text in told.items():
        try:
            rule = read_facts_section({**{n: told[n] for n in readable}, name: text})[-1]
        except (RuleFileInvalid, ValueError):
            sentence = f"事实“{name}”的取法读不懂，请写成 量法(位置.字段名)，{_MEASURE}"
            found.append(TableProblem(where="facts", fact=name, sentence=sentence))
            continue
        readable[name] = rule
        places = {part for place in rule.places for part in place.where.split("+")}
        for unknown in sorted(places - materials - {"form", "any", "today"}):
            sentence = f"事实“{name}”要看材料{unknown}，但这个事项没有这份材料"
            found.append(TableProblem(where="facts", fact=name, sentence=sentence))
    return readable, found


def _point(
    point: EditedPoint, facts: Mapping[str, FactRule], points: Mapping[str, EditedPoint], item: ServiceItem
) -> Iterator[TableProblem]:
    known = {one.id for one in item.conditions} | {one.id for one in item.review_points}
    if point.id not in known:
        yield TableProblem(where=point.id, sentence=f"事项表里没有{point.id}这一条，不能给它写规则")
    if point.effective_from and point.effective_to and point.effective_to < point.effective_from:
        yield TableProblem(where=point.id, sentence="适用日期写反了：结束的日子早于开始的日子")
    if point.standing is Standing.INFO:
        return
    if point.like:
        before = list(points)[: list(points).index(point.id)]
        if point.like not in before:
            yield TableProblem(where=point.id, sentence=f"沿用的{point.like}要排在它前面")
        return
    for number, row in enumerate(point.rows, 1):
        yield from _row(point, number, row, facts)


def _row(point: EditedPoint, number: int, row: EditedRow, facts: Mapping[str, FactRule]) -> Iterator[TableProblem]:
    if not row.cells and row.then is not PointResult.UNKNOWN:
        sentence = f"第{number}行没有任何条件，会让所有人都{RESULTS[row.then]}：请至少写一个条件，或删去这一行"
        yield TableProblem(where=point.id, row=number, sentence=sentence, can_be_tried=True)
    if row.then is PointResult.FAIL and not row.say.strip():
        sentence = f"第{number}行会退回，但没有写告诉申请人的理由：将用审查要点的原文"
        yield TableProblem(where=point.id, row=number, sentence=sentence, blocks=False)
    for name, cell in row.cells.items():
        bare = name.removesuffix(DOUBT)
        if bare not in facts:
            sentence = f"第{number}行用到“{bare}”，但上面没有这个事实：请先添加，或去掉这一列"
            yield TableProblem(where=point.id, row=number, fact=name, sentence=sentence)
            continue
        wrong = _cell(cell, kind_of(facts[bare]) if name == bare else FactKind.FLAG, facts[bare])
        if wrong:
            yield TableProblem(where=point.id, row=number, fact=name, sentence=f"第{number}行“{bare}”：{wrong}")


_KINDS: Final = {FactKind.FLAG: "是或否", FactKind.NUMBER: "数字", FactKind.TEXT: "文字"}


def _cell(cell: Cell, kind: FactKind, fact: FactRule) -> str | None:
    try:
        zen.compile_unary_expression(safe_cell(write_cell(cell)))
    except CellInvalid as error:
        return str(error)
    except RuntimeError:
        return "表达式读不懂，请检查括号和引号，或改用前面的比较方式"
    if fact.measure != "calc" and cell.test is not CellTest.WRITTEN and cell.test not in TESTS_OF[kind]:
        return f"这个事实是{_KINDS[kind]}，不能这样比"
    return None


def _shown(value: bool | float | str | None) -> str:
    match value:
        case bool():
            return "是" if value else "否"
        case float():
            return f"{value:g}"
        case _:
            return str(value)


def _overlaps(rule: PointRule, rules: ItemRules) -> Iterator[TableProblem]:
    found: Overlap = overlaps_of(rule, {fact.name: fact for fact in rules.facts})
    for row in found.never:
        sentence = f"第{row + 1}行永远用不到：前面的行已经把它的情况都判完了"
        yield TableProblem(where=rule.id, row=row + 1, sentence=sentence, blocks=False)
    for first, second, example in found.contrary:
        shown = "、".join(f"{name}为{_shown(value)}" for name, value in example.items())
        sentence = (
            f"第{first + 1}行和第{second + 1}行会同时成立（例如{shown}），结果却不同：以排在前面的第{first + 1}行为准"
        )
        yield TableProblem(where=rule.id, row=second + 1, sentence=sentence, blocks=False)
    if found.always is PointResult.FAIL:
        sentence = "按这张表，不管情况怎样都会退回，没有人能通过：请检查各行的条件"
        yield TableProblem(where=rule.id, sentence=sentence, can_be_tried=True)
    elif found.always is PointResult.PASS:
        yield TableProblem(
            where=rule.id, sentence="按这张表，不管情况怎样都会通过：请确认是否漏写了退回的行", blocks=False
        )


def _examples(rule: PointRule, tables: DecisionTables) -> Iterator[TableProblem]:
    if not rule.rows or rule.standing is Standing.INFO:
        return
    if tables.evaluate({})[rule.id].result is not PointResult.UNKNOWN:
        yield TableProblem(
            where=rule.id, sentence="什么都不知道时也会下结论：请给那一行加上条件，不知道的要留给工作人员"
        )
    for number, example in enumerate(rule.tries, 1):
        given = tables.evaluate(example.facts)[rule.id].result
        if given is not example.result:
            sentence = (
                f"第{number}个例子应当{RESULTS[example.result]}，现在的表得出{RESULTS[given]}：请改表，或改这个例子"
            )
            yield TableProblem(where=rule.id, sentence=sentence, can_be_tried=True)
    shown = {example.result for example in rule.tries}
    for result in sorted(({row.then for row in rule.rows} & {PointResult.PASS, PointResult.FAIL}) - shown):
        sentence = f"还缺一个会{RESULTS[result]}的例子：请在“例子”里加一个"
        yield TableProblem(where=rule.id, sentence=sentence, can_be_tried=True)
