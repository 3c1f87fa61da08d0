"""A message as the answer to the field that was just asked for."""

from datetime import date

import pytest

from assistant.cases.answering import answer_of, is_well_formed
from prefill.forms import FieldType, FormField, Need

TODAY = date(2026, 11, 22)


def a_field(kind: FieldType, name: str = "字段", choices: tuple[str, ...] = ()) -> FormField:
    return FormField(name=name, type=kind, need=Need.ALWAYS, choices=choices)


@pytest.mark.parametrize(
    ("kind", "message", "value"),
    [
        (FieldType.MONTH, "上个月", "2026-10"),
        (FieldType.MONTH, "不对,是2026年9月", "2026-09"),
        (FieldType.DATE, "昨天", "2026-11-21"),
        (FieldType.DATE, "大概是吧", None),
        (FieldType.DATE, "it was on November 3rd", "2026-11-03"),
        (FieldType.MOBILE, "1390000000", None),
        (FieldType.MOBILE, "幺三九零零零零零零零一", "13900000001"),
        (FieldType.DECIMAL, "四千二", "4200"),
        (FieldType.DECIMAL, "每月4200元", "4200"),
        (FieldType.ID_NUMBER, "310101198802143021", "310101198802143021"),
        (FieldType.ID_NUMBER, "310101198802143022", None),
        (FieldType.YES_NO, "没有", "否"),
        (FieldType.YES_NO, "需要的", "是"),
        (FieldType.STRING, "我叫林示例", "林示例"),
        (FieldType.STRING, "这个怎么填?", None),
    ],
)
def test_an_answer_is_read_in_the_format_of_its_field(kind: FieldType, message: str, value: str | None) -> None:
    assert answer_of(a_field(kind), message, TODAY) == value


@pytest.mark.parametrize(
    ("message", "value"),
    [
        ("随母", "随母"),
        ("第二个", "随母"),
        ("跟外婆", None),
        ("跟爸爸", "随父"),
        ("the second one", "随母"),
        ("随父吧", "随父"),
    ],
)
def test_a_choice_is_one_of_those_offered(message: str, value: str | None) -> None:
    assert answer_of(a_field(FieldType.CHOICE, choices=("随父", "随母")), message, TODAY) == value


def test_a_value_typed_into_the_form_has_the_fields_format() -> None:
    assert is_well_formed(a_field(FieldType.MONTH), "2026-10")
    assert not is_well_formed(a_field(FieldType.MONTH), "上个月")
    assert not is_well_formed(a_field(FieldType.ID_NUMBER), "310101198802143022")


@pytest.mark.parametrize(
    ("message", "value"),
    [
        ("结了", "已婚"),
        ("结了好几年了", "已婚"),
        ("还没结呢", "未婚"),
        ("离掉了", "离异"),
        ("老伴前年走了", "丧偶"),
        ("不好说", None),
    ],
)
def test_a_choice_is_understood_as_people_say_it(message: str, value: str | None) -> None:
    marital = a_field(FieldType.CHOICE, "婚姻状况", ("未婚", "已婚", "离异", "丧偶"))
    assert answer_of(marital, message, TODAY) == value
