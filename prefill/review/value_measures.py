"""Measures of single values: numbers, texts, yes and no, good or bad, none of it."""

from collections.abc import Mapping

from prefill.review.facts import NOTHING, Fact, Measure, Sources, first_of, read
from prefill.review.numbers import is_possible, kind_of_key
from prefill.review.rules import FactRule
from prefill.review.values import birth_in_number, number_in, plain

_SEX_DIGIT = 16
_STILL_OPEN = ("未结", "未处理", "未解除", "未还", "未缴", "未了", "不通过", "未通过")
_NOT_THERE = (
    "无",
    "没",
    "否",
    "未",
    "零",
    "正常",
    "通过",
    "良好",
    "清白",
    "符合",
    "非",
    "不存在",
    "已结",
    "已处理",
    "已解除",
    "已注销",
    "已还",
)
_THERE = ("命中", "异常", "查封", "冻结", "失信", "存在", "有", "是", "已", "在")


def _number(rule: FactRule, sources: Sources) -> Fact:
    found = first_of(rule, sources)
    return read(found, number_in(found.value, found.key) if found else None)


def _text(rule: FactRule, sources: Sources) -> Fact:
    found = first_of(rule, sources)
    if found and sources.evidence.vocabulary.is_unsure(found.value):
        return read(found, None)
    return read(found, plain(found.value) if found else None)


def _flag(rule: FactRule, sources: Sources) -> Fact:
    found = first_of(rule, sources)
    return read(found, sources.evidence.vocabulary.flag(found.value) if found else None)


def _status(rule: FactRule, sources: Sources) -> Fact:
    """Good or bad by the rule's words (`+word`, `-word`), else by the general words for yes and no."""
    found = first_of(rule, sources)
    if found is None:
        return NOTHING
    text = plain(found.value)
    if isinstance(found.value, str) and not sources.evidence.vocabulary.is_unsure(found.value):
        good = [word[1:] for word in rule.words if word[0] == "+"]
        bad = [word[1:] for word in rule.words if word[0] == "-"]
        hits = [
            (len(word), meaning) for words, meaning in ((good, True), (bad, False)) for word in words if word in text
        ]
        if hits:
            return Fact(max(hits, key=lambda hit: (hit[0], not hit[1]))[1], (found.seen,))
    flag = sources.evidence.vocabulary.flag(found.value)
    return read(found, flag)


def _amount_zero(rule: FactRule, sources: Sources) -> Fact:
    """Is there none of it: 0, 无, false; a positive number, 有 or a hit means there is."""
    found = first_of(rule, sources)
    if found is None:
        return NOTHING
    number = number_in(found.value, found.key)
    if number is not None:
        return Fact(number == 0, (found.seen,))
    if sources.evidence.vocabulary.is_unsure(found.value):
        return read(found, None)
    return read(found, _says_none(plain(found.value)))


def _says_none(text: str) -> bool | None:
    """Does the text say that there is none of it?"""
    if text.startswith("不存在"):
        return True
    if text[:1].isdigit():
        return text.startswith("0")
    if text.startswith(_STILL_OPEN):
        return False
    if text.startswith(_NOT_THERE):
        return True
    return False if any(word in text for word in _THERE) else None


def _given(rule: FactRule, sources: Sources) -> Fact:
    found = first_of(rule, sources)
    return Fact(found is not None, (found.seen,) if found else ())


def _contains(rule: FactRule, sources: Sources) -> Fact:
    """Does the text hold one of the words?"""
    found = first_of(rule, sources)
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
    "flag": _flag,
    "status": _status,
    "none": _amount_zero,
    "given": _given,
    "local": _local,
    "sex": _sex,
    "contains": _contains,
    "possible": _possible,
}
