"""Values are read by meaning: the same address, day, amount or name in any spelling."""

from datetime import date

import pytest

from prefill.check_digits import age_on
from prefill.review.numbers import NumberKind, is_possible
from prefill.review.values import (
    LONG_TERM,
    date_in,
    is_inside,
    last_date_in,
    months_after,
    months_between,
    number_in,
    same_address,
    same_text,
)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("上海市静安区和平路12弄3号0402室", "静安区和平路12弄3号402室", True),
        ("上海市静安区和平路12弄3号402室", "和平路12-3-402", True),
        ("上海市浦东新区和平路88号", "浦东和平路88号", True),
        ("上海市静安区和平路12弄3号402室", "上海市静安区和平路12弄4号402室", False),
        ("上海市静安区和平路12号", "上海市长宁区和平路12号", False),
        ("上海市静安区和平路12号", "上海市静安区解放路12号", False),
        ("上海市静安区和平路一号", "上海市静安区和平路1号", True),
    ],
)
def test_an_address_is_its_street_and_numbers(one: str, other: str, *, same: bool) -> None:
    assert same_address(one, other) is same


@pytest.mark.parametrize(
    ("written", "key", "number"),
    [
        ("36个月", "月数", 36),
        ("4,800元/月", "月租金", 4800),
        ("160万元", "贷款额", 1_600_000),
        ("160万元", "贷款额(万元)", 160),
        ("无", "违法", 0),
        (True, "月数", None),
        ("100(实缴)", "出资额", None),
        ("大约三年", "年限", None),
        ("86.0", "面积", 86),
    ],
)
def test_a_number_is_read_only_where_nothing_else_is_written(
    written: str | bool, key: str, number: float | None
) -> None:
    assert number_in(written, key) == number


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2026年3月5日", date(2026, 3, 5), date(2026, 3, 5)),
        ("2026/3/5 14:30", date(2026, 3, 5), date(2026, 3, 5)),
        ("2026-12-01/2028-11-30", date(2026, 12, 1), date(2028, 11, 30)),
        ("20260305", date(2026, 3, 5), date(2026, 3, 5)),
        ("长期", LONG_TERM, LONG_TERM),
        ("2026-02-30", None, None),
        ("2027-02", None, date(2027, 2, 28)),
        ("不详", None, None),
    ],
)
def test_days_are_read_in_every_usual_spelling(written: str, first: date | None, last: date | None) -> None:
    assert (date_in(written), last_date_in(written)) == (first, last)


def test_one_born_on_a_leap_day_is_a_year_older_on_the_first_of_march() -> None:
    assert age_on(date(2004, 2, 29), date(2026, 2, 28)) == 21
    assert age_on(date(2004, 2, 29), date(2026, 3, 1)) == 22


def test_a_month_later_is_the_last_day_where_the_month_is_shorter() -> None:
    assert months_after(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_between(date(2023, 11, 22), date(2026, 11, 21)) == 35
    assert months_between(date(2023, 11, 22), date(2026, 11, 22)) == 36


@pytest.mark.parametrize(
    ("kind", "number", "possible"),
    [
        (NumberKind.IDENTITY, "310101198001010017", False),
        (NumberKind.IDENTITY, "11010519491231002X", True),
        (NumberKind.IDENTITY, "11010519491231002x", True),
        (NumberKind.IDENTITY, "110105194913310021", False),
        (NumberKind.IDENTITY, "11010519491231002", False),
        (NumberKind.IDENTITY, "E12345678", True),
        (NumberKind.IDENTITY, "1101051949****002X", True),
        (NumberKind.COMPANY, "91350100M000100Y43", True),
        (NumberKind.COMPANY, "91350100M000100Y44", False),
        (NumberKind.CARD, "4111111111111111", True),
        (NumberKind.CARD, "4111111111111112", False),
        (NumberKind.CARD, "031200116391", True),
        (NumberKind.VEHICLE, "1M8GDM9AXKP042788", True),
        (NumberKind.VEHICLE, "1M8GDM9A1KP042788", False),
        (NumberKind.MOBILE, "+86 138-0000-0000", True),
        (NumberKind.MOBILE, "12345", False),
    ],
)
def test_a_number_that_cannot_exist_is_known(kind: NumberKind, number: str, *, possible: bool) -> None:
    assert is_possible(kind, number) is possible


def test_names_are_the_same_whatever_the_dots_and_widths() -> None:
    assert same_text("阿依古丽·买买提", "阿依古丽.买买提")
    assert same_text("上海某某（集团）有限公司", "上海某某(集团)有限公司")
    assert same_text("EMMA Whitfield", "Emma  Whitfield")
    assert not same_text("王芳", "王方")


def test_an_address_is_found_inside_a_sentence() -> None:
    assert is_inside("上海市静安区和平路12号1层", "住所由原址变更为静安区和平路12号1层")
    assert not is_inside("上海市静安区和平路12号1层", "住所变更为静安区和平路13号1层")
