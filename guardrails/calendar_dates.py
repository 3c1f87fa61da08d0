"""Finds dates and times of day, however written, as comparable tokens; a part of a date is a token too."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from guardrails.numerals import HAN, value_of

_N = rf"(?:\d{{1,2}}|[{HAN}]{{1,3}})"
_Y = r"(?:(?:19|20)\d{2}|[一二][〇零○九一二三四五六七八]{3})"
_DATE = re.compile(
    rf"(?=[\d{HAN}])(?:(?P<y>{_Y})年(?:\s?(?P<m>{_N})月(?:份|底|初|中旬|上旬|下旬|末)?(?:\s?(?P<d>{_N})[日号])?)?|"
    rf"(?P<y2>(?:19|20)\d{{2}})[-/.](?P<m2>\d{{1,2}})(?:[-/.](?P<d2>\d{{1,2}}))?(?!\d)|"
    rf"(?<![\d个{HAN}])(?P<m3>{_N})月(?:份|底|初|中旬|上旬|下旬|末)?(?:\s?(?P<d3>{_N})[日号])?)"
)
ENGLISH_MONTHS: Final = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_ENGLISH_DATE = re.compile(
    r"(?=[\djfmasond])"  # a digit, or how a month begins: the look ahead alone makes it several times as fast
    rf"(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s(?:of\s)?)?(?P<m>{'|'.join(ENGLISH_MONTHS)})\s"
    r"(?:(?P<d2>\d{1,2})(?:st|nd|rd|th)?,?\s)?(?P<y>(?:19|20)\d{2})",
    re.IGNORECASE,
)
_TIME = re.compile(
    rf"(?=[\s\d{HAN}凌早清上中下傍晚夜次])(?P<part>凌晨|早上|清晨|早|上午|中午|下午|傍晚|晚上|晚间|晚|夜间|夜里|"
    rf"次日)?\s?(?:(?P<h>\d{{1,2}})[::](?P<mi>\d{{2}})(?!\d)|(?P<h2>{_N})(?:点钟?|时(?!间|候|限|效|"
    f"段|长|代|期|许))(?:(?P<half>半)|(?P<quarter>[一三])刻|(?P<mi2>{_N})分?)?)"
)
_AFTERNOON = frozenset({"下午", "傍晚", "晚上", "晚间", "晚", "夜间", "夜里"})
_NOON = 12


@dataclass(frozen=True, slots=True)
class CalendarDate:
    """A date or the known parts of one; 0 is unknown."""

    year: int
    month: int
    day: int
    written: str
    start: int
    end: int

    def says_no_more_than(self, other: "CalendarDate") -> bool:
        """Return whether every part given here is the same there."""
        return all(
            mine in (0, theirs)
            for mine, theirs in ((self.year, other.year), (self.month, other.month), (self.day, other.day))
        )


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """Minutes since midnight."""

    minutes: int
    written: str
    start: int
    end: int


@lru_cache(maxsize=4096)
def dates(text: str) -> tuple[CalendarDate, ...]:
    """Return the dates, Chinese ones first; the end of a range takes the year of its beginning."""
    found: list[CalendarDate] = []
    for match in _DATE.finditer(text):
        year, month, day = (_whole(match, name) for name in (("y", "y2"), ("m", "m2", "m3"), ("d", "d2", "d3")))
        if month > 12 or day > 31:  # noqa: PLR2004 - a calendar's limits
            continue
        if not year and found and text[found[-1].end : match.start()].strip() in {"至", "到", "-", "—", "~", "–"}:
            year = found[-1].year
        found.append(CalendarDate(year, month, day, match.group(), match.start(), match.end()))
    for match in _ENGLISH_DATE.finditer(text):
        month = ENGLISH_MONTHS.index(match["m"].lower()) + 1
        day = int(match["d"] or match["d2"] or 0)
        found.append(CalendarDate(int(match["y"]), month, day, match.group(), match.start(), match.end()))
    return tuple(found)


@lru_cache(maxsize=4096)
def times(text: str) -> tuple[TimeOfDay, ...]:
    """Return the times of day in order, on a 24-hour clock where the part of the day is named."""
    found: list[TimeOfDay] = []
    for match in _TIME.finditer(text):
        hour = _whole(match, ("h", "h2"))
        if match["h2"] and match["h2"] in "一两" and not match["part"]:
            continue  # 有一点, 两点要求
        minute = (
            30 if match["half"] else 15 * _han(match["quarter"]) if match["quarter"] else _whole(match, ("mi", "mi2"))
        )
        if match["part"] in _AFTERNOON and hour < _NOON:
            hour += _NOON
        found.append(TimeOfDay(hour * 60 + minute, match.group(), match.start(), match.end()))
    return tuple(found)


def _whole(match: re.Match[str], names: tuple[str, ...]) -> int:
    for name in names:
        if match[name]:
            return _han(match[name])
    return 0


def _han(written: str) -> int:
    value = value_of(written)
    return 0 if value is None else int(value)
