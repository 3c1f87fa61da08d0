"""Which conditions a message rules out by a fact: an age, a time, a sum below what is asked, something it must not be.

Pure. Told before anything is filled in; whoever is misunderstood says so and goes on.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from assistant.cases.naming import meant_condition
from prefill.said.amounts import amounts
from prefill.said.speech import fold

_NUMBER: Final = r"(\d+(?:\.\d+)?|[一二两三四五六七八九十百千万]+)"
_UNIT: Final = "(周岁|岁|年|个月|万元|元|平方米|人)"
_LEAST: Final = re.compile(
    rf"(?:满|不早于|不少于|不低于|达到|超过|至少){_NUMBER}\s*{_UNIT}|{_NUMBER}\s*{_UNIT}(?:及)?以上"
)
_MOST: Final = re.compile(
    rf"(?:不超过|不高于|不大于|不晚于|<){_NUMBER}\s*{_UNIT}?|{_NUMBER}\s*{_UNIT}(?:及)?(?:以下|以内)"
)
_WITHIN: Final = re.compile(rf"{_NUMBER}\s*(日|天|个工作日|个月|月|年)(?:之?内)")
_PAST: Final = re.compile("超|过了|晚了|迟了")
_DAYS: Final = {"日": 1, "天": 1, "个工作日": 1, "个月": 30, "月": 30, "年": 365, "周": 7}
_BETWEEN: Final = re.compile(rf"{_NUMBER}\s*[-—至到]\s*{_NUMBER}\s*{_UNIT}")
_SAME: Final = {
    "周岁": "岁",
    "平方": "平方米",
    "平": "平方米",
    "平米": "平方米",
    "万": "万元",
    "块": "元",
    "块钱": "元",
    "个人": "人",
    "名": "人",
}
_MONTHS: Final = 12
_TEN_THOUSAND: Final = 10_000
_OLDEST: Final = 120
_AGE_WORDS: Final = re.compile(r"才|刚|只有|今年|虚岁|实足|满|[\d十]了")
_SHORT_BY: Final = re.compile(r"(?:还差|差|缺).{0,8}(?:才|就|到)?(?:满|到|够)|(?:还)?(?:没|未|不)(?:有)?(?:满|到|够)")
_WOMAN, _MAN = re.compile("女|老婆|妻|她"), re.compile("男|老公|丈夫|他(?!妈)")
_MUST_NOT: Final = re.compile(r"(?:无|没有|未|非|不属于?|不得有?|不含|不存在)([^,，;；。、()（）或且及]{2,14})")
_HAVE: Final = re.compile(
    r"(?:还|也|就|已经?|一直|正|又|名下|自己|我|家里?|老公|老婆)*(?:有(?!没有)|还有|欠|背|受过|享受|买了|是|属于|养|犯过|判过|还在还)"
)
_DENIES: Final = re.compile("没有?|无|不|未|别")
_ALIKE: Final = {
    "房子": "住房",
    "房产": "住房",
    "商品房": "住房",
    "套房": "住房",
    "一套": "住房",
    "两套": "住房",
    "案底": "犯罪",
    "坐过牢": "犯罪",
    "娃": "子女",
    "小孩": "子女",
}
_SHARED: Final = 2


@dataclass(frozen=True, slots=True)
class _Amount:
    number: Fraction
    unit: str


def ruled_out(text: str, conditions: Sequence[str]) -> set[str]:
    """The conditions that a fact told in the message cannot meet; none where that is not plain."""
    short = {c for c in conditions if _is_short(text, c)}
    if len(short) > 1:
        short = meant_condition(text, sorted(short)) or short
    return short or {c for c in conditions if _must_not(text, c)}


def _is_short(text: str, condition: str) -> bool:
    told = list(_told(text))
    for least in _thresholds(condition, text):
        for amount in told:
            if amount.unit == least.unit and amount.number < least.number:
                return not _SHORT_BY.search(text) or amount.number <= least.number
        if _SHORT_BY.search(text) and any(a.number == least.number and a.unit in (least.unit, "") for a in told):
            return True
    most = [a for m in _MOST.finditer(condition) if (a := _limit(m[1] or m[3], m[2] or m[4] or "岁")) is not None]
    if any(a.unit == limit.unit and a.number > limit.number for limit in most for a in told):
        return True
    if _PAST.search(text) and _is_late(text, condition):
        return True
    for low, high in _ranges(condition):
        if any(a.unit == low.unit and not low.number <= a.number <= high.number for a in told):
            return True
    return False


def took_longer(text: str, condition: str) -> bool:
    """Whether the message tells of more time than the condition leaves, whatever happened in it: 买了两个月了."""
    return _is_late(text, condition)


def _is_late(text: str, condition: str) -> bool:
    """Whether more time is told than the condition leaves, or that it is over: 超过60天了 for 60日内."""
    passed = [m.number * _DAYS[m.unit] for m in amounts(fold(text), 0) if m.number is not None and m.unit in _DAYS]
    for match in _WITHIN.finditer(condition):
        left = _value(match[1])
        if left is not None and any(
            p > left * _DAYS[match[2]] or ("超" in text and p == left * _DAYS[match[2]]) for p in passed
        ):
            return True
    return False


def _told(text: str) -> Iterator[_Amount]:
    ages = _AGE_WORDS.search(text) is not None
    for found in amounts(fold(text), 0):
        if found.number is None:
            continue
        unit = _SAME.get(found.unit, found.unit)
        if not unit and ages and 0 < found.number < _OLDEST:
            unit = "岁"
        yield _converted(found.number, unit)


def _converted(number: Fraction, unit: str) -> _Amount:
    if unit == "年":
        return _Amount(number * _MONTHS, "个月")
    if unit == "万元":
        return _Amount(number * _TEN_THOUSAND, "元")
    return _Amount(number, "元" if not unit and number >= _TEN_THOUSAND else unit)


def _thresholds(condition: str, text: str) -> Iterator[_Amount]:
    """What the condition asks at least; where men and women differ, of whom the message tells."""
    found = [(m, m[1] or m[3], m[2] or m[4]) for m in _LEAST.finditer(condition)]
    for match, number, unit in found:
        before = condition[max(0, match.start() - 2) : match.start()]
        other = _MAN if "女" in before else _WOMAN if "男" in before else None
        if other is not None and other.search(text) and not (_WOMAN if other is _MAN else _MAN).search(text):
            continue
        if condition[max(0, match.start() - 1) : match.start()] in ("未", "不") or f"未满{number}" in condition:
            continue
        if (value := _value(number)) is not None:
            yield _converted(value, _SAME.get(unit, unit))


def _ranges(condition: str) -> Iterator[tuple[_Amount, _Amount]]:
    for match in _BETWEEN.finditer(condition):
        low, high = _value(match[1]), _value(match[2])
        if low is not None and high is not None:
            unit = _SAME.get(match[3], match[3])
            yield _converted(low, unit), _converted(high, unit)


def _limit(written: str, unit: str) -> _Amount | None:
    value = _value(written)
    return _converted(value, _SAME.get(unit, unit)) if value is not None else None


def _value(written: str) -> Fraction | None:
    return next((m.number for m in amounts(fold(written), 0) if m.number is not None), None)


def _must_not(text: str, condition: str) -> bool:
    """Whether the message says that something is so which the condition excludes: 还有公积金贷款."""
    have = _HAVE.search(text)
    if have is None or _DENIES.search(text[: have.end()].removesuffix("有")):
        return False
    said = text[have.start() :]
    for plain, formal in _ALIKE.items():
        said = said.replace(plain, f"{plain}{formal}")
    return any(_shares(excluded, said) for excluded in _MUST_NOT.findall(condition))


def _shares(excluded: str, said: str) -> bool:
    pairs = {excluded[i : i + _SHARED] for i in range(len(excluded) - 1)}
    common = sum(pair in said for pair in pairs)
    return common >= _SHARED or (common == 1 and len(pairs) <= _SHARED + 1)
