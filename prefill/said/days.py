"""Days, months and spans of time as people name them: 上个月15号, 大前天, 下周五, 中秋那天, 从三月到年底."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from guardrails.numerals import HAN, value_of
from prefill.said.festivals import LUNAR_MONTHS, NAMES, festival, lunar_day

_N: Final = rf"(?:\d{{1,2}}|[{HAN}]{{1,3}})"
_YEAR: Final = (
    r"(?:(?:19|20)\d{2}|[一二][〇零○九一二三四五六七八]{3}|\d{2}(?=年)|"
    r"[〇零一二三五六七八九][〇零一二三四五六七八九](?=年))"
)
_RELATIVE_YEAR: Final = {"大前年": -3, "前年": -2, "去年": -1, "今年": 0, "本年": 0, "明年": 1, "后年": 2}
_RELATIVE_MONTH: Final = {"上上个月": -2, "上上月": -2, "上个月": -1, "上月": -1, "这个月": 0, "本月": 0, "这月": 0}
_RELATIVE_MONTH_AHEAD: Final = {"当月": 0, "下下个月": 2, "下下月": 2, "下个月": 1, "下月": 1}
_MONTHS: Final = {**_RELATIVE_MONTH, **_RELATIVE_MONTH_AHEAD}
_DAYS: Final = {"大前天": -3, "前天": -2, "前晚": -2, "昨天": -1, "昨晚": -1, "昨日": -1, "昨儿": -1, "今天": 0}
_DAYS_AHEAD: Final = {"今早": 0, "今晚": 0, "今日": 0, "今儿": 0, "当天": 0, "明天": 1, "明早": 1, "明晚": 1, "明日": 1}
_DAY_WORDS: Final = {**_DAYS, **_DAYS_AHEAD, "后天": 2, "大后天": 3}
_WEEK: Final = {"上上": -2, "上": -1, "这": 0, "本": 0, "下": 1, "下下": 2}
_WEEKDAYS: Final = {c: n for n, chars in enumerate(("一1", "二2", "三3", "四4", "五5", "六6", "日天7")) for c in chars}
_VAGUE: Final = re.compile("左右|前后|大概|大约|好像|可能|差不多|记得是|上下|之间")
_WAVERING: Final = re.compile("还是|或者|或|要么|不然")
_OR_ANOTHER: Final = re.compile(
    rf"(?:那天|吧)?(?:还是|或者?|要么|、|或是)(?:是)?(?:{_N})(?:[号日]|$|丢|生|去|办|的|[^\d元块万千百平个])"
)


def _words(table: dict[str, int]) -> str:
    return "|".join(sorted(table, key=len, reverse=True))


_DATE = re.compile(
    rf"(?:(?P<y>{_YEAR})年|(?P<ry>{_words(_RELATIVE_YEAR)})的?)?\s?"
    rf"(?:(?P<m>{_N})月份?|(?P<rm>{_words(_MONTHS)})份?的?)(?P<part>(?:底|末)?的?最后一天|底|末|初|中旬|上旬|下旬)?"
    rf"(?:\s?(?P<d>{_N})[日号]?(?![个元块万千百平米岁%]|\d))?"
    rf"|(?P<y2>(?:19|20)\d{{2}})[-/.](?P<m2>\d{{1,2}})(?:[-/.](?P<d2>\d{{1,2}}))?(?!\d)"
    rf"|(?<![\d.])(?P<m3>1[0-2]|0?[1-9])[./](?P<d3>3[01]|[12]\d|0?[1-9])(?![\d.%/百千万亿元米平倍吨个岁])"
    rf"|(?<![\dA-Za-z])(?P<y4>(?:19|20)\d{{2}})(?P<m4>0[1-9]|1[0-2])(?P<d4>[0-2]\d|3[01])(?![\dA-Za-z])"
    rf"|(?P<day>{_words(_DAY_WORDS)})"
    rf"|(?P<nth>元旦|国庆|五一|十一|春节|中秋)(?:节|假期|长假)?(?:之|过)?后的?(?:第一|头一|首)个?(?:周|星期|礼拜)(?P<nthwd>[一二三四五六日天])"
    rf"|(?P<week>上上|下下|上|下|这|本)?个?(?:周|星期|礼拜)(?P<wd>[一二三四五六日天])"
    rf"|(?P<ago>{_N})(?:个)?(?P<unit>天|日|周|星期|礼拜|年|月)(?:之)?(?P<way>前|后)"
    rf"|(?:(?P<fy>{_YEAR})年?|(?P<fry>{_words(_RELATIVE_YEAR)})的?)?(?<![{HAN}])(?P<feast>{'|'.join(NAMES)})(?![月点个岁万号日年楼路室弄时分元块人平米{HAN}])节?"
    r"(?:那天|当天)?(?P<beside>(?:的)?(?:前一天|后一天|第二天|前两天))?"
    rf"|(?P<lastday>(?:(?P<lry>今年|明年|去年|后年|前年)的?)最后一天)"
    rf"|(?P<yearend>(?:(?P<ery>{_words(_RELATIVE_YEAR)})|(?P<ey>{_YEAR}))?年底)"
    rf"|(?<![\d{HAN}第路弄栋幢座室楼])(?P<d5>{_N})[号日](?![楼线门院库店铺馆]|\s?\d|之)"
)


_LUNAR_DAY = re.compile(
    rf"(?P<called>(?:农历|阴历|旧历)的?)?(?:(?P<ly>{_YEAR})年|(?P<lry>{_words(_RELATIVE_YEAR)})的?)?(?:农历|阴历)?"
    rf"(?P<month>正|冬|腊|十[一二]?|[一二三四五六七八九])月(?P<day>初[一二三四五六七八九十]|廿[一二三四五六七八九]?|"
    rf"二?十[一二三四五六七八九]?|三十)(?![号日])"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A day or month as said. `past` and `future` differ where no year was said; `day` is None for a month."""

    past: date
    future: date
    has_day: bool
    vague: bool
    start: int
    end: int
    written: str
    part: str = ""

    def on(self, *, ahead: bool) -> date:
        """The day meant where the matter lies ahead, or behind."""
        return self.future if ahead else self.past


def days(text: str, today: date) -> tuple[Day, ...]:
    """The days and months named in a clause, in order; two between which somebody wavers are both vague."""
    found = tuple(_named(text, today))
    wavers = len(found) > 1 and _WAVERING.search(text[found[0].end : found[-1].start]) is not None
    return tuple(replace(day, vague=True) for day in found) if wavers else found


def _named(text: str, today: date) -> Iterator[Day]:
    lunar = list(_lunar_days(text, today))
    yield from lunar
    for match in _DATE.finditer(text):
        found = None if any(match.start() < d.end and d.start < match.end() for d in lunar) else _read(match, today)
        if found is None:
            continue
        past, future, has_day = found
        near = text[max(0, match.start() - 4) : match.end() + 3]
        yield Day(
            past=past,
            future=future,
            has_day=has_day,
            vague=_VAGUE.search(near) is not None or _OR_ANOTHER.match(text, match.end()) is not None,
            start=match.start(),
            end=match.end(),
            written=match.group(),
            part=match["part"] or "",
        )


def _lunar_days(text: str, today: date) -> Iterator[Day]:
    """Days of the lunar calendar: 农历八月初三, 腊月廿三; the year's festivals are read elsewhere."""
    for match in _LUNAR_DAY.finditer(text):
        if not match["called"] and not match["month"].startswith(("正", "冬", "腊")) and match["day"][0] not in "初廿":
            continue
        month = LUNAR_MONTHS.get(match["month"]) or _int(match["month"])
        day = _int(match["day"].removeprefix("初").replace("廿", "二十"))
        if match["ly"] or match["lry"]:
            year = _year(match["ly"]) if match["ly"] else today.year + _RELATIVE_YEAR[match["lry"]]
            known = [d for d in (lunar_day(year, month, day),) if d]
            past = future = known
        else:
            known = [d for n in (-1, 0, 1) if (d := lunar_day(today.year + n, month, day))]
            past, future = [d for d in known if d <= today], [d for d in known if d >= today]
        if past and future:
            yield Day(
                past=past[-1],
                future=future[0],
                has_day=True,
                vague=False,
                start=match.start(),
                end=match.end(),
                written=match.group(),
            )


def _read(match: re.Match[str], today: date) -> tuple[date, date, bool] | None:
    """Past reading, future reading, and whether a day was named; None for a day that does not exist."""
    if match["part"] == "初" and match["d"]:
        return None  # 四月初二 is a day of the lunar calendar beyond its table
    readers = {
        "lastday": _last_of_year,
        "day": _word,
        "wd": _weekday,
        "ago": _counted,
        "nth": _after_feast,
        "feast": _feast,
        "yearend": _year_end,
        "d5": _bare_day,
    }
    reader = next((read for group, read in readers.items() if match[group]), _calendar)
    try:
        found = reader(match, today)
    except ValueError:
        return None
    if found and (match["part"] or "").endswith("最后一天"):
        return month_end(found[0]), month_end(found[1]), True
    return found


def _word(match: re.Match[str], today: date) -> tuple[date, date, bool]:
    return _same(today + timedelta(days=_DAY_WORDS[match["day"]]))


def _year_end(match: re.Match[str], today: date) -> tuple[date, date, bool]:
    year = _year(match["ey"]) if match["ey"] else today.year + _RELATIVE_YEAR.get(match["ery"] or "今年", 0)
    by_then = match.string.startswith(("前", "之前", "以前"), match.end())  # 2030年底前 is by its last day
    return date(year, 12, 31), date(year, 12, 31), by_then


def _last_of_year(match: re.Match[str], today: date) -> tuple[date, date, bool] | None:
    return _same(date(today.year + _RELATIVE_YEAR[match["lry"]], 12, 31))


def _bare_day(match: re.Match[str], today: date) -> tuple[date, date, bool] | None:
    return _nearest(today, None, _int(match["d5"]))


def _calendar(match: re.Match[str], today: date) -> tuple[date, date, bool] | None:
    month_word = match["m"] or match["m2"] or match["m3"] or match["m4"]
    day_word = match["d"] or match["d2"] or match["d3"] or match["d4"]
    day = _int(day_word) if day_word else 0
    if match["rm"]:
        first = shifted(today.replace(day=1), months=_MONTHS[match["rm"]])
        if match["ry"]:
            first = first.replace(year=today.year + _RELATIVE_YEAR[match["ry"]])
        return (first.replace(day=day),) * 2 + (True,) if day else (first, first, False)
    month = _int(month_word)
    year_word = match["y"] or match["y2"] or match["y4"]
    if year_word or match["ry"]:
        year = _year(year_word) if year_word else today.year + _RELATIVE_YEAR[match["ry"]]
        when = date(year, month, day or 1)
        return when, when, bool(day)
    return _nearest(today, month, day)


def _nearest(today: date, month: int | None, day: int) -> tuple[date, date, bool] | None:
    """The last such day up to today and the next one from today on, where no year was said."""
    if month is None:
        candidates = [_of_month(shifted(today.replace(day=1), months=n), day) for n in (-2, -1, 0, 1, 2)]
    else:
        candidates = [_of_month(date(today.year + n, month, 1), day or 1) for n in (-4, -3, -2, -1, 0, 1, 2, 3, 4)]
    known = [c for c in candidates if c is not None]
    edge = today if day else today.replace(day=1)
    past = [c for c in known if c <= edge]
    future = [c for c in known if c >= edge]
    return (past[-1], future[0], bool(day)) if past and future else None


def _of_month(first: date, day: int) -> date | None:
    return first.replace(day=day) if 1 <= day <= monthrange(first.year, first.month)[1] else None


def _same(day: date) -> tuple[date, date, bool]:
    return day, day, True


def _weekday(match: re.Match[str], today: date) -> tuple[date, date, bool]:
    monday = today - timedelta(days=today.weekday())
    weekday = _WEEKDAYS[match["wd"]]
    if match["week"]:
        return _same(monday + timedelta(days=weekday, weeks=_WEEK[match["week"]]))
    back = (today.weekday() - weekday) % 7
    ahead = (weekday - today.weekday()) % 7
    return today - timedelta(days=back), today + timedelta(days=ahead), True


def _counted(match: re.Match[str], today: date) -> tuple[date, date, bool] | None:
    count = _int(match["ago"]) * (-1 if match["way"] == "前" else 1)
    match match["unit"]:
        case "天" | "日":
            return _same(today + timedelta(days=count))
        case "周" | "星期" | "礼拜":
            return _same(today + timedelta(weeks=count))
        case "月":
            month = shifted(today.replace(day=1), months=count)
            return month, month, False
        case _:
            return None


def _feast(match: re.Match[str], today: date) -> tuple[date, date, bool] | None:
    offset = {"前一天": -1, "后一天": 1, "第二天": 1, "前两天": -2}.get((match["beside"] or "").removeprefix("的"), 0)
    shift = timedelta(days=offset)
    if match["fy"] or match["fry"]:
        found = festival(
            match["feast"], _year(match["fy"]) if match["fy"] else today.year + _RELATIVE_YEAR[match["fry"]]
        )
        return _same(found + shift) if found else None
    known = [d + shift for n in (-1, 0, 1) if (d := festival(match["feast"], today.year + n))]
    past = [d for d in known if d <= today]
    future = [d for d in known if d >= today]
    return (past[-1], future[0], True) if past and future else None


def _after_feast(match: re.Match[str], today: date) -> tuple[date, date, bool] | None:
    """元旦后第一个周一: the next one from today on, and the last one before."""
    found = []
    for year in (today.year - 1, today.year, today.year + 1):
        feast = festival(match["nth"], year)
        if feast is not None:
            ahead = (_WEEKDAYS[match["nthwd"]] - feast.weekday() - 1) % 7 + 1
            found.append(feast + timedelta(days=ahead))
    past, future = [d for d in found if d <= today], [d for d in found if d >= today]
    return (past[-1], future[0], True) if past and future else None


def shifted(day: date, *, months: int) -> date:
    """The same day some months on, or the month's last where it is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month_end(day: date) -> date:
    """The last day of the month."""
    return day.replace(day=monthrange(day.year, day.month)[1])


def _int(written: str) -> int:
    value = value_of(written)
    if value is None or value.denominator != 1:
        raise ValueError(written)
    return int(value)


def _year(written: str) -> int:
    year = _int(written)
    if year < 100:  # noqa: PLR2004 - 20年 and 二零年 are 2020, 98年 is 1998
        return year + (2000 if year < 50 else 1900)  # noqa: PLR2004
    return year
