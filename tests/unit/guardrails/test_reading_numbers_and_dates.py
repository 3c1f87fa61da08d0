"""Numbers, quantities and dates are read as people write them."""

from fractions import Fraction

import pytest

from guardrails.calendar_dates import dates, times
from guardrails.numerals import value_of
from guardrails.quantities import quantities


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("15", 15),
        ("1,200", 1200),
        ("十五", 15),
        ("二十", 20),
        ("一百二", 120),
        ("一百二十", 120),
        ("二百零五", 205),
        ("一万五", 15000),
        ("一万五千", 15000),
        ("1.2万", 12000),
        ("1万五", 15000),
        ("三亿五", 350_000_000),
        ("一亿两千三百万", 123_000_000),
        ("十二亿三千四百五十六万七千八百九十", 1_234_567_890),
        ("二〇二六", 2026),
        ("两千三百四", 2340),
        ("一点五", Fraction(3, 2)),
    ],
)
def test_a_written_number_has_its_value(written: str, value: int | Fraction) -> None:
    assert value_of(written) == value


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("20个工作日", [(20, "工作日")]),
        ("二十日", [(480, "小时")]),
        ("半年", [(6, "月")]),
        ("一年半", [(18, "月")]),
        ("12个月", [(12, "月")]),
        ("1.2万元", [(12000, "元")]),
        ("一块五毛", [(1, "元"), (Fraction(1, 2), "元")]),
        ("65至69周岁", [(65, "岁"), (69, "岁")]),
        ("3-5个工作日", [(3, "工作日"), (5, "工作日")]),
        ("百分之二十", [(20, "%")]),
        ("两成", [(20, "%")]),
        ("四分之一", [(25, "%")]),
        ("30分钟", [(Fraction(1, 2), "小时")]),
        ("一百二十平", [(120, "平方米")]),
        ("一般一次性一并办理一件事，千万不要一个人来", []),
        ("上半年", []),
        ("within 20 working days", [(20, "工作日")]),
        ("aged 16 years old, 3 more", [(16, "岁"), (3, "")]),
        ("第三条第二款", []),
    ],
)
def test_what_a_text_counts_is_found_in_one_unit(text: str, found: list[tuple[int | Fraction, str]]) -> None:
    assert [(q.value, q.unit) for q in quantities(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2026年7月1日", [(2026, 7, 1)]),
        ("二〇二六年七月一日", [(2026, 7, 1)]),
        ("2026-07-01", [(2026, 7, 1)]),
        ("2026/7/1", [(2026, 7, 1)]),
        ("九月初", [(0, 9, 0)]),
        ("2026年9月1日至10月31日", [(2026, 9, 1), (2026, 10, 31)]),
        ("from 1 July 2026", [(2026, 7, 1)]),
        ("by July 1, 2026", [(2026, 7, 1)]),
        ("12个月", []),
        ("2026年13月", []),
    ],
)
def test_dates_are_found_however_written(text: str, found: list[tuple[int, int, int]]) -> None:
    assert [(d.year, d.month, d.day) for d in dates(text)] == found


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("22时30分", [1350]), ("22:30", [1350]), ("晚上十点半", [1350]), ("下午三点一刻", [915]), ("有一点不同", [])],
)
def test_times_of_day_are_found_however_written(text: str, minutes: list[int]) -> None:
    assert [t.minutes for t in times(text)] == minutes
