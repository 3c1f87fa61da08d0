"""Numbers that Word computes and does not write down: 第一章, 一、, （二）, 3., as a reader of the page sees them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

LEVELS = 9
_DIGITS = "零一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_LARGEST = 9999
_CLOSED = "、.．。)）】〕:： "


class Numeral(StrEnum):
    """How a number is written; BULLET is no number."""

    ARABIC = "arabic"
    CHINESE = "chinese"
    LEGAL = "legal"
    STEM = "stem"
    CIRCLED = "circled"
    BRACKETED = "bracketed"
    UPPER_LETTER = "upper_letter"
    LOWER_LETTER = "lower_letter"
    UPPER_ROMAN = "upper_roman"
    LOWER_ROMAN = "lower_roman"
    BULLET = "bullet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One level of a list: `parts` are texts, and numbers of levels (from 0) whose current count stands there."""

    start: int
    numeral: Numeral
    parts: tuple[str | int, ...]


@dataclass(slots=True)
class Numbering:
    """Counts the paragraphs of each list in reading order."""

    lists: Mapping[int, Mapping[int, Level]]
    _counts: dict[int, list[int | None]] = field(default_factory=dict)

    def label(self, list_id: int, level: int, *, start: int | None = None) -> str:
        """The number of the next paragraph at this level; empty for bullets and unknown lists.

        `start` begins the level anew at that number.
        """
        levels = self.lists.get(list_id)
        own = levels.get(level) if levels is not None else None
        if levels is None or own is None:
            return ""
        counts = self._counts.setdefault(list_id, [None] * LEVELS)
        before = counts[level] if start is None else None
        counts[level] = (own.start if start is None else start) if before is None else before + 1
        for deeper in range(level + 1, LEVELS):
            counts[deeper] = None
        if own.numeral is Numeral.BULLET:
            return ""
        label = "".join(part if isinstance(part, str) else self._count(levels, counts, part) for part in own.parts)
        # Word keeps a distance after the number; only 第一条 and the like need one in text.
        return label if not label or label[-1] in _CLOSED else label + " "

    @staticmethod
    def _count(levels: Mapping[int, Level], counts: list[int | None], level: int) -> str:
        named = levels.get(level)
        if named is None:
            return ""
        count = counts[level]
        return written(named.start if count is None else count, named.numeral)


def written(number: int, numeral: Numeral) -> str:  # noqa: PLR0911 - one line a way of writing
    """The number in its writing; Arabic where that writing has no such number."""
    if not 0 < number <= _LARGEST:
        return str(number)
    match numeral:
        case Numeral.CHINESE:
            return _chinese(number, _DIGITS, "十百千")
        case Numeral.LEGAL:
            return _chinese(number, _LEGAL, "拾佰仟")
        case Numeral.STEM if number <= len(_STEMS):
            return _STEMS[number - 1]
        case Numeral.CIRCLED if number <= 20:  # noqa: PLR2004 - ① to ⑳
            return chr(0x2460 + number - 1)
        case Numeral.BRACKETED if number <= 10:  # noqa: PLR2004 - ㈠ to ㈩
            return f"（{_chinese(number, _DIGITS, '十百千')}）"
        case Numeral.UPPER_LETTER | Numeral.LOWER_LETTER:
            letters = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)
            return letters if numeral is Numeral.UPPER_LETTER else letters.lower()
        case Numeral.UPPER_ROMAN:
            return _roman(number)
        case Numeral.LOWER_ROMAN:
            return _roman(number).lower()
        case _:
            return str(number)


def _chinese(number: int, digits: str, units: str) -> str:
    """十二, 二十, 一百零五."""
    out = ""
    for place, digit in enumerate(reversed(str(number))):
        value = int(digit)
        if value:
            out = digits[value] + ("" if place == 0 else units[place - 1]) + out
        elif out and not out.startswith(digits[0]):
            out = digits[0] + out
    ten = digits[1] + units[0]
    return out[1:] if out.startswith(ten) else out


def _roman(number: int) -> str:
    out = ""
    for value, letters in _ROMAN:
        while number >= value:
            out += letters
            number -= value
    return out
