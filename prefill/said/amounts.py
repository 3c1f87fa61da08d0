"""Amounts with their unit: 四百二十八万八, 42平, 一岁半, 三年, 二十人, 百分之五."""

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from guardrails.numerals import NUMBER, value_of
from prefill.said.mentions import Kind, Mention

_UNITS: Final = (
    "个半月|个月|个平方米|个平方|个平米|万元|万美元|万美金|美元|美金|元|块钱|块(?!儿)|月(?!份|底|初|\\d|[一二三四五六七八九十])|年|岁|天|周|平方米|平方|平米|平|㎡|"
    "m2|米|公里|吨|立方米|立方|方|公斤|斤|克|个人|人|名|位|口|个|辆|台|部|座|桌|张|本|套|户|间|层|家|只|条|件|胎|孩|"
    "级|%|个点|千瓦|kW|KW|kw|千伏安|kVA|厘米|cm|mm|毫米|小时|次|份|股|瓶|倍|票"
)
_AMOUNT = re.compile(
    rf"(?:百分之(?P<percent>{NUMBER})|(?P<half1>半)(?=年|个月|岁)|(?P<number>{NUMBER}))\s?(?P<more>多|来|几|余)?"
    rf"(?P<unit>{_UNITS})?(?P<half2>半)?(?:(?P<tenth>[\d一二两三四五六七八九])[角毛](?:(?P<cent>[\d一二两三四五六七八九])分?)?|(?<=块)(?P<dime>[\d一二三四五六七八九])(?![\d一二三四五六七八九十百千万个人块]))?(?![\u4e00-\u9fff]?[路弄号室楼栋幢街])"
)
_ABOUT = re.compile("(?<![预合签])约(?:为|是|有)?$")
_AGE = re.compile(
    rf"(?P<years>{NUMBER})(?:岁|年)(?:零|又|外加)?(?P<months>{NUMBER})个?月(?![\d一二三四五六七八九十])(?!\d*[日号])"
)
# 面积一百五: what is measured tells the unit; 具体四百二: the unit of the vague amount before
_MEASURED = re.compile("(?:面积|平方|大小)(?:是|为|有|就|一共|总共|大约|大概)*$")
_EXACTLY = re.compile("(?:具体|确切|准确|精确|实际|正好|量(?:了|下来|过)|实测)(?:地说|说|来说|是|为|数字是)*$")
_YEAR_OF_A_NUMBER = re.compile(r"(?:19|20)\d{2}(?:第|字|-)")
_LONGEST: Final = 9
_PART_OF_A_WORD = re.compile("[一二两三四五六七八九十][点帮群批伙堆些直起样般定下旦切边共致会心路带向套时度旁同]$")
_VAGUE = re.compile(
    "左右|上下|约摸|约莫|大致|估摸|大概|大约|差不多|可能|不到|至少|最多|最少|以上|以内|以下|估计|应该|好像|超过|几乎|将近"
)


def amounts(text: str, clause: int) -> Iterator[Mention]:
    """Amounts in order. Those of unknown size (三十多人) are left out; 大概五万 is marked as vague."""
    ages = list(_AGE.finditer(text))
    for match in ages:
        years, months = value_of(match["years"]), value_of(match["months"])
        if years is not None and months is not None:
            yield _mention(match, clause, years * 12 + months, "个月")
    for match in _AMOUNT.finditer(text):
        number = _number(match)
        in_age = any(age.start() <= match.start() < age.end() for age in ages)
        too_long = match.group().isdigit() and len(match.group()) > _LONGEST
        if number is None or match["more"] or in_age or too_long or _YEAR_OF_A_NUMBER.match(text, match.start()):
            continue
        unit = _unit(match, text)
        if unit is None:
            continue
        near = text[max(0, match.start() - 4) : match.end() + 3]
        vague = _VAGUE.search(near) is not None or _ABOUT.search(text[: match.start()]) is not None
        if unit == "个半月":
            number, unit = number + Fraction(1, 2), "个月"
        yield _mention(match, clause, number, unit, vague=vague)


def _mention(match: re.Match[str], clause: int, number: Fraction, unit: str, *, vague: bool = False) -> Mention:
    begin, end = match.span()
    kind, value = Kind.AMOUNT, match.group()
    return Mention(kind=kind, value=value, clause=clause, start=begin, end=end, number=number, unit=unit, vague=vague)


def _unit(match: re.Match[str], text: str) -> str | None:
    """The unit said, or the one that what is measured has; None where the number is part of a word (一起)."""
    unit = "%" if match["percent"] else match["unit"] or ""
    if not unit and _PART_OF_A_WORD.match(match.group() + text[match.end() : match.end() + 1]):
        return None
    if not unit and _MEASURED.search(text[: match.start()]):
        return "平"
    return unit.removeprefix("个") if unit.startswith("个平") else unit


def unit_before(text: str, before: int, earlier: str) -> str:
    """The unit of a number said without one that tells exactly what was said vaguely: 四百多米,具体四百二."""
    if not _EXACTLY.search(text[:before]):
        return ""
    units = [match["unit"] for match in _AMOUNT.finditer(earlier) if match["unit"]]
    return units[-1] if units else ""


def _number(match: re.Match[str]) -> Fraction | None:
    if match["half1"]:
        return Fraction(1, 2)
    written = match["percent"] or match["number"]
    whole = value_of(written) if written else None
    if whole is None:
        return None
    tenths = value_of(match["tenth"] or match["dime"] or "0") or 0
    cents = value_of(match["cent"] or "0") or 0
    return whole + Fraction(tenths, 10) + Fraction(cents, 100) + (Fraction(1, 2) if match["half2"] else 0)


def plain(number: Fraction) -> str:
    """A number as the contract writes it: no exponent, no trailing zeros, at most four places."""
    if number.denominator == 1:
        return str(number.numerator)
    return f"{float(number):.4f}".rstrip("0").rstrip(".")
