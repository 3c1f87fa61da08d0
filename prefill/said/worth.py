"""Turns a mention into the value of a field: dates, amounts in the field's unit, ranges; None where it does not fit."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from prefill.forms import FieldType
from prefill.said.amounts import plain
from prefill.said.conversation import Conversation
from prefill.said.days import Day, month_end, shifted
from prefill.said.mentions import Kind, Mention
from prefill.said.senses import Sense

_BARE_DAY: Final = re.compile(r"[^年月周]{1,4}[号日]\Z")
_ONLY_A_DAY: Final = re.compile(r"(?:\d{1,2}|[一二三四五六七八九十廿]{1,3})[号日](?!.*[年月])")
_UNTIL: Final = re.compile("到|至|-|~|—|截止|结束|为止")
_YUAN: Final = frozenset({"", "元", "块", "块钱", "万元"})


def _one_each(units: str) -> dict[str, int]:
    return dict.fromkeys(units.split("|"), 1)


# Which units a field takes, and how many of its own unit each of them is.
_FACTORS: Final[tuple[tuple[str, dict[str, int]], ...]] = (
    ("面积|㎡", _one_each("平方米|平方|平米|平|㎡|m2")),
    (r"\(米\)", {"米": 1, "公里": 1000}),
    ("排水", _one_each("吨|立方米|立方|方")),
    (r"\(月\)|月数", {"年": 12, "岁": 12, "个月": 1, "月": 1, "个": 1}),
    ("座位数", _one_each("座|个|位")),
    ("车辆数", _one_each("辆|台|部")),
    ("健康证数", _one_each("张|个|本|份|人")),
    ("套数", _one_each("套")),
    ("占比", _one_each("%|个点")),
    ("天数", _one_each("天")),
    ("人数|会员数|成员数|人员数", _one_each("|个|人|个人|名|位|口")),
    ("子女数|胎儿数", _one_each("个")),
)
_ESTIMATED: Final = re.compile("预计|日排水|预计量")
"""Fields that want an estimate: 大概五千人 is an answer there, and nowhere else."""
# No more than this is a value of a field: a slip of the tongue or of the reader.
_MOST: Final[tuple[tuple[str, int], ...]] = (
    (r"\(月\)|月数", 1200),
    ("子女数|孩次|胎儿数|套数|家庭成员数", 20),
    ("年龄", 130),
    (r"天数", 36500),
)
_NEVER_AHEAD: Final = re.compile("丢失|遗失|死亡|出生(?!.*证)|受伤|发生|分娩|原登记|首次|居住登记")
_NEVER_BEHIND: Final = re.compile("预约|期望|预产|选择退休")
_LONG_AGO, _SOON = timedelta(days=270), timedelta(days=45)
_DAY_MINUTES: Final = 24 * 60
_LEAST_MONEY: Final = 100
_WAN: Final = 10_000


def worth(sense: Sense, mention: Mention, conversation: Conversation, today: date) -> str | None:
    """The value in the contract's format, or None where the mention is no value of this field."""
    match sense.field.type:
        case FieldType.DATE:
            return _date(sense, mention, today)
        case FieldType.MONTH:
            return _month(sense, mention.day, today) if mention.day and not mention.day.vague else None
        case FieldType.DATE_TIME:
            return _moment(sense, mention, conversation, today)
        case FieldType.INTEGER | FieldType.DECIMAL:
            number = _dictated(sense, mention, conversation) or _number(sense, mention)
            whole = number is not None and (sense.field.type is FieldType.DECIMAL or number.denominator == 1)
            return plain(number) if number is not None and whole else None
        case _:
            lends = mention.kind is Kind.BANK and "抵押" in sense.field.name
            return mention.value + mention.unit if lends else mention.value  # with the branch that lends


def _date(sense: Sense, mention: Mention, today: date) -> str | None:
    if mention.day and mention.day.part in {"底", "末"} and "期限" in sense.field.name and not mention.day.vague:
        return month_end(_day(sense, mention, today)).isoformat()  # 2029年6月底缴足
    if (
        mention.day is None
        or not mention.day.has_day
        or mention.day.vague
        or _is_of_which_year(sense, mention.day, today)
    ):
        return None
    day = _day(sense, mention, today)
    if (day > today and _NEVER_AHEAD.search(sense.field.name)) or (
        day < today and _NEVER_BEHIND.search(sense.field.name)
    ):
        return None
    return day.isoformat()


def _month(sense: Sense, day: Day, today: date) -> str:
    """The month meant; what lies ahead may still be the month that has just passed (十月份的, said in November)."""
    just_passed = day.future - today > _LONG_AGO and today - day.past < _SOON + timedelta(days=31)
    meant = day.past if sense.cues.ahead and just_passed else _day_meant(sense, day, today)
    return meant.strftime("%Y-%m")


def _is_of_which_year(sense: Sense, day: Day, today: date) -> bool:
    """Whether what should lie behind would be most of a year ago, and the same day is just ahead."""
    return sense.cues.ahead is False and today - day.past > _LONG_AGO and timedelta(0) < day.future - today < _SOON


def in_the_same_month(former: str | None, value: str, written: str) -> str:
    """A bare day (不对,21日) that corrects a date names a day of that date's month."""
    bare = _ONLY_A_DAY.match(written.strip())
    if former is None or bare is None:
        return value
    try:
        return date.fromisoformat(former).replace(day=date.fromisoformat(value).day).isoformat()
    except ValueError:
        return value


def _day(sense: Sense, mention: Mention, today: date) -> date:
    return today if mention.day is None else _day_meant(sense, mention.day, today)


def _day_meant(sense: Sense, day: Day, today: date) -> date:
    if sense.cues.ahead is not None:
        return day.on(ahead=sense.cues.ahead)
    return day.future if day.future - today < today - day.past else day.past


def _moment(sense: Sense, mention: Mention, conversation: Conversation, today: date) -> str | None:
    day = _date(sense, mention, today)
    if day is None:
        return None
    near = [m for _, m in conversation.of(Kind.TIME) if 0 <= m.clause - mention.clause <= 1]
    if len({m.minutes for m in near}) > 1:  # 加班到九点,九点半下楼摔的
        near = [m for m in near if sense.cue_in(conversation.clauses[m.clause].text)] or near
    return f"{day} {clock(_in_the_evening(mention, near[0].minutes))}" if near else None


def _in_the_evening(mention: Mention, minutes: int) -> int:
    """昨晚九点 is 21:00 wherever in the sentence the hour stands."""
    late = mention.value.endswith("晚") and _DAY_MINUTES // 4 <= minutes < _DAY_MINUTES // 2
    return minutes + _DAY_MINUTES // 2 if late else minutes


def clock(minutes: int) -> str:
    """HH:MM."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def span(sense: Sense, conversation: Conversation, today: date) -> tuple[str, int] | None:
    """The last range said for a field, with the clause it ends in: two days with 到 between, or a day and a length."""
    found: tuple[str, int] | None = None
    listed = [m for _, m in conversation.of(Kind.DAY) if m.day and not m.day.vague]
    is_end = False
    for first, second in zip(listed, [*listed[1:], None], strict=False):
        if is_end:  # the end of a range is not the beginning of another
            is_end = False
            continue
        start = _day(sense, first, today)
        if second is not None and _joined(first, second, conversation):
            is_end = True
            end = _end(start, second.day, ahead=sense.cues.ahead)
            value = _written(sense, Ends(first, start, end, second.clause), conversation)
        else:
            length = next((m for m in _lengths(first, conversation)), None)
            end = _after(start, length) if length else None
            value = _written(sense, Ends(first, start, end, first.clause), conversation)
        if value:
            found = value, (second or first).clause
    return found


def _joined(first: Mention, second: Mention, conversation: Conversation) -> bool:
    if second.clause - first.clause > 1:
        return False
    text = conversation.clauses[first.clause].text[first.end :]
    if second.clause == first.clause:
        text = text[: second.start - first.end]
    else:
        text += conversation.clauses[second.clause].text[: second.start]
    return _UNTIL.search(text) is not None


def _end(start: date, day: Day | None, *, ahead: bool | None) -> date | None:
    if day is None:
        return None
    if _BARE_DAY.fullmatch(day.written):
        try:
            return start.replace(day=day.past.day)
        except ValueError:
            return None
    known = [d for d in (day.past, day.future, *(shifted(d, months=12) for d in (day.past, day.future))) if d >= start]
    if not known:
        return None
    end = min(known)
    return end if day.has_day else month_end(end)


@dataclass(frozen=True, slots=True)
class Ends:
    """Both ends of a range, and the clause in which its end stands."""

    first: Mention
    start: date
    end: date | None
    clause: int


def _written(sense: Sense, ends: Ends, conversation: Conversation) -> str | None:
    first, start, end = ends.first, ends.start, ends.end
    match sense.field.type:
        case FieldType.MONTH_RANGE:
            return f"{start:%Y-%m}/{end:%Y-%m}" if end else None
        case FieldType.DATE_RANGE:
            if end is None or first.day is None or not _is_whole(first.day):
                return None
            return f"{start.isoformat()}/{end.isoformat()}"
        case FieldType.DATE_TIME_RANGE:
            clauses = {first.clause, first.clause + 1, ends.clause}
            listed = [m.minutes for _, m in conversation.of(Kind.TIME) if m.clause in clauses]
            if len(listed) < 2:  # noqa: PLR2004 - a beginning and an end
                return None
            begin, stop = listed[0], listed[1]
            if stop <= begin and end is None:
                stop += 720 if stop + 720 > begin else _DAY_MINUTES  # 八点到零点半
            over, stop = divmod(stop, _DAY_MINUTES)  # 十二点半 at night is of the next day
            until = (end or start) + timedelta(days=over)
            return f"{start.isoformat()} {clock(begin)}/{until.isoformat()} {clock(stop)}"
        case _:
            return None


def _is_whole(day: Day) -> bool:
    return day.has_day or day.part in {"", "初"}


def _lengths(first: Mention, conversation: Conversation) -> Sequence[Mention]:
    return [
        m
        for _, m in conversation.of(Kind.AMOUNT)
        if abs(m.clause - first.clause) <= 1 and not m.vague and m.unit in {"天", "周", "个月", "月", "年"}
    ]


def _after(start: date, length: Mention) -> date | None:
    number = length.number
    if number is None:
        return None
    months = number * {"个月": 1, "月": 1, "年": 12}.get(length.unit, 0)
    if months:
        return shifted(start, months=int(months)) - timedelta(days=1) if months.denominator == 1 else None
    return start + timedelta(days=int(number * (7 if length.unit == "周" else 1)) - 1)


def _number(sense: Sense, mention: Mention) -> Fraction | None:
    """The amount in the field's unit; None where the unit said is another one."""
    name, unit, number = sense.field.name, mention.unit, mention.number
    if number is None or (mention.vague and not _ESTIMATED.search(name)):
        return None
    if "万元" in name or "万美元" in name:
        return _in_ten_thousands(unit, number)
    if sense.money:
        scaled = re.search("[百千万亿]", mention.value) or unit or number >= _LEAST_MONEY
        return number if unit in _YUAN and scaled and number >= sense.cues.least else None
    factors = next((units for words, units in _FACTORS if re.search(words, name)), {})
    value = number * factors[unit] if unit in factors else None
    most = next((m for words, m in _MOST if re.search(words, name)), None)
    return None if value is not None and most is not None and value > most else value


def _dictated(sense: Sense, mention: Mention, conversation: Conversation) -> Fraction | None:
    """A bare number right behind the field's own name is in the field's unit: 座位数是8."""
    if mention.unit or mention.vague or mention.number is None or mention.number < sense.cues.least:
        return None
    before = conversation.clauses[mention.clause].text[: mention.start]
    name = re.escape(sense.field.name.partition("(")[0])
    link = "(?:是|为|有|填|写|:)"
    if sense.stem and sense.field.name.endswith("数"):  # 座位24
        name, link = f"(?:{name}|{re.escape(sense.stem)})", link + "?"
    return mention.number if re.search(rf"{name}(?:\([^)]*\))?(?:就|一共|总共)*{link}$", before) else None


def _in_ten_thousands(unit: str, number: Fraction) -> Fraction | None:
    if unit not in _YUAN | {"美元", "美金", "万美元", "万美金"}:
        return None
    if number >= _WAN:
        return number / _WAN
    return number if unit in {"", "万元"} else None
