"""Computes a policy's own formula from what the question says, where that leaves no doubt."""

import ast
import math
import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from assistant.steps.quantities import Quantity, Unit, quantities_in
from knowledge.policies import Policy

_BINARY: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
}
_COMPARE: dict[type[ast.cmpop], Callable[[float, float], bool]] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
}
_CALLS: dict[str, Callable[..., float]] = {"min": min, "max": max, "floor": math.floor}


class NotComputable(ValueError):
    """The formula uses something outside the short list of allowed operations."""


def evaluate(formula: str, values: Mapping[str, float]) -> float:
    """The value of an arithmetic formula. Raises NotComputable for anything but numbers, names, min and max."""
    try:
        return _value(ast.parse(formula, mode="eval").body, values)
    except (SyntaxError, KeyError, ZeroDivisionError, TypeError) as why:
        raise NotComputable(f"The formula {formula!r} cannot be computed: {why}") from why


def _value(node: ast.expr, values: Mapping[str, float]) -> float:
    match node:
        case ast.Constant(value=int() | float() as number):
            return float(number)
        case ast.Name(id=name):
            return values[name]
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _BINARY:
            return _BINARY[type(op)](_value(left, values), _value(right, values))
        case ast.IfExp(test=test, body=body, orelse=orelse):
            return _value(body if _value(test, values) else orelse, values)
        case ast.Compare(left=left, ops=[op], comparators=[right]) if type(op) in _COMPARE:
            return float(_COMPARE[type(op)](_value(left, values), _value(right, values)))
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in _CALLS:
            return float(_CALLS[name](*(_value(a, values) for a in args)))
        case _:
            raise NotComputable(f"{ast.dump(node)[:60]} is not allowed in a formula.")


def variables_of(formula: str) -> tuple[str, ...]:
    """The names a formula needs, each once."""
    try:
        tree = ast.parse(formula, mode="eval")
    except SyntaxError:
        return ()
    names = [n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and n.id not in _CALLS]
    return tuple(dict.fromkeys(names))


# What has to stand beside a quantity for it to be this variable; the unit alone is never enough.
_VARIABLES: dict[str, tuple[str, Unit, re.Pattern[str]]] = {
    "contribution_months": ("累计缴费", Unit.MONTHS, re.compile(r"失业(?:保险|金)|缴|交")),
    "gap_months": ("中断", Unit.MONTHS, re.compile(r"断|停(?:缴|交|保)|空窗|空档")),
    "investment": ("投资额", Unit.YUAN, re.compile(r"投(?:了|资|入)?")),
    "age": ("年龄", Unit.AGE, re.compile(r"岁")),
    "paid_interest": ("实付利息", Unit.YUAN, re.compile(r"利息")),
    "payable": ("应纳税额", Unit.YUAN, re.compile(r"税")),
    "employer_paid_ss": ("单位实缴社保", Unit.YUAN, re.compile(r"社保")),
    "base": ("缴费基数", Unit.YUAN, re.compile(r"基数")),
    "employer_ss": ("单位缴纳社保", Unit.YUAN, re.compile(r"社保")),
}
# A duration far from any word of payment may be something else (age of a child, length of a contract).
_NEAR = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Computed:
    """A result, in words, with the input it rests on."""

    input_name: str
    input_words: str
    result: str
    value: float


def compute(policy: Policy, question: str) -> Computed | None:
    """The policy's formula for the one quantity that the question states; None where anything is left open."""
    formula = policy.formula_py
    if not formula:
        return None
    names = variables_of(formula)
    if len(names) != 1 or names[0] not in _VARIABLES:
        return None
    label, unit, beside = _VARIABLES[names[0]]
    stated = [q for q in quantities_in(question) if not _is_a_rate(question, q)]
    fitting = [q for q in stated if q.unit is unit and _is_beside(question, q, beside)]
    if len({q.value for q in fitting}) != 1:
        return None
    try:
        value = evaluate(formula, {names[0]: fitting[0].value})
    except NotComputable:
        return None
    if value <= 0:
        return None
    return Computed(input_name=label, input_words=fitting[0].words, result=_in_words(value, policy), value=value)


def _is_a_rate(question: str, quantity: Quantity) -> bool:
    """True for 一个月多少钱 and 每月: the period that an amount is for, no amount of its own."""
    after = question[quantity.start + len(quantity.words) :]
    before = question[: quantity.start]
    return before.endswith("每") or (quantity.value in (1, 12) and bool(re.match(r"[^,。?;]{0,6}(?:多少|几)", after)))


def _is_beside(question: str, quantity: Quantity, beside: re.Pattern[str]) -> bool:
    around = question[max(0, quantity.start - _NEAR) : quantity.start + len(quantity.words) + _NEAR]
    return bool(beside.search(around))


def _in_words(value: float, policy: Policy) -> str:
    formula, unit = policy.benefit.formula or "", policy.benefit.unit or ""
    if formula.startswith("months="):
        return f"{plain_number(value)}个月"
    if unit == "月":
        return f"{plain_number(value)}个月"
    ten_thousand = 10_000
    if unit == "元" and value >= ten_thousand and value % 100 == 0:
        return f"{plain_number(value / ten_thousand)}万元"
    return f"{plain_number(value)}{unit}"


def plain_number(value: float) -> str:
    """A number as people write it: no trailing zeros, at most two decimals."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
