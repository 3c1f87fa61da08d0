"""A rule file as a table that an editor changes, and the file that the changed table becomes."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from prefill.review.authoring import as_mapping, read_rules
from prefill.review.cells import Cell, read_cell, write_cell
from prefill.review.result import Code, PointResult
from prefill.review.rules import PointRule, RuleStatus, Standing, Try

_EXAMPLES = {PointResult.PASS: "ok", PointResult.FAIL: "bad", PointResult.UNKNOWN: "open"}


@dataclass(frozen=True, slots=True, kw_only=True)
class EditedRow:
    """One row: the cells by fact, what follows, what the applicant is told and what they can do."""

    cells: Mapping[str, Cell]
    then: PointResult
    say: str = ""
    remedy: str = ""
    code: Code | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EditedPoint:
    """The table of one review point. `like`: it follows the table of that earlier point; its own rows do not count."""

    id: str
    standing: Standing
    like: str = ""
    rows: tuple[EditedRow, ...] = ()
    code: Code = Code.CONDITION_NOT_MET
    basis: str = ""
    rests_on: tuple[str, ...] = ()
    effective_from: date | None = None
    effective_to: date | None = None
    tries: tuple[Try, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EditedTable:
    """What an editor sees of an item's rules. `facts`: names with how each is read, in order."""

    owner: str
    effective_from: date | None
    effective_to: date | None
    facts: tuple[tuple[str, str], ...]
    points: tuple[EditedPoint, ...]


def table_of(values: Mapping[str, object]) -> EditedTable:
    """The rule file as a table."""
    rules = read_rules(values)
    written = as_mapping(values.get("points"))
    return EditedTable(
        owner=rules.owner,
        effective_from=rules.effective_from,
        effective_to=rules.effective_to,
        facts=tuple((name, str(text)) for name, text in as_mapping(values.get("facts")).items()),
        points=tuple(_point_of(point, written.get(point.id)) for point in rules.points),
    )


def _point_of(point: PointRule, written: object) -> EditedPoint:
    like = str(written.get("like", "")) if isinstance(written, Mapping) else ""
    rows = tuple(
        EditedRow(
            cells={name: read_cell(cell) for name, cell in row.cells.items()},
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
        like=like,
        rows=rows,
        code=point.code,
        basis=point.basis,
        rests_on=point.rests_on,
        effective_from=point.effective_from,
        effective_to=point.effective_to,
        tries=point.tries,
    )


def written(table: EditedTable, values: Mapping[str, object]) -> dict[str, object]:
    """`values` with what the table says instead; points that did not change stay as somebody wrote them.

    The status goes back to draft: what was approved were the former words. Raises CellInvalid.
    """
    former = {point.id: point for point in table_of(values).points}
    as_written = as_mapping(values.get("points"))
    points: dict[str, object] = {}
    for point in table.points:
        old = former.get(point.id)
        points[point.id] = as_written[point.id] if old and _same(old, point) else _written_point(point)
    without = {"approved_by", "approved_on", "effective_from", "effective_to"}
    result = {name: part for name, part in values.items() if name not in without}
    result |= {"owner": table.owner.strip(), "status": RuleStatus.DRAFT.value, "facts": dict(table.facts)}
    for name, day in (("effective_from", table.effective_from), ("effective_to", table.effective_to)):
        if day is not None:
            result[name] = day.isoformat()
    return result | {"points": points}


def _same(old: EditedPoint, new: EditedPoint) -> bool:
    """A point that follows another one is the same whatever its rows are shown as."""
    return old == (replace(new, rows=old.rows, tries=old.tries) if old.like and old.like == new.like else new)


def _written_point(point: EditedPoint) -> object:
    if point.standing is Standing.INFO:
        return Standing.INFO.value
    told: dict[str, object] = {"at": point.standing.value, "code": point.code.value}
    if point.basis.strip():
        told["basis"] = point.basis.strip()
    if point.rests_on:
        told["rests_on"] = list(point.rests_on)
    for name, day in (("effective_from", point.effective_from), ("effective_to", point.effective_to)):
        if day is not None:
            told[name] = day.isoformat()
    if point.like:
        return {"like": point.like, **told}
    if point.rows:
        told["rows"] = [_written_row(row) for row in point.rows]
    for result, name in _EXAMPLES.items():
        examples = [dict(one.facts) for one in point.tries if one.result is result]
        if examples:
            told[name] = examples
    return told


def _written_row(row: EditedRow) -> dict[str, object]:
    told: dict[str, object] = {name: write_cell(cell) for name, cell in row.cells.items()}
    told["then"] = row.then.value
    for name, text in (("say", row.say.strip()), ("do", row.remedy.strip())):
        if text:
            told[name] = text
    if row.code is not None:
        told["code"] = row.code.value
    return told
