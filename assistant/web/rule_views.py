"""Review rules between what the storage keeps and what the page shows."""

from collections.abc import Mapping
from datetime import date

import yaml

from assistant.storage.rule_versions import SHIPPED_VERSION, RuleVersion
from assistant.web import rule_schemas as wire
from assistant.web.console_parts import Console
from assistant.web.console_schemas import Who
from assistant.web.source_sheets import public_url
from knowledge.items import Condition, FactStatus, ReviewPoint, ServiceItem, SourceRef
from knowledge.passages import DocumentVersion
from prefill.review.authoring import RuleFileInvalid, read_facts_section
from prefill.review.cells import TESTS_OF, Cell, CellInvalid, kind_of, write_cell
from prefill.review.editing import EditedPoint, EditedRow, EditedTable, table_of
from prefill.review.measure_words import told
from prefill.review.rules import FactRule, Try
from prefill.review.table_problems import TableProblem

_TABLE_KEYS = frozenset({"facts", "points", "schema_version", "item", "owner", "status", "effective_from"})
_NAMES = {"owner": "负责部门", "effective_from": "适用开始", "effective_to": "适用结束"}


def edited_table(edit: wire.RuleEdit) -> EditedTable:
    """The table that the page sent."""
    return EditedTable(
        owner=edit.owner,
        effective_from=edit.effective_from,
        effective_to=edit.effective_to,
        facts=tuple((fact.name.strip(), fact.text.strip()) for fact in edit.facts),
        points=tuple(_edited_point(point) for point in edit.points),
    )


def _edited_point(point: wire.PointEdit) -> EditedPoint:
    rows = tuple(
        EditedRow(
            cells={name: Cell(cell.test, tuple(cell.values)) for name, cell in row.cells.items()},
            then=row.then,
            say=row.say,
            remedy=row.remedy,
            code=row.code,
        )
        for row in point.rows
    )
    return EditedPoint(
        id=point.id,
        standing=point.standing,
        like=point.like,
        rows=rows,
        code=point.code,
        basis=point.basis,
        rests_on=tuple(point.rests_on),
        effective_from=point.effective_from,
        effective_to=point.effective_to,
        tries=tuple(Try(example.facts, example.result) for example in point.examples),
    )


def shown_points(table: EditedTable, item: ServiceItem, console: Console) -> list[wire.RulePoint]:
    """The points in the order of the sheet, with what it says of them."""
    both: tuple[Condition | ReviewPoint, ...] = (*item.conditions, *item.review_points)
    own = {point.id: point for point in both}
    conditions = {condition.id for condition in item.conditions}
    documents = {version.title: version for version in console.knowledge.published_documents()}
    return [
        wire.RulePoint(
            id=point.id,
            standing=point.standing,
            like=point.like,
            rows=[_shown_row(row) for row in point.rows],
            code=point.code,
            basis=point.basis,
            rests_on=list(point.rests_on),
            effective_from=point.effective_from,
            effective_to=point.effective_to,
            examples=[wire.RuleExample(facts=dict(one.facts), result=one.result) for one in point.tries],
            text=own[point.id].text if point.id in own else "",
            kind="办理条件" if point.id in conditions else "审查要点",
            is_unverified=point.id in own and own[point.id].status is FactStatus.UNVERIFIED,
            bases=_bases(own.get(point.id), item, documents, console),
        )
        for point in table.points
    ]


def _shown_row(row: EditedRow) -> wire.RuleRow:
    cells = {name: wire.RuleCell(test=cell.test, values=list(cell.values)) for name, cell in row.cells.items()}
    return wire.RuleRow(cells=cells, then=row.then, say=row.say, remedy=row.remedy, code=row.code)


def _bases(
    point: Condition | ReviewPoint | None,
    item: ServiceItem,
    documents: Mapping[str, DocumentVersion],
    console: Console,
) -> list[wire.BasisLink]:
    """The point's own sources, or the laws the item rests on."""
    own: list[tuple[SourceRef, str]] = [(ref, ref.locator or "") for ref in (point.sources if point else ())]
    laws = [(ref, "、".join(law.articles)) for law in item.legal_basis for ref in law.sources[:1]]
    return [_link(ref, locator, documents, console) for ref, locator in own or laws]


def _link(ref: SourceRef, locator: str, documents: Mapping[str, DocumentVersion], console: Console) -> wire.BasisLink:
    document = documents.get(ref.origin.title) or documents.get(ref.origin.title.split("(")[0])
    passage = None
    if document is not None and locator:
        first = locator.split("、", maxsplit=1)[0]
        found = (p.id for p in console.knowledge.passages(document.id) if p.clause and p.clause.startswith(first))
        passage = next(found, None)
    return wire.BasisLink(
        title=ref.origin.title,
        locator=locator,
        document=document.name if document else None,
        version=document.id if document else None,
        passage=passage,
        url=public_url(ref.origin.url),
    )


def shown_facts(table: EditedTable) -> list[wire.RuleFact]:
    """The facts with what can be asked of them; one that cannot be read is told so."""
    written = dict(table.facts)
    found: list[wire.RuleFact] = []
    for name, text in table.facts:
        rule = _rule(name, text, written)
        if rule is None:
            kind = kind_of(FactRule(name=name, measure="flag"))
            found.append(wire.RuleFact(name=name, text=text, told="读不懂这个写法", kind=kind, tests=[*TESTS_OF[kind]]))
            continue
        kind = kind_of(rule, _tests(name, table))
        found.append(wire.RuleFact(name=name, text=text, told=told(rule), kind=kind, tests=[*TESTS_OF[kind]]))
    return found


def _rule(name: str, text: str, written: Mapping[str, str]) -> FactRule | None:
    try:
        return read_facts_section({**{n: t for n, t in written.items() if t.startswith("calc")}, name: text})[-1]
    except (RuleFileInvalid, ValueError):
        try:
            return read_facts_section({name: text})[-1]
        except (RuleFileInvalid, ValueError):
            return None


def _tests(name: str, table: EditedTable) -> list[str]:
    """The written forms of the cells that test a calculation: they tell what it gives."""
    found = []
    for row in (row for point in table.points for row in point.rows):
        cell = row.cells.get(name)
        if cell is not None:
            try:
                found.append(write_cell(cell))
            except CellInvalid:
                continue
    return found


def rest_of(rules: Mapping[str, object]) -> str:
    """What the table does not show: materials and comparisons, as they are written."""
    rest = {key: value for key, value in rules.items() if key not in _TABLE_KEYS | {"effective_to", "approved_by"}}
    rest.pop("approved_on", None)
    return yaml.safe_dump(rest, allow_unicode=True, sort_keys=False) if rest else ""


def problem_line(problem: TableProblem) -> wire.RuleProblem:
    """One problem for the page."""
    return wire.RuleProblem(
        where=problem.where, row=problem.row, fact=problem.fact, sentence=problem.sentence, blocks=problem.blocks
    )


def changes_of(before: Mapping[str, object], after: Mapping[str, object]) -> list[str]:
    """What is otherwise, one sentence a place."""
    old, new = table_of(before), table_of(after)
    found = [
        f"{label}：{_day_or_text(getattr(old, name))} → {_day_or_text(getattr(new, name))}"
        for name, label in _NAMES.items()
        if getattr(old, name) != getattr(new, name)
    ]
    facts_before, facts_after = dict(old.facts), dict(new.facts)
    for name in dict.fromkeys((*facts_before, *facts_after)):
        if facts_before.get(name) != facts_after.get(name):
            found.append(f"事实{name}：{facts_before.get(name, '（没有）')} → {facts_after.get(name, '（删去）')}")
    points = {point.id: point for point in old.points}
    for point in new.points:
        former = points.get(point.id)
        if former != point:
            found.append(_changed_point(former, point))
    return found


def _changed_point(former: EditedPoint | None, point: EditedPoint) -> str:
    if former is None:
        return f"{point.id}：新写的表，{len(point.rows)}行"
    if former.rows == point.rows:
        return f"{point.id}：说明、日期、例子或性质有改动"
    kept = sum(row in former.rows for row in point.rows)
    gone = sum(row not in point.rows for row in former.rows)
    return f"{point.id}：新增或修改{len(point.rows) - kept}行，去掉或改掉{gone}行"


def _day_or_text(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "（没有）")


def _author(author: str, console: Console) -> Who:
    """Who wrote it; what was approved as it came was written by nobody here."""
    return Who(id=author, name="随产品") if author == SHIPPED_VERSION else console.who(author)


def version_line(version: RuleVersion, console: Console) -> wire.RuleVersionLine:
    """One version of the history."""
    return wire.RuleVersionLine(
        id=version.id,
        state=version.state,
        authors=[_author(author, console) for author in version.authors],
        why=version.why,
        saved_at=version.saved_at,
        published_at=version.published_at,
        holds_from=version.holds_from,
    )
