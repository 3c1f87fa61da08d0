"""Measures of single values: numbers, texts, yes and no, good or bad, none of it."""

import re
from collections.abc import Callable, Iterator, Mapping

from prefill.review.evidence import Found
from prefill.review.facts import NONE_SAID, NOTHING, Fact, Measure, Sources, find_at, first_of, read
from prefill.review.likeness import core_of
from prefill.review.numbers import is_possible, kind_of_key
from prefill.review.rules import FactRule, Place
from prefill.review.values import birth_in_number, number_in, plain
from prefill.review.vocabulary import bare_key

_SEX_DIGIT = 16
_SURELY_SINGLE = 10_000
_FILLERS = re.compile(r"(?<=[\u4e00-\u9fff])[为了](?=[\u4e00-\u9fff])")
_YET = re.compile(r"(?:尚|还|暂|至今)(?:未|没有?)([\u4e00-\u9fff]+)$")
ANYTHING = "*"
"""Among a rule's good words: whatever is written there clearly is good, a free text for example."""
_PLAINLY_NOT = re.compile(r"[,;](审查|检测|核验)?(不通过|不符合|不合格|未通过|不予)$")
_STILL_OPEN = ("未结", "未处理", "未解除", "未还", "未缴", "未了", "不通过", "未通过")
_DECLARATION, _DECLARES = re.compile(r"声明|承诺"), re.compile(r"声明|承诺|保证|同意|知晓|属实|作废")
_INSURANCE = re.compile(r"参保|医保|社保|职保|缴费|保险")
_DENIALS = frozenset("不非未没无")
_HAS_STOPPED = re.compile(r"已?(停保|停缴|减员|退工|中断)(?![^,;(。])")
_IS_INSURED = re.compile(r"(正常)?(参保|在保|在缴|缴费|缴纳|享受)|正常$")
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
    if "月" in names and "月" not in found.key + text:
        if re.match(r"[\d.]+年", text):
            return number * 12
        if "天" in found.key or text.endswith(("天", "日")):
            return float(int(number * 12 / 365.25))
    return number


def _text(rule: FactRule, sources: Sources) -> Fact:
    """The text up to what is added to it after a comma."""
    found = first_of(rule, sources)
    if found and sources.evidence.vocabulary.is_unsure(found.value):
        return read(found, None)
    return read(found, re.split("[,;]", plain(found.value))[0].strip() if found else None)


def _flag(rule: FactRule, sources: Sources) -> Fact:
    """Yes or no; a declaration that is written out is one that was given."""
    flag = sources.evidence.vocabulary.flag

    def decide(found: Found) -> bool | None:
        said = flag(found.value)
        if said is None and isinstance(found.value, str) and _DECLARATION.search(bare_key(found.key)):
            is_given = _DECLARES.search(found.value) and not sources.evidence.vocabulary.is_unsure(found.value)
            return True if is_given else None
        return said

    return _decided(rule, sources, decide)


def _decided(rule: FactRule, sources: Sources, decide: Callable[[Found], bool | None]) -> Fact:
    """What the value decides; where it is only a name or a title, what a check said of the same decides."""
    found = first_of(rule, sources)
    result = decide(found) if found else None
    if found is None or result is not None or sources.evidence.vocabulary.is_unsure(found.value):
        return read(found, result)
    other = _under_another_name(rule, sources, found, decide)
    if other is not None:
        return other
    for place in rule.places:
        checked = sources.evidence.find_checked(place.where, place.names)
        if checked is not None:
            return read(checked, decide(checked))
    return read(found, None)


def _under_another_name(
    rule: FactRule, sources: Sources, found: Found, decide: Callable[[Found], bool | None]
) -> Fact | None:
    """What another of the rule's names says, where the first that is there only names something (a hospital)."""
    for place in rule.places:
        for name in place.names:
            other = find_at(sources, Place(place.where, (name,)))
            if other is None or other == found:
                continue
            result = decide(other)
            if result is not None or sources.evidence.vocabulary.is_unsure(other.value):
                return read(other, result)
    return None


def _status(rule: FactRule, sources: Sources) -> Fact:
    """Good or bad by the rule's words (`+word`, `-word`), else by the general words for yes and no."""
    good = [word[1:] for word in rule.words if word[0] == "+"]
    bad = [word[1:] for word in rule.words if word[0] == "-"]
    vocabulary = sources.evidence.vocabulary

    def decide(found: Found) -> bool | None:
        text = plain(found.value)
        if isinstance(found.value, str) and _not_yet(text, good):
            return False
        if isinstance(found.value, str) and _PLAINLY_NOT.search(text):
            return False
        if isinstance(found.value, str) and not vocabulary.is_unsure(found.value):
            said = (text, _FILLERS.sub("", text))
            hits = [(len(word), False) for word in bad if any(word in one for one in said)]
            hits += [(len(word), True) for word in good if any(_affirms(one, word) for one in said)]
            if hits:
                return max(hits, key=lambda hit: (hit[0], not hit[1]))[1]
            if ANYTHING in good and vocabulary.flag(found.value) is not False:
                return bool(text)
        return vocabulary.flag(found.value)

    return _decided(rule, sources, decide)


def _affirms(text: str, word: str) -> bool:
    """Does the word stand there without a denial before it: 是, but not 不是?"""
    return any(text[max(0, at - 1) : at] not in _DENIALS for at in _places_of(word, text))


def _places_of(word: str, text: str) -> Iterator[int]:
    return (found.start() for found in re.finditer(re.escape(word), text))


def _not_yet(text: str, good: list[str]) -> bool:
    """尚未核定 where 已核定 would be good: not done, and nothing is left open."""
    said = _YET.match(text)
    return said is not None and any(said.group(1) in (word, word.removeprefix("已")) for word in good)


def _amount_zero(rule: FactRule, sources: Sources) -> Fact:
    """Is there none of it: 0, 无, false; a positive number, 有 or a hit means there is."""

    def decide(found: Found) -> bool | None:
        number = number_in(found.value, found.key)
        if number is not None:
            return number == 0
        if sources.evidence.vocabulary.is_unsure(found.value):
            return None
        text = plain(found.value)
        if _INSURANCE.search(found.key) and _IS_INSURED.match(text):
            return False
        if _INSURANCE.search(found.key) and _HAS_STOPPED.match(text):
            return True
        none = _says_none(text)
        return False if none is None and _names_it(found.key, text) else none

    return _decided(rule, sources, decide)


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
    return False if any(word in text for word in _THERE) else None


def _given(rule: FactRule, sources: Sources) -> Fact:
    """Is something written there? 无 and the like is nothing."""
    found = first_of(rule, sources)
    return Fact(found is not None and plain(found.value) not in NONE_SAID, (found.seen,) if found else ())


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
