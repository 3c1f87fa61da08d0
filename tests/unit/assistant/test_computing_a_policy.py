"""Formulas of policies: computed where the question leaves no doubt, refused where the formula is no arithmetic."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.steps.confirming import verdict
from assistant.steps.formula import NotComputable, evaluate, plain_number, variables_of
from assistant.steps.quantities import Quantity, Unit, quantities_in


def test_a_formula_is_computed_from_its_variable() -> None:
    assert evaluate("min(24, 2 * (months // 12))", {"months": 40}) == 6
    assert evaluate("75 if age < 70 else 150", {"age": 71}) == 150


@pytest.mark.parametrize(
    "formula", ["__import__('os')", "x.y", "open('f')", "[1][0]", "1 +", "lambda: 1", "1 / 0", "z"]
)
def test_what_is_no_arithmetic_is_not_run(formula: str) -> None:
    with pytest.raises(NotComputable):
        evaluate(formula, {"x": 1})


@given(st.text(max_size=40))
def test_no_text_breaks_the_reader_of_formulas(text: str) -> None:
    try:
        evaluate(text, {})
    except NotComputable:
        return


def test_the_variables_of_a_formula_are_named() -> None:
    assert set(variables_of("min(amount * 0.1, cap)")) == {"amount", "cap"}


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("交了三年半", 42, Unit.MONTHS),
        ("投了两千万", 20_000_000, Unit.YUAN),
        ("年满六十五岁", 65, Unit.AGE),
        ("贴两成", 20, Unit.PERCENT),
        ("百分之三十", 30, Unit.PERCENT),
        ("二十四小时以内", 1, Unit.DAYS),
    ],
)
def test_quantities_are_read_in_any_spelling(text: str, value: float, unit: Unit) -> None:
    assert (value, unit) in [(q.value, q.unit) for q in quantities_in(text)]


def test_a_bare_number_is_no_quantity() -> None:
    assert quantities_in("第12条") == ()


def test_a_false_number_is_denied_without_being_repeated() -> None:
    denial = verdict("办这个证要交八十块对吧?", ["收费：20元"])
    assert denial
    assert "八十" not in denial


def test_a_right_number_is_not_denied() -> None:
    assert verdict("办这个证要交二十块对吧?", ["收费：20元"]) == ""


def test_an_amount_is_written_as_people_write_it() -> None:
    assert [plain_number(v) for v in (500.0, 2263.8, 0.25)] == ["500", "2263.8", "0.25"]


def test_a_quantity_remembers_its_words() -> None:
    assert quantities_in("断了两个月")[0] == Quantity(2, Unit.MONTHS, "两个月", 2)
