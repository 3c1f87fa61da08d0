"""Days of the lunar calendar that people name instead of a date; other years than these are not read."""

from datetime import date, timedelta
from typing import Final

_LUNAR: Final[dict[str, tuple[str, ...]]] = {
    "春节": (
        "2020-01-25",
        "2021-02-12",
        "2022-02-01",
        "2023-01-22",
        "2024-02-10",
        "2025-01-29",
        "2026-02-17",
        "2027-02-06",
        "2028-01-26",
    ),
    "元宵": ("2023-02-05", "2024-02-24", "2025-02-12", "2026-03-03", "2027-02-20"),
    "清明": ("2022-04-05", "2023-04-05", "2024-04-04", "2025-04-04", "2026-04-05", "2027-04-05"),
    "端午": ("2022-06-03", "2023-06-22", "2024-06-10", "2025-05-31", "2026-06-19", "2027-06-09"),
    "七夕": ("2023-08-22", "2024-08-10", "2025-08-29", "2026-08-19", "2027-08-08"),
    "中秋": (
        "2020-10-01",
        "2021-09-21",
        "2022-09-10",
        "2023-09-29",
        "2024-09-17",
        "2025-10-06",
        "2026-09-25",
        "2027-09-15",
        "2028-10-03",
    ),
    "重阳": ("2022-10-04", "2023-10-23", "2024-10-11", "2025-10-29", "2026-10-18", "2027-10-08"),
    "冬至": ("2022-12-22", "2023-12-22", "2024-12-21", "2025-12-21", "2026-12-22", "2027-12-22"),
}
_FIXED: Final = {
    "元旦": (1, 1),
    "情人节": (2, 14),
    "妇女节": (3, 8),
    "三八节": (3, 8),
    "植树节": (3, 12),
    "愚人节": (4, 1),
    "劳动节": (5, 1),
    "五一": (5, 1),
    "青年节": (5, 4),
    "儿童节": (6, 1),
    "六一": (6, 1),
    "七一": (7, 1),
    "建军节": (8, 1),
    "八一": (8, 1),
    "教师节": (9, 10),
    "国庆": (10, 1),
    "十一": (10, 1),
    "光棍节": (11, 11),
    "双十一": (11, 11),
    "双十二": (12, 12),
    "平安夜": (12, 24),
    "跨年夜": (12, 31),
    "跨年": (12, 31),
    "圣诞": (12, 25),
}
_SAME: Final = {"大年初一": "春节", "正月初一": "春节", "年初一": "春节", "中秋节": "中秋"}
NAMES: Final = tuple(sorted((*_LUNAR, *_FIXED, *_SAME, "除夕", "大年三十"), key=len, reverse=True))


def festival(name: str, year: int) -> date | None:
    """The day of a festival in a year, or None where the year is beyond the table."""
    name = _SAME.get(name, name)
    if name in _FIXED:
        return date(year, *_FIXED[name])
    eve = name in {"除夕", "大年三十"}
    found = next((d for d in _LUNAR["春节" if eve else name] if d.startswith(str(year))), None)
    if found is None:
        return None
    return date.fromisoformat(found) - timedelta(days=1 if eve else 0)


LUNAR_MONTHS: Final = {"正": 1, "冬": 11, "腊": 12}
# Of each lunar year: its first day, which of its months have 30 days (in order, a leap month behind its own), the leap
# month or 0. Public almanac data; the festivals above are days of it, a test compares them.
_YEARS: Final[dict[int, tuple[str, str, int]]] = {
    2020: ("2020-01-25", "0111010010101", 4),
    2021: ("2021-02-12", "011010101010", 0),
    2022: ("2022-02-01", "101011010101", 0),
    2023: ("2023-01-22", "0100110110101", 2),
    2024: ("2024-02-10", "010010110110", 0),
    2025: ("2025-01-29", "1010010101110", 6),
    2026: ("2026-02-17", "101001001110", 0),
    2027: ("2027-02-06", "110100100110", 0),
    2028: ("2028-01-26", "1110100100110", 5),
}


def lunar_day(year: int, month: int, day: int) -> date | None:
    """A day of the lunar calendar, never of a leap month; None beyond the table, and where there is no such day."""
    known = _YEARS.get(year)
    if known is None:
        return None
    first, long, leap = known
    before = month - 1 + (1 if leap and month > leap else 0)
    if day > (30 if long[before] == "1" else 29):
        return None
    passed = sum(30 if mark == "1" else 29 for mark in long[:before])
    return date.fromisoformat(first) + timedelta(days=passed + day - 1)
