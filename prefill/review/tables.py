"""Decision tables: an item's rules become one zen-engine model (GoRules JDM), evaluated with a trace."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

import zen

from prefill.review.result import PointResult
from prefill.review.rules import ItemRules, PointRule, Row

_NEEDS_A_VALUE = ("!=", "not ", ">", "<", "==")
_NEGATED = ((">=", "<"), ("<=", ">"), ("==", "!="), ("!=", "=="), (">", "<="), ("<", ">="))

DOUBT = "_doubt"
"""The ending under which a table sees that a fact is written, but not clearly."""


@dataclass(frozen=True, slots=True)
class TableResult:
    """Which row of a point's table fitted; no row means that the facts do not decide."""

    result: PointResult
    row: Row | None


class DecisionTables:
    """The tables of one item, compiled once and used for every case."""

    def __init__(self, rules: ItemRules) -> None:
        self._points = {point.id: point for point in rules.points if point.rows}
        self._decision = zen.ZenEngine().create_decision(json.dumps(as_jdm(rules), ensure_ascii=False))

    def evaluate(self, facts: Mapping[str, object]) -> dict[str, TableResult]:
        """Every point with a table. A fact that is not known must be left out or None."""
        known = {name: value for name, value in facts.items() if value is not None}
        answer = self._decision.evaluate(known)["result"] if self._points else {}
        return {identifier: _result(point, answer) for identifier, point in self._points.items()}


def _result(point: PointRule, answer: object) -> TableResult:
    hit = answer.get(point.id) if isinstance(answer, dict) else None
    if not isinstance(hit, dict):
        return TableResult(PointResult.UNKNOWN, None)
    row = point.rows[int(hit["row"])]
    return TableResult(row.then, row)


def as_jdm(rules: ItemRules) -> dict[str, object]:
    """The item's tables as a JDM document: what an editor of decision models opens."""
    tables = [_table(point) for point in rules.points if point.rows]
    edges = [
        {"id": f"{start}-{end}", "type": "edge", "sourceId": start, "targetId": end}
        for point in rules.points
        if point.rows
        for start, end in (("facts", f"table-{point.id}"), (f"table-{point.id}", "points"))
    ]
    ends = [
        {"id": "facts", "name": "facts", "type": "inputNode", "position": {"x": 0, "y": 0}},
        {"id": "points", "name": "points", "type": "outputNode", "position": {"x": 800, "y": 0}},
    ]
    return {"contentType": "application/vnd.gorules.decision", "nodes": [*ends, *tables], "edges": edges}


def columns(point: PointRule) -> tuple[str, ...]:
    """The columns of a point's table, in the order of their first use."""
    return tuple(dict.fromkeys(name for row in point.rows for name in row.cells))


def facts_of(point: PointRule) -> tuple[str, ...]:
    """The facts a point's table looks at."""
    return tuple(dict.fromkeys(name.removesuffix(DOUBT) for name in columns(point)))


def _table(point: PointRule) -> dict[str, object]:
    names = columns(point)
    return {
        "id": f"table-{point.id}",
        "name": point.id,
        "type": "decisionTableNode",
        "position": {"x": 400, "y": 0},
        "content": {
            "hitPolicy": "first",
            "inputs": [{"id": f"in-{name}", "name": name, "field": name} for name in names],
            "outputs": [
                {"id": "result", "name": "result", "field": f"{point.id}.result"},
                {"id": "row", "name": "row", "field": f"{point.id}.row"},
            ],
            "rules": [_rule(point, row, index) for index, row in enumerate(point.rows)],
        },
    }


def _rule(point: PointRule, row: Row, index: int) -> dict[str, str]:
    cells = {f"in-{name}": safe_cell(cell) for name, cell in row.cells.items()}
    return {
        **{f"in-{name}": "" for name in columns(point)},
        **cells,
        "result": json.dumps(row.then.value),
        "row": str(index),
        "_id": f"{point.id}-{index}",
    }


def safe_cell(cell: str) -> str:
    """The unary test, but never true of a value that is not known (a negation alone would be), and never an error."""
    text = cell.strip()
    if text == "unknown":
        return "$ == null"
    if text.startswith(_NEEDS_A_VALUE):
        return f"$ != null and $ {text}"
    return f"$ != null and $ in {text}" if text.startswith("[") else text


def negated(cell: str) -> str:
    """The test that holds of known values where `cell` does not."""
    text = cell.strip()
    if text in {"true", "false"}:
        return "false" if text == "true" else "true"
    for sign, other in _NEGATED:
        if text.startswith(sign):
            return f"{other} {text[len(sign) :].strip()}"
    span = re.fullmatch(r"\[\s*(-?[\d.]+)\s*\.\.\s*(-?[\d.]+)\s*\]", text)
    if span:
        return f"not in {text}"
    if text.startswith("not in "):
        return text.removeprefix("not in ").strip("[] ")
    if re.fullmatch(r"-?[\d.]+", text):
        return f"!= {text}"
    return f"not in [{text}]"


def fits(cells: Mapping[str, str], facts: Mapping[str, object]) -> bool:
    """Do all cells hold? Used for rows outside a table, e.g. when a material is needed."""
    for name, cell in cells.items():
        value = facts.get(name)
        if value is None and cell.strip() != "unknown":
            return False
        if not zen.evaluate_unary_expression(safe_cell(cell), {"$": value}):
            return False
    return True
