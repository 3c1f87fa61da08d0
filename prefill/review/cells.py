"""Cells of a rule table as an editor sees them: what is tested and with which values, and the unary test it becomes."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from prefill.review.rules import FactRule


class FactKind(StrEnum):
    """What a fact can be."""

    FLAG = "flag"
    NUMBER = "number"
    TEXT = "text"


class CellTest(StrEnum):
    """What a cell asks of its fact. A fact that a row does not look at has no cell."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    EQUALS = "equals"
    DIFFERS = "differs"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    MORE = "more"
    LESS = "less"
    WITHIN = "within"
    OUTSIDE = "outside"
    ONE_OF = "one_of"
    NONE_OF = "none_of"
    GIVEN = "given"
    WRITTEN = "written"


class CellInvalid(ValueError):
    """A cell says something that cannot be meant; the text is a plain Chinese sentence for the editor."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `WRITTEN` holds a test that the editor wrote as an expression."""

    test: CellTest
    values: tuple[str, ...] = ()


_NUMBER: Final = re.compile(r"-?\d{1,12}(?:\.\d{1,6})?")
_SPAN: Final = re.compile(r"\[\s*(-?[\d.]+)\s*\.\.\s*(-?[\d.]+)\s*\]")
_WORDS: Final = re.compile(r"'[^']*'(?:\s*,\s*'[^']*')*")
_SIGNS: Final = {
    CellTest.AT_LEAST: ">=",
    CellTest.AT_MOST: "<=",
    CellTest.MORE: ">",
    CellTest.LESS: "<",
    CellTest.DIFFERS: "!=",
}
_PLAIN: Final = {
    CellTest.YES: "true",
    CellTest.NO: "false",
    CellTest.UNKNOWN: "unknown",
    CellTest.GIVEN: "!= ''",
}
TESTS_OF: Final = {
    FactKind.FLAG: (CellTest.YES, CellTest.NO, CellTest.UNKNOWN),
    FactKind.NUMBER: (
        CellTest.AT_LEAST,
        CellTest.AT_MOST,
        CellTest.MORE,
        CellTest.LESS,
        CellTest.EQUALS,
        CellTest.DIFFERS,
        CellTest.WITHIN,
        CellTest.OUTSIDE,
        CellTest.UNKNOWN,
        CellTest.WRITTEN,
    ),
    FactKind.TEXT: (CellTest.ONE_OF, CellTest.NONE_OF, CellTest.GIVEN, CellTest.UNKNOWN, CellTest.WRITTEN),
}
"""The tests that make sense for a fact, in the order in which an editor is offered them."""

_TEXTS: Final = frozenset({"text", "sex", "birth"})
_NUMBERS: Final = frozenset({"number", "age", "months_old", "days_between", "days_until", "days"})


def kind_of(fact: FactRule, cells: Iterable[str] = ()) -> FactKind:
    """What the fact can be, by its measure; a calculation's kind by the cells that test it."""
    if fact.measure in _TEXTS:
        return FactKind.TEXT
    if fact.measure in _NUMBERS:
        return FactKind.NUMBER
    if fact.measure != "calc":
        return FactKind.FLAG
    tests = {read_cell(cell).test for cell in cells}
    if tests & {CellTest.ONE_OF, CellTest.NONE_OF, CellTest.GIVEN}:
        return FactKind.TEXT
    return FactKind.FLAG if tests <= {CellTest.YES, CellTest.NO, CellTest.UNKNOWN} else FactKind.NUMBER


def read_cell(text: str) -> Cell:
    """The cell that a unary test is."""
    told = text.strip()
    for test, plain in _PLAIN.items():
        if told == plain:
            return Cell(test)
    if _NUMBER.fullmatch(told):
        return Cell(CellTest.EQUALS, (told,))
    for test, sign in _SIGNS.items():
        value = told.removeprefix(sign).strip()
        if told.startswith(sign) and _NUMBER.fullmatch(value):
            return Cell(test, (value,))
    outside = told.startswith("not in ")
    inner = told.removeprefix("not in ").strip()
    if span := _SPAN.fullmatch(inner):
        return Cell(CellTest.OUTSIDE if outside else CellTest.WITHIN, span.groups())
    bare = inner.removeprefix("[").removesuffix("]").strip() if outside or inner.startswith("['") else inner
    if _WORDS.fullmatch(bare):
        words = tuple(re.findall(r"'([^']*)'", bare))
        return Cell(CellTest.NONE_OF if outside else CellTest.ONE_OF, words)
    return Cell(CellTest.WRITTEN, (told,))


def write_cell(cell: Cell) -> str:  # noqa: PLR0911 - one return a kind of test
    """The unary test of a cell. Raises CellInvalid."""
    match cell.test:
        case CellTest.YES | CellTest.NO | CellTest.UNKNOWN | CellTest.GIVEN:
            return _PLAIN[cell.test]
        case CellTest.EQUALS:
            return _number(cell, 0)
        case CellTest.AT_LEAST | CellTest.AT_MOST | CellTest.MORE | CellTest.LESS | CellTest.DIFFERS:
            return f"{_SIGNS[cell.test]} {_number(cell, 0)}"
        case CellTest.WITHIN | CellTest.OUTSIDE:
            low, high = _number(cell, 0), _number(cell, 1)
            if float(low) > float(high):
                raise CellInvalid(f"范围写反了：{low}比{high}大，请把小的写在前面")
            return f"{'not in ' if cell.test is CellTest.OUTSIDE else ''}[{low}..{high}]"
        case CellTest.ONE_OF:
            return _words(cell)
        case CellTest.NONE_OF:
            return f"not in [{_words(cell)}]"
        case CellTest.WRITTEN:
            if not cell.values or not cell.values[0].strip():
                raise CellInvalid("表达式是空的，请写完整，或改成“不看”")
            return cell.values[0].strip()


def _number(cell: Cell, place: int) -> str:
    text = cell.values[place].strip() if place < len(cell.values) else ""
    if not _NUMBER.fullmatch(text):
        raise CellInvalid(f"“{text}”不是数字，请填数字，例如 3 或 0.5" if text else "还没有填数字")
    return text


def _words(cell: Cell) -> str:
    words = tuple(dict.fromkeys(word.strip() for word in cell.values if word.strip()))
    if not words:
        raise CellInvalid("还没有填文字，请至少写一个，多个用顿号隔开")
    if any("'" in word or "\n" in word for word in words):
        raise CellInvalid("文字里不能有单引号或换行")
    return ",".join(f"'{word}'" for word in words)
