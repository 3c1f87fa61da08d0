"""Measures of several values: the same, inside, alike, agreeing, handed in, calculated."""

import math
import re
from collections.abc import Mapping

import zen

from prefill.review.comparing import Compared, is_incomparable, is_of_somebody_else, same
from prefill.review.evidence import Found
from prefill.review.facts import NOTHING, Fact, Measure, Sources, first
from prefill.review.rules import FactRule
from prefill.review.values import HALF, is_inside, plain, shared_pairs
from prefill.review.vocabulary import Vocabulary, is_checked, spellings

_BODY = str.maketrans({"脚": "足", "胳": "臂", "膊": "臂", "腕": "腕", "额": "头", "脑": "头"})
_PARTS_OF_THE_BODY = frozenset("头眼耳鼻口牙颈肩臂肘腕手指胸背腰腹髋臀腿膝踝足趾肋脊椎骨盆颅面")
_AND, _NOTES = re.compile(r"[、,;/\s]|和|及|与"), re.compile(r"\([^()]*\)|\d+/\d+|\d+%")
_CHANGED = re.compile(r"前后|变更内容|变更后")
_AFTER = re.compile(r"→|->|=>|变更为|变更至|改为|变为")


def _same(rule: FactRule, sources: Sources) -> Fact:
    """Are all values that are there the same as the first? At least two must be there."""
    found = _places_of(rule, sources)
    if len(found) < 2:  # noqa: PLR2004 - a comparison needs two
        return NOTHING
    vocabulary = sources.evidence.vocabulary
    seen = tuple(one.seen for one in found)
    if any(vocabulary.is_unsure(one.value) for one in found):
        return Fact(None, seen, doubtful=True)
    if any(is_incomparable(found[0], other) for other in found[1:]):
        return Fact(None, seen, doubtful=True)
    told = [vocabulary.flag(one.value) for one in found if is_checked(one.key) and isinstance(one.value, bool | str)]
    if said := [flag for flag in told if flag is not None]:
        return Fact(all(said), seen)  # 核验_设备信息 相符: the office has compared them
    return Fact(all(same(found[0], other) for other in found[1:]), seen)


def _places_of(rule: FactRule, sources: Sources) -> list[Found]:
    """What stands at the rule's places; one value that serves two of them is there once: nothing agrees with itself."""
    found = (first(rule, sources, index) for index in range(len(rule.places)))
    return list({(one.where, one.key): one for one in found if one}.values())


def _one_of(rule: FactRule, sources: Sources) -> Fact:
    """Is the first value the same as any of the others?"""
    subject = first(rule, sources)
    others = [one for one in _places_of(rule, sources) if one != subject]
    if subject is None or not others:
        return NOTHING
    if sources.evidence.vocabulary.is_unsure(subject.value) or any(map(is_of_somebody_else, (subject, *others))):
        return Fact(None, (subject.seen, *(one.seen for one in others)), doubtful=True)
    return Fact(any(same(subject, other) for other in others), (subject.seen, *(one.seen for one in others)))


def _agree(rule: FactRule, sources: Sources) -> Fact:
    """Do all comparisons of these places hold? `agree(m2)` all of a material, `agree(m2.地址)` one of them."""
    chosen = [one for one in sources.compared if _is_meant(one, rule, sources.evidence.vocabulary)]
    if not chosen:
        return NOTHING
    seen = tuple(part.seen for one in chosen for part in (one.left, one.right))
    return Fact(all(one.equal for one in chosen), seen)


def _is_meant(one: Compared, rule: FactRule, vocabulary: Vocabulary) -> bool:
    if one.left.where in rule.words:
        return True
    keys = spellings(one.left.key)
    return any(
        one.left.where == place.where
        and any(name in keys or not vocabulary.alike(name).isdisjoint(keys) for name in place.names)
        for place in rule.places
    )


def _inside(rule: FactRule, sources: Sources) -> Fact:
    """Does the first text stand inside the second? Addresses by their street and numbers."""
    one, two = first(rule, sources), first(rule, sources, 1)
    if one is None or two is None:
        return NOTHING
    whole = _AFTER.split(plain(two.value))[-1] if _CHANGED.search(two.key) else plain(two.value)
    return Fact(is_inside(plain(one.value), whole), (one.seen, two.seen))


def _alike(rule: FactRule, sources: Sources) -> Fact:
    """Do two descriptions speak of the same? Half of the pairs of signs shared: yes; none: no; between: open."""
    one, two = first(rule, sources), first(rule, sources, 1)
    if one is None or two is None:
        return NOTHING
    share = shared_pairs(plain(one.value), plain(two.value))
    if share == 0:
        return Fact(_speak_of_one_part(plain(one.value), plain(two.value)), (one.seen, two.seen))
    if share < HALF:
        return Fact(None, (one.seen, two.seen), doubtful=True)
    return Fact(True, (one.seen, two.seen))


def _speak_of_one_part(one: str, other: str) -> bool:
    """左脚踝 and 左踝扭伤: a sign of the body in common, and not the other side of it."""
    sides = [{side for side in "左右" if side in text} for text in (one, other)]
    is_other_side = bool(sides[0] and sides[1]) and sides[0].isdisjoint(sides[1])
    parts = ({*text.translate(_BODY)} & _PARTS_OF_THE_BODY for text in (one, other))
    return not is_other_side and bool(set.intersection(*parts))


def _covers(rule: FactRule, sources: Sources) -> Fact:
    """Does everybody whom the second place names stand in the first as well (those who signed, of all the heirs)?"""
    one, two = first(rule, sources), first(rule, sources, 1)
    if one is None or two is None or one == two:
        return NOTHING
    there = [part for part in _AND.split(_NOTES.sub("", plain(one.value))) if part]
    asked = [part for part in _AND.split(_NOTES.sub("", plain(two.value))) if part]
    if len(asked) < 2:  # noqa: PLR2004 - one name alone may stand for all
        return NOTHING
    return Fact(all(part in there for part in asked), (one.seen, two.seen))


def _has(rule: FactRule, sources: Sources) -> Fact:
    """Is one of the materials there and of the right kind?"""
    return Fact(any(sources.documents[m].counts for m in rule.words if m in sources.documents))


def _calculated(rule: FactRule, sources: Sources) -> Fact:
    """A ZEN expression over earlier facts; unknown where it needs one that is."""
    known = {name: fact.value for name, fact in sources.facts.items() if fact.value is not None}
    if any(name not in known for name in rule.words):
        return Fact(None, (), any(sources.facts[name].doubtful for name in rule.words))
    try:
        value = zen.evaluate_expression(rule.expression, known)
    except RuntimeError:  # what was written cannot be calculated with: a person looks at it
        value = None
    seen = tuple(dict.fromkeys(part for name in rule.words for part in sources.facts[name].seen))
    if isinstance(value, bool | str):
        return Fact(value, seen)
    if value is None or not math.isfinite(float(value)):
        return Fact(None, seen, doubtful=True)
    return Fact(float(value), seen)


COMPARING_MEASURES: Mapping[str, Measure] = {
    "same": _same,
    "one_of": _one_of,
    "has": _has,
    "agree": _agree,
    "inside": _inside,
    "alike": _alike,
    "covers": _covers,
    "calc": _calculated,
}
