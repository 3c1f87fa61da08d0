"""Tails of amounts, thousands, and what is not yet: read as they are meant."""

from datetime import date
from fractions import Fraction

from assistant.cases.answering import answer_of
from prefill.forms import FieldType, FormField, Need
from prefill.said.amounts import amounts
from prefill.said.speech import clauses_of, fold

TODAY = date(2026, 11, 22)


def test_a_last_digit_after_ten_thousands_counts_thousands() -> None:
    assert next(m.number for m in amounts(fold("定金23万6,其余月底付"), 0)) == Fraction(236_000)


def test_commas_between_thousands_part_no_clause() -> None:
    assert [c.text for c in clauses_of(["房款3,280,000元,税另算"])] == ["房款3,280,000元", "税另算"]


def test_a_label_said_with_its_value_is_not_kept() -> None:
    field = FormField(name="收件人姓名", type=FieldType.STRING, need=Need.ALWAYS)
    assert answer_of(field, "收件人姓名雷小满", TODAY) == "雷小满"
