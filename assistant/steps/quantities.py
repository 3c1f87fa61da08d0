"""Reads quantities out of Chinese text: durations, ages, money, percentages, with numerals in any form."""

import re
from dataclasses import dataclass
from enum import StrEnum

import cn2an


class Unit(StrEnum):
    """What a quantity counts, in its smallest unit: months, days, years of age, yuan, percent."""

    MONTHS = "months"
    DAYS = "days"
    AGE = "age"
    YUAN = "yuan"
    PERCENT = "percent"
    COUNT = "count"
    SCORE = "score"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value in its unit, and the words it was read from."""

    value: float
    unit: Unit
    words: str
    start: int


_NUM = r"(?:\d+(?:\.\d+)?|[零〇一二两三四五六七八九十百千]+)"
_QUANTITY = re.compile(
    rf"(?P<num>{_NUM})(?P<half>个?半)?\s*(?P<scale>[万亿千百])?\s*(?P<half2>半)?(?P<unit>多?(?:块钱?|元)|%|"
    rf"成(?!都|人|立|年|功|员)|周?岁|个?月|个?工作日|天|日(?!期)|年(?!级|底|初|前)|个?小时|分(?!钟|之|公司|"
    rf"支|店)|个|名|位|人|次|项|级|户|家|孩|套)?(?P<after>半)?"
)
_PERCENT_WORDS = re.compile(r"百分之(?P<num>[零〇一二两三四五六七八九十百点\d.]+)")
_FACTOR = {"百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8}


def number_of(text: str) -> float | None:
    """The value of a numeral in digits or Chinese characters; None where it is none."""
    if re.fullmatch(r"\d+(?:\.\d+)?", text):
        return float(text)
    try:
        return float(cn2an.cn2an(text.replace("〇", "零"), "smart"))
    except ValueError:
        return None


def quantities_in(text: str) -> tuple[Quantity, ...]:
    """All quantities with a unit, in order. A bare number counts as none."""
    found = [q for m in _QUANTITY.finditer(text) if (q := _quantity(m)) is not None]
    for m in _PERCENT_WORDS.finditer(text):
        value = number_of(m["num"])
        if value is not None:
            found.append(Quantity(value, Unit.PERCENT, m.group(), m.start()))
    return tuple(sorted(found, key=lambda q: q.start))


def _quantity(m: re.Match[str]) -> Quantity | None:
    value, unit = number_of(m["num"]), m["unit"] or ""
    if value is None:
        return None
    if m["half"] or m["half2"] or m["after"]:
        value += 0.5
    value *= _FACTOR.get(m["scale"] or "", 1.0)
    in_unit = _in_unit(value, unit.removeprefix("多").removeprefix("个") or unit)
    if in_unit is None and m["scale"] in ("万", "亿") and not unit:
        in_unit = (value, Unit.YUAN)
    return Quantity(in_unit[0], in_unit[1], m.group().strip(), m.start()) if in_unit else None


# Words of a unit, and how many of the smallest unit one of it is.
_UNITS: dict[str, tuple[float, Unit]] = {
    "块": (1, Unit.YUAN),
    "块钱": (1, Unit.YUAN),
    "元": (1, Unit.YUAN),
    "%": (1, Unit.PERCENT),
    "成": (10, Unit.PERCENT),
    "岁": (1, Unit.AGE),
    "周岁": (1, Unit.AGE),
    "月": (1, Unit.MONTHS),
    "年": (12, Unit.MONTHS),
    "天": (1, Unit.DAYS),
    "日": (1, Unit.DAYS),
    "工作日": (1, Unit.DAYS),
    "小时": (1 / 24, Unit.DAYS),
    "分": (1, Unit.SCORE),
}


def _in_unit(value: float, unit: str) -> tuple[float, Unit] | None:
    if not unit:
        return None
    factor, smallest = _UNITS.get(unit, (1, Unit.COUNT))
    return value * factor, smallest
