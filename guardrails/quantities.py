"""Finds what a text counts: durations, amounts, ages, shares, things; each in one unit, so that they compare."""

import re
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Final

from guardrails.numerals import HAN, NUMBER, value_of


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value in its unit's measure, e.g. 半年 is 6 of 月; `unit` is empty where none was written."""

    value: Fraction
    unit: str
    written: str
    start: int
    end: int


# What people write → (the unit it is compared in, how many of them)
_MEASURES: Final[dict[str, dict[str, int | str]]] = {
    "工作日": {"工作日": 1, "工作天": 1},
    "小时": {
        "小时": 1,
        "钟头": 1,
        "刻钟": "1/4",
        "分钟": "1/60",
        "日": 24,
        "天": 24,
        "自然日": 24,
        "日历日": 24,
        "周": 168,
        "星期": 168,
        "礼拜": 168,
    },
    "月": {"月": 1, "年": 12, "周年": 12, "季度": 3, "年度": 12},
    "元": {
        "元": 1,
        "块": 1,
        "块钱": 1,
        "圆": 1,
        "元人民币": 1,
        "角": "1/10",
        "毛": "1/10",
        "毛钱": "1/10",
        "分钱": "1/100",
        "千元": 1000,
        "百元": 100,
    },
    "岁": {"岁": 1, "周岁": 1},
    "%": {"%": 1, "成": 10, "折": 10, "‰": "1/10", "个百分点": 1, "倍": 100},
    "人": {"人": 1, "名": 1, "位": 1, "口人": 1, "口": 1},
    "次": {"次": 1, "趟": 1, "回": 1, "遍": 1},
    "平方米": {"平方米": 1, "平米": 1, "平方": 1, "平": 1, "㎡": 1, "m2": 1},
    "公里": {"公里": 1, "千米": 1, "km": 1},
    "米": {"米": 1, "厘米": "1/100", "公分": "1/100"},
    "家": {"家": 1, "户": 1},
    "件": {"件": 1, "项": 1, "个": 1, "种": 1, "样": 1, "类": 1, "桩": 1},
    "份": {"份": 1, "张": 1, "本": 1, "套": 1, "页": 1},
    "分": {"分": 1},
    "级": {"级": 1},
    "孩": {"孩": 1, "胎": 1},
    "批": {"批": 1, "期": 1, "轮": 1},
    "台": {"台": 1, "辆": 1, "部": 1},
    "学时": {"学时": 1, "课时": 1},
    "吨": {"吨": 1, "公斤": "1/1000", "千克": "1/1000"},
    "寸": {"寸": 1},
    "兆": {"兆": 1, "mb": 1},
    "字": {"字": 1, "个字": 1, "汉字": 1, "个汉字": 1},
    "年级": {"年级": 1},
    "楼": {"楼": 1, "层": 1},
    "门": {"门": 1, "科": 1},
    "处": {"处": 1, "所": 1, "间": 1},
    "步": {"步": 1, "步骤": 1},
}
UNITS: dict[str, tuple[str, Fraction]] = {
    name: (unit, Fraction(factor)) for unit, names in _MEASURES.items() for name, factor in names.items()
}
# English answers name the same measures.
UNITS |= {
    name: UNITS[same]
    for same, names in {
        "工作日": ("working day", "working days", "business day", "business days"),
        "日": ("day", "days", "calendar day", "calendar days"),
        "周": ("week", "weeks"),
        "小时": ("hour", "hours"),
        "分钟": ("minute", "minutes"),
        "月": ("month", "months"),
        "年": ("year", "years"),
        "岁": ("year old", "years old", "year of age", "years of age"),
        "元": ("yuan", "rmb"),
        "%": ("percent",),
        "份": ("copy", "copies"),
        "人": ("person", "persons", "people"),
    }.items()
    for name in names
}
# 平 is a unit, and begins 平台; likewise these.
_NOT_BEFORE = {"平": "台均时常", "块": "儿", "孩": "子", "分": "别类公期"}
_UNIT = "|".join(
    re.escape(name)
    + (f"(?![{_NOT_BEFORE[name]}])" if name in _NOT_BEFORE else "")
    + ("(?![a-z])" if name.isascii() and name.isalpha() else "")
    for name in sorted(UNITS, key=len, reverse=True)
)
_QUANTITY = re.compile(  # the look ahead alone makes it twice as fast
    rf"(?=[\d{HAN}半])(?:(?P<percent>百分之(?P<share>{NUMBER}))|"
    rf"(?P<denominator>{NUMBER})分之(?P<numerator>{NUMBER})|"
    rf"(?<![上下前后])(?P<half>半)(?:个)?(?P<half_unit>年|月|天|小时|钟头)|"
    rf"(?P<number>{NUMBER})(?:多|余)?(?:\s?(?:个|余)?(?P<unit>{_UNIT})"
    ")?(?P<and_half>半(?!年|个|天|月|小))?)",
    re.IGNORECASE,
)
# Words that begin with a numeral and count nothing.
_NO_COUNT = re.compile(
    "一(?:块(?![钱一二三四五六七八九])|次性|件事|网|体|定|般|律|致|起|样|切|些|直|旦|并|方|时|下|会|边|面|经|级|把|"
    "口|共|带|线|点|同|人|个人|个(?:月|星期|工)?(?=$)|站式|门式|窗|码|照|业|口|手|流|卡)|"
    r"十分|万一|千万|三甲|三角|二维|两地|两者|双方|四季|百姓|统一|唯一|第一|七夕|九成新|两个?人(?!以|及|或)|五一|十一|三八|六一|八一"
)
_NUMERAL = re.compile(rf"[\d{HAN}半]")
_ORDINAL = re.compile(
    rf"第\s?{NUMBER}\s?(?:步|条|款|项|章|节|点|个?季度|页|号|编|位|届|至|到|、)|第二[天日年]|科目[一二三四]|[一二][〇零九][〇零一二三四五六七八九]{2}年"
)
_LINKS_RANGE = re.compile(r"\s*(?:至|到|-|~|—|–|、|或者?|和)\s*\Z")
_GENERIC = frozenset({"件", "次", "家", "人", "份", "台", "处", "门", "步", "批", "级", "楼"})
_WORKDAY_PREFIX = re.compile(r"(?:工作日|法定工作日)[:(（ ]{0,2}\Z")


@lru_cache(maxsize=4096)
def quantities(text: str) -> tuple[Quantity, ...]:
    """Return what the text counts, in order. Ordinals (第3步) and words like 一般 are not counted."""
    if not _NUMERAL.search(text):
        return ()
    blanked = _ORDINAL.sub(lambda m: " " * len(m.group()), text)
    found: list[Quantity] = []
    for match in _QUANTITY.finditer(blanked):
        quantity = _read(blanked, match)
        if quantity is not None:
            found.append(quantity)
    return tuple(_with_shared_units(blanked, found))


def _read(text: str, match: re.Match[str]) -> Quantity | None:
    start, end, written = match.start(), match.end(), match.group()
    if match["percent"] or match["denominator"]:
        share = _share(match)
        return None if share is None else Quantity(share, "%", written, start, end)
    if match["half"]:
        unit, factor = UNITS[match["half_unit"]]
        return Quantity(factor / 2, unit, written, start, end)
    number, unit_name = match["number"], (match["unit"] or "").lower()
    is_han = number[0] in HAN
    value = value_of(number)
    if value is None or (is_han and (_NO_COUNT.match(text, start) or not _counts(number, unit_name))):
        return None
    unit, factor = UNITS.get(unit_name, ("", Fraction(1)))
    if is_han and value == 1 and unit in _GENERIC:
        return None  # 一个, 一份: an article more than a count
    if not is_han and unit_name in {"成", "折"}:
        return None
    if match["and_half"]:
        value += Fraction(1, 2)
    return Quantity(value if factor == 1 else value * factor, unit, written, start, end)


def _share(match: re.Match[str]) -> Fraction | None:
    """Return 百分之二十 and 五分之一 as a percentage."""
    if match["percent"]:
        return value_of(match["share"])
    below, above = value_of(match["denominator"]), value_of(match["numerator"])
    return above / below * 100 if above is not None and below else None


def _counts(number: str, unit: str) -> bool:
    """Return whether a numeral in characters is meant as a number: it has a unit, or tens, hundreds and so on."""
    return bool(unit) or (len(number) > 1 and any(c in "十百千万亿" for c in number) and value_of(number) is not None)


def _with_shared_units(text: str, found: list[Quantity]) -> list[Quantity]:
    """In 65至69周岁 the first number takes the unit of the second."""
    shared = list(found)
    for index in range(len(shared) - 2, -1, -1):
        here, after = shared[index], shared[index + 1]
        if not here.unit and after.unit and _LINKS_RANGE.match(text[here.end : after.start]):
            factor = UNITS.get(_unit_written(after.written), (after.unit, Fraction(1)))[1]
            shared[index] = Quantity(here.value * factor, after.unit, here.written, here.start, here.end)
    return shared


def _unit_written(written: str) -> str:
    return max((name for name in UNITS if written.endswith(name)), key=len, default="")


def stands_in(wanted: Quantity, evidence: tuple[Quantity, ...]) -> bool:
    """Return whether the evidence counts the same: same value, and same unit where both wrote one."""
    return any(e.value == wanted.value and (e.unit == wanted.unit or not e.unit or not wanted.unit) for e in evidence)
