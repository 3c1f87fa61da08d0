"""Answers 「对吧?」: compares the quantities that the question takes for granted with those of the sources."""

from collections.abc import Sequence

from assistant.steps.needs import need_of
from assistant.steps.quantities import Quantity, quantities_in

_NOT_SO = "不是这样，请以下面的规定为准。"


def verdict(question: str, texts: Sequence[str]) -> str:
    """A short denial where the question asserts a quantity that no source states; else nothing.

    The asserted value is never repeated: a false number read twice is a number believed.
    """
    if not need_of(question).confirms:
        return ""
    asserted = quantities_in(question)
    said = [q for text in texts[:2] for q in quantities_in(text)]
    comparable = [q for q in asserted if any(s.unit is q.unit for s in said)]
    if not comparable or any(_same(q, s) for q in comparable for s in said):
        return ""
    return _NOT_SO


def _same(one: Quantity, other: Quantity) -> bool:
    return one.unit is other.unit and abs(one.value - other.value) < 1e-9  # noqa: PLR2004 - equal up to rounding
