"""Rows of a table that overlap, that are never reached, and tables that say the same of everybody; by trying values."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Final

from prefill.review.cells import CellTest, FactKind, kind_of, read_cell
from prefill.review.result import PointResult
from prefill.review.rules import FactRule, PointRule
from prefill.review.tables import DOUBT, columns, fits

_MOST: Final = 4096  # combinations; a table with more is too wide to be judged by trying
_OTHER: Final = "（别的）"
Value = bool | float | str | None


@dataclass(frozen=True, slots=True)
class Overlap:
    """What was found. Rows count from 0; `contrary` holds two rows and values under which both hold."""

    never: tuple[int, ...] = ()
    contrary: tuple[tuple[int, int, Mapping[str, Value]], ...] = ()
    always: PointResult | None = None


def overlaps_of(point: PointRule, facts: Mapping[str, FactRule]) -> Overlap:
    """What trying all telling values shows of a point's table; nothing where the table is too wide."""
    names = columns(point)
    choices = [_values(name, point, facts.get(name.removesuffix(DOUBT))) for name in names]
    total = 1
    for values in choices:
        total *= len(values)
    if not names or total > _MOST:
        return Overlap()
    holds = {
        (index, name, value): fits({name: cell}, {name: value})
        for index, row in enumerate(point.rows)
        for name, cell in row.cells.items()
        for value in choices[names.index(name)]
    }
    hit: set[int] = set()
    contrary: dict[tuple[int, int], Mapping[str, Value]] = {}
    said: set[PointResult | None] = set()
    for combination in product(*choices):
        tried = dict(zip(names, combination, strict=True))
        if any(tried[name] and tried.get(name.removesuffix(DOUBT)) is not None for name in names if DOUBT in name):
            continue  # what is known is not in doubt
        fitting = [i for i, row in enumerate(point.rows) if all(holds[i, name, tried[name]] for name in row.cells)]
        if all(value is not None for name, value in tried.items() if not name.endswith(DOUBT)):
            said.add(point.rows[fitting[0]].then if fitting else None)
        if fitting:
            hit.add(fitting[0])
            for pair in _contrary(fitting, point):
                contrary.setdefault(pair, {name: value for name, value in tried.items() if value is not None})
    return Overlap(
        never=tuple(index for index in range(len(point.rows)) if index not in hit),
        contrary=tuple((first, second, example) for (first, second), example in contrary.items()),
        always=next(iter(said)) if len(said) == 1 else None,
    )


def _contrary(fitting: list[int], point: PointRule) -> Iterator[tuple[int, int]]:
    """The first row that fits and passes, with each later one that would fail the same: faults come first as a rule."""
    first = fitting[0]
    for other in fitting[1:]:
        if point.rows[first].then is PointResult.PASS and point.rows[other].then is PointResult.FAIL:
            yield first, other


def _values(name: str, point: PointRule, fact: FactRule | None) -> tuple[Value, ...]:
    """Values that tell the cells of a column apart, and not knowing it."""
    cells = [row.cells[name] for row in point.rows if name in row.cells]
    if name.endswith(DOUBT):
        return (True, None)
    kind = kind_of(fact, cells) if fact else FactKind.FLAG
    tests = [read_cell(cell) for cell in cells]
    if kind is FactKind.FLAG:
        return (True, False, None)
    if kind is FactKind.TEXT:
        words = [word for cell in tests if cell.test is not CellTest.WRITTEN for word in cell.values]
        return (*dict.fromkeys(words), _OTHER, None)
    numbers = {float(text) for cell in cells for text in re.findall(r"-?\d+(?:\.\d+)?", cell)}
    return (*sorted({near for n in numbers for near in (n - 1, n, n + 1)}), None)
