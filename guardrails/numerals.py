"""Reads numbers as people write them in Chinese: 15, 1,200.50, 十五, 二〇二六, 一点二, 3万."""

import re
from fractions import Fraction
from functools import lru_cache
from typing import Final

DIGITS: Final = {
    c: n
    for n, chars in enumerate(("〇零○", "一壹幺", "二两贰俩", "三叁仨", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"))
    for c in chars
}
_TENS: Final = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_LARGE: Final = {"万": 10_000, "亿": 100_000_000}

_ONES: Final = "〇零○一壹二两贰俩三叁仨四肆五伍六陆七柒八捌九玖"
_SCALES: Final = "十拾百佰千仟"
HAN: Final = _ONES + _SCALES
# A written number without its unit. Digits may be grouped by commas; 1万五 and 一万五 are fifteen thousand.
NUMBER: Final = (
    rf"(?:(?:\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    rf"(?:[万亿][{_ONES}](?![{_SCALES}万亿年月日个天岁人])|[万亿]|[百千]万?)?|"
    rf"[{_ONES}十拾][{HAN}万亿]*(?:点[{_ONES}]+[万亿]?)?)"
)
_LONGEST: Final = 60  # characters; nobody counts further, and longer ones compare by their beginning
_ARABIC = re.compile(r"[\d,]+(?:\.\d+)?")


@lru_cache(maxsize=4096)
def value_of(written: str) -> Fraction | None:
    """Return the value of a written number, or None where it is none (一百一百)."""
    written = written[:_LONGEST]
    arabic = _ARABIC.match(written)
    if arabic:
        body = Fraction(arabic.group().replace(",", ""))
        return _scaled(body, written[arabic.end() :])
    head, point, tail = written.partition("点")
    if point:
        large = tail[-1:] if tail[-1:] in _LARGE else ""
        digits = tail.removesuffix(large)
        whole = _han_integer(head)
        if whole is None or not digits or any(c not in DIGITS for c in digits):
            return None
        return (whole + Fraction(int("".join(str(DIGITS[c]) for c in digits)), 10 ** len(digits))) * _LARGE.get(
            large, 1
        )
    whole = _han_integer(written)
    return None if whole is None else Fraction(whole)


def _scaled(body: Fraction, suffix: str) -> Fraction | None:
    for index, char in enumerate(suffix):
        if index and char in DIGITS:
            return body + DIGITS[char] * Fraction(_scale(suffix[index - 1]), 10)
        scale = _scale(char)
        if not scale:
            return None
        body *= scale
    return body


def _scale(char: str) -> int:
    return _LARGE.get(char) or _TENS.get(char) or 0


def _han_integer(written: str) -> int | None:
    if written and all(c in DIGITS for c in written):
        return int("".join(str(DIGITS[c]) for c in written))
    total, section, digit = 0, 0, None
    for index, char in enumerate(written):
        if char in DIGITS:
            digit = DIGITS[char]
            scale = _scale(written[index - 1]) if index and index == len(written) - 1 else 0
            if scale >= 100 and digit:  # noqa: PLR2004 - 一万五 is 15,000 and 一百二 is 120
                section, digit = section + digit * scale // 10, None
        elif char in _TENS:
            section += (1 if digit is None else digit) * _TENS[char]
            digit = None
        elif char in _LARGE:
            section += digit or 0
            # 一亿两千三百万: what is counted in 万 stands beside the 亿 before it
            total = total + section * _LARGE[char] if total > _LARGE[char] else (total + section) * _LARGE[char]
            section, digit = 0, None
        else:
            return None
    return total + section + (digit or 0) if written else None
