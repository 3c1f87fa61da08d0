"""The measure of absence: is there none of it, however that is written."""

import re
from collections.abc import Mapping

from prefill.review.evidence import Found
from prefill.review.facts import Fact, Measure, Sources
from prefill.review.likeness import core_of
from prefill.review.rules import FactRule
from prefill.review.values import number_in, plain
from prefill.review.verdicts import MENDING, NOT_YET, THERE, decided, is_mended
from prefill.review.vocabulary import bare_key

_STILL_OPEN = ("未结", "未处理", "未解除", "未还", "未缴", "未了", "不通过", "未通过")
_INSURANCE = re.compile(r"参保|医保|社保|职保|缴费|保险")
_HAS_STOPPED = re.compile(r"已?(停保|停缴|减员|退工|中断)(?![^,;(。])")
_IS_INSURED = re.compile(r"(职工|单位|在职)(参保|在保|缴费)|(正常)?(参保|在保|在缴|缴费|缴纳|享受)|正常$")
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
_PENDING = re.compile(r"(?<![无没未非])(?<!没有)((办理|受理|审核|制证|制作)中|在办(?!结|件?[:为]?(0|无))|已受理)")
_NONE = ("无", "没", "未", "不", "暂无")
_DONE_WITH = re.compile(r"(已|均|全部)(办结|办完|完结|领取|领证|撤回|注销)$")


def _amount_zero(rule: FactRule, sources: Sources) -> Fact:
    """Is there none of it: 0, 无, false; a positive number, 有 or a hit means there is."""
    is_of_pending = any("在办" in name for place in rule.places for name in place.names)

    def decide(found: Found) -> bool | None:
        number = number_in(found.value, found.key)
        if number is not None:
            return number == 0
        text = plain(found.value)
        if is_of_pending and not text.startswith(_NONE) and (_PENDING.search(text) or _DONE_WITH.search(text)):
            return _PENDING.search(text) is None
        if sources.evidence.vocabulary.is_unsure(NOT_YET.sub("", text)) or is_mended(text):
            return None
        if _INSURANCE.search(found.key) and _IS_INSURED.match(text):
            return False
        if _INSURANCE.search(found.key) and _HAS_STOPPED.match(text):
            return True
        none = _says_none(text)
        return False if none is None and _names_it(found.key, text) else none

    return decided(rule, sources, decide)


def _names_it(key: str, text: str) -> bool:
    """Does the text begin with a word of what the field asks after, as 暂扣至2027年1月5日 under 扣押扣留暂扣?"""
    name = core_of(bare_key(key))
    return len(text) > 1 and text[:2] in name and "是否" not in text


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
    if MENDING.match(text):
        return None
    return False if any(word in text for word in THERE) else None


ABSENCE_MEASURES: Mapping[str, Measure] = {"none": _amount_zero}
