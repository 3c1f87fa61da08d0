"""What is entered by hand is checked by the same schema that the page has; numbers are taken as people write them."""

import pytest

from prefill.forms import FieldType, FormField, Need
from prefill.schema import field_schema, fits, tidy


def a_field(type_: FieldType, *choices: str) -> FormField:
    return FormField(name="一项", type=type_, need=Need.ALWAYS, choices=choices)


@pytest.mark.parametrize(
    ("type_", "written", "kept"),
    [
        (FieldType.ID_NUMBER, "310101 19880214 302１", "310101198802143021"),
        (FieldType.BANK_CARD, "6217-0012-1000-0001-113", "6217001210000001113"),
        (FieldType.DECIMAL, " 4,200.5 ", "4200.5"),
        (FieldType.DECIMAL, "-3", "-3"),
        (FieldType.MOBILE, "021-5555 0100", "02155550100"),
        (FieldType.STRING, " 林 示例 ", "林 示例"),
        (FieldType.DATE_RANGE, "2026-01-01/2026-03-31", "2026-01-01/2026-03-31"),
    ],
)
def test_a_number_is_taken_as_people_write_it(type_: FieldType, written: str, kept: str) -> None:
    field = a_field(type_)
    assert tidy(field, written) == kept
    assert fits(field, kept)


@pytest.mark.parametrize(
    ("type_", "value"),
    [
        (FieldType.ID_NUMBER, "310101198802143022"),
        (FieldType.DATE, "2026-02-30"),
        (FieldType.MONTH, "2026-13"),
        (FieldType.DATE_RANGE, "2026-01-01/2026-02-30"),
        (FieldType.MOBILE, "١٣٩٠٠٠٠٠٠٠١"),
        (FieldType.YES_NO, "也许"),
        (FieldType.STRING, ""),
        (FieldType.TEXT, "长" * 2001),
    ],
)
def test_what_has_not_the_form_of_its_field_does_not_fit(type_: FieldType, value: str) -> None:
    assert not fits(a_field(type_), value)


def test_an_open_list_of_choices_takes_another_one_and_a_closed_one_does_not() -> None:
    closed = a_field(FieldType.CHOICE, "甲", "乙")
    assert not fits(closed, "丙")
    assert field_schema(closed)["enum"] == ["甲", "乙"]
