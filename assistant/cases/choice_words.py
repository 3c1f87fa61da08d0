"""Which answer to a question between situations a message gives: by label, by how people say it, by number. Pure."""

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Final

from assistant.cases.situation import SituationQuestion
from prefill.review.situations import Choice
from prefill.said.amounts import amounts
from prefill.said.speech import fold

Heard = tuple[SituationQuestion, Choice]

_CLEAR: Final = 3
"""Signs of a yes or no (没过期) that can be told from others without its question."""
_DENIED: Final = re.compile(r"(?:不|没|别|未)(?:是|有|在|再|去|算|需要?|用)?[^,，。;；]?\Z")
_THRESHOLD: Final = re.compile(r"满\s*(\d+|[一二三四五六七八九十两]+)\s*(周岁|岁|年|个月)")
_BELOW: Final = re.compile("不到|不满|以下|没到")
_SHORT_OF: Final = re.compile("还差|还没到|不到|没到|没满|未满|不满(?!意)")
_AGES: Final = frozenset({"岁", "周岁"})
_OLDEST: Final = 120


def choice_meant(question: SituationQuestion, text: str) -> Choice | None:
    """The answer to the question that was just asked; one sign of a word is enough (丢). None where none is clear."""
    found = _best(question, text, least=1)
    return found or _by_threshold(question, text) or _by_bracket(question, text)


def heard_choices(questions: Iterable[SituationQuestion], text: str, *, corrects: bool = False) -> list[Heard]:
    """The answers that a message gives by the way: 「身份证丢了」. A bare yes or no is one only where it corrects."""
    found = ((question, _best(question, text, least=2, corrects=corrects)) for question in questions)
    return [(question, choice) for question, choice in found if choice is not None]


def _best(question: SituationQuestion, text: str, *, least: int, corrects: bool = False) -> Choice | None:
    """The one answer whose longest word stands in the text; none where two answers have as long a one."""
    lengths = {
        choice.label: max((len(w) for w in _words(choice, corrects=corrects) if _stands_in(w, text, least)), default=0)
        for choice in question.choices
    }
    longest = max(lengths.values(), default=0)
    best = [choice for choice in question.choices if lengths[choice.label] == longest]
    return best[0] if longest and len(best) == 1 else None


def _words(choice: Choice, *, corrects: bool) -> Iterator[str]:
    yield from choice.said
    if not isinstance(choice.value, bool) or (corrects and len(choice.label) >= _CLEAR):
        yield choice.label
    if isinstance(choice.value, str):
        yield choice.value


def _stands_in(word: str, text: str, least: int) -> bool:
    if len(word) < least:
        return False
    at = text.lower().find(word.lower())
    return at >= 0 and not _DENIED.search(text[:at])


def _by_threshold(question: SituationQuestion, text: str) -> Choice | None:
    """Yes or no to 「满16周岁了吗」 by an age or a time that is told."""
    asked = _THRESHOLD.search(question.text)
    by_value = {c.value: c for c in question.choices if isinstance(c.value, bool)}
    if asked is None or len(by_value) != len(question.choices):
        return None
    if _SHORT_OF.search(text):
        return by_value.get(False)
    needed, unit = _number(asked[1]), asked[2]
    told = [(m.number, m.unit) for m in amounts(fold(text), 0) if m.number is not None]
    same = [number for number, named in told if named == unit or {named, unit} <= _AGES]
    if not same and unit in _AGES:
        same = [number for number, named in told if not named and number < _OLDEST]
    return by_value.get(same[0] >= needed) if needed is not None and len(same) == 1 else None


def _by_bracket(question: SituationQuestion, text: str) -> Choice | None:
    """The bracket that a number falls into: 「三千人」 for 「1000到5000人」."""
    brackets = [c for c in question.choices if isinstance(c.value, float)]
    told = [m.number for m in amounts(fold(text), 0) if m.number is not None]
    if len(brackets) != len(question.choices) or len(told) != 1:
        return None
    fitting = [c for c in brackets if _lowest(c) <= told[0]]
    return max(fitting, key=_lowest, default=None)


def _lowest(choice: Choice) -> Fraction:
    numbers = [m.number for m in amounts(fold(choice.label), 0) if m.number is not None]
    return Fraction(0) if _BELOW.search(choice.label) or not numbers else numbers[0]


def _number(written: str) -> Fraction | None:
    return next((m.number for m in amounts(fold(written), 0)), None)
