"""Measures of single values: numbers, texts, whether something is given."""

import re
from collections.abc import Mapping

from prefill.review.evidence import Found
from prefill.review.facts import NONE_SAID, NOTHING, Fact, Measure, Sources, first_of, read
from prefill.review.numbers import is_possible, kind_of_key
from prefill.review.rules import FactRule
from prefill.review.values import birth_in_number, number_in, plain

_SEX_DIGIT = 16
_SURELY_SINGLE = 10_000


def _number(rule: FactRule, sources: Sources) -> Fact:
    """The number in the unit that the rule's names speak of: ten thousands, months."""
    found = first_of(rule, sources)
    number = number_in(found.value, found.key) if found else None
    if found is None or number is None:
        return read(found, None)
    return Fact(in_unit_of("".join(n for place in rule.places for n in place.names), found, number), (found.seen,))


def in_unit_of(names: str, found: Found, number: float) -> float:
    """Counted as the names count."""
    text = plain(found.value)
    if "万" in names and "万" not in found.key and (number >= _SURELY_SINGLE or re.search("[万元]", text)):
        return number / 10_000
    if "月" in names and re.match(r"[\d.]+年", text):
        return float(round(number * 12))
    if "月" in names and "月" not in found.key + text and ("天" in found.key or text.endswith(("天", "日"))):
        return float(int(number * 12 / 365.25))
    return number


def _text(rule: FactRule, sources: Sources) -> Fact:
    """The text up to what is added to it after a comma."""
    found = first_of(rule, sources)
    if found and sources.evidence.vocabulary.is_unsure(found.value):
        return read(found, None)
    return read(found, re.split("[,;]", plain(found.value))[0].strip() if found else None)


def _length(rule: FactRule, sources: Sources) -> Fact:
    """How many signs the text has: a decision table counts bytes."""
    found = first_of(rule, sources)
    return Fact(float(len(plain(found.value))), (found.seen,)) if found else NOTHING


def _given(rule: FactRule, sources: Sources) -> Fact:
    """Is something written there? 无 and the like is nothing."""
    found = first_of(rule, sources)
    return Fact(found is not None and plain(found.value) not in NONE_SAID, (found.seen,) if found else ())


def _contains(rule: FactRule, sources: Sources) -> Fact:
    """Does the text hold one of the words?"""
    found = first_of(rule, sources)
    if found and sources.evidence.vocabulary.is_unsure(found.value):
        return read(found, None)
    return Fact(any(word in plain(found.value) for word in rule.words), (found.seen,)) if found else NOTHING


def _local(rule: FactRule, sources: Sources) -> Fact:
    """Is the address in Shanghai?"""
    found = first_of(rule, sources)
    return Fact("上海" in plain(found.value), (found.seen,)) if found else NOTHING


def _sex(rule: FactRule, sources: Sources) -> Fact:
    found = first_of(rule, sources)
    text = plain(found.value) if found else ""
    if found and birth_in_number(text):
        return Fact("男" if int(text[_SEX_DIGIT]) % 2 else "女", (found.seen,))
    return read(found, text[:1] if text[:1] in {"男", "女"} else None)


def _possible(rule: FactRule, sources: Sources) -> Fact:
    found = first_of(rule, sources)
    kind = kind_of_key(found.key) if found else None
    return read(found, is_possible(kind, plain(found.value)) if found and kind else None)


VALUE_MEASURES: Mapping[str, Measure] = {
    "number": _number,
    "text": _text,
    "length": _length,
    "given": _given,
    "local": _local,
    "sex": _sex,
    "contains": _contains,
    "possible": _possible,
}
