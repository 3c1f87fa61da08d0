"""Whether two texts in Chinese and English say the same numbers: a wrong one is worse than no translation."""

import re
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from guardrails.calendar_dates import ENGLISH_MONTHS
from guardrails.numerals import NUMBER, value_of

_NUMBER = re.compile(NUMBER)
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_SCALED = re.compile(r"\s*(thousand|million|hundred)\b", re.IGNORECASE)
_WORD = re.compile(r"[a-z]+", re.IGNORECASE)
_SCALES: Final = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS = "zeroth first second third fourth fifth sixth seventh eighth ninth tenth"
_SPELLED: Final = {
    **{word: n for n, word in enumerate(_ONES.split())},
    **{word: n * 10 for n, word in enumerate(_TENS.split(), 2)},
    **{word: n for n, word in enumerate(ENGLISH_MONTHS, 1)},
    **{word[:3]: n for n, word in enumerate(ENGLISH_MONTHS, 1)},
    **{word: n for n, word in enumerate(_ORDINALS.split())},
    "once": 1,
    "twice": 2,
    "both": 2,
    "half": 0,
    **_SCALES,
}


def say_the_same_numbers(chinese: str, english: str) -> bool:
    """Whether each number written in digits on one side stands on the other, in digits or in words."""
    here, there = Counter(_digits_of_chinese(chinese)), Counter(_digits_of_english(english))
    missing = (here - there).keys() - set(_spelled_in_english(english))
    added = (there - here).keys() - set(_spelled_in_chinese(chinese))
    return not missing and not added


def _digits_of_chinese(text: str) -> Iterator[Fraction]:
    yield from (value for written, value in _chinese(text) if any(sign.isascii() for sign in written))


def _spelled_in_chinese(text: str) -> Iterator[Fraction]:
    yield from (value for written, value in _chinese(text) if not any(sign.isascii() for sign in written))


def _chinese(text: str) -> Iterator[tuple[str, Fraction]]:
    for match in _NUMBER.finditer(text):
        value = value_of(match.group())
        if value is not None:
            yield match.group(), value


def _digits_of_english(text: str) -> Iterator[Fraction]:
    for match in _GROUPED.finditer(text):
        scaled = _SCALED.match(text, match.end())
        scale = _SCALES[scaled.group(1).lower()] if scaled else 1
        yield Fraction(match.group().replace(",", "")) * scale


def _spelled_in_english(text: str) -> Iterator[Fraction]:
    for word in _WORD.findall(text):
        value = _SPELLED.get(word.lower())
        if value is not None:
            yield Fraction(value)
