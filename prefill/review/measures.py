"""The measures of facts: how a number, a day, a yes or no is taken from the application. None is unknown, never no."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

import zen

from prefill.review.comparing import Compared, same
from prefill.review.documents import DocumentState
from prefill.review.evidence import Evidence, Found
from prefill.review.numbers import is_possible, kind_of_key
from prefill.review.result import Seen
from prefill.review.rules import FactRule, Place
from prefill.review.tables import DOUBT
from prefill.review.values import (
    HALF,
    LONG_TERM,
    birth_in_number,
    date_in,
    is_inside,
    last_date_in,
    months_after,
    months_between,
    number_in,
    plain,
    shared_pairs,
    years_between,
)
from prefill.review.vocabulary import bare_key

FactValue = bool | float | str | None
_SEX_DIGIT = 16


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact as read: `doubtful` where something is written that leaves it open."""

    value: FactValue
    seen: tuple[Seen, ...] = ()
    doubtful: bool = False


NOTHING = Fact(None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Everything a measure may look at."""

    evidence: Evidence
    today: date
    compared: tuple[Compared, ...]
    documents: Mapping[str, DocumentState]
    facts: dict[str, Fact] = field(default_factory=dict)


Measure = Callable[[FactRule, Sources], Fact]


def read_facts(rules: tuple[FactRule, ...], sources: Sources) -> dict[str, Fact]:
    """All facts in the order of the rules; a later one may calculate with earlier ones."""
    for rule in rules:
        sources.facts[rule.name] = MEASURES[rule.measure](rule, sources)
    return sources.facts


def as_context(facts: Mapping[str, Fact]) -> dict[str, object]:
    """The facts as a decision table sees them: values by name, and which of them are doubtful."""
    values: dict[str, object] = {name: fact.value for name, fact in facts.items()}
    return values | {name + DOUBT: True for name, fact in facts.items() if fact.doubtful}


def _first(rule: FactRule, sources: Sources, index: int = 0) -> Found | None:
    return _find(sources, rule.places[index]) if index < len(rule.places) else None


def _find(sources: Sources, place: Place) -> Found | None:
    if place.where == "today":
        return Found(sources.today.isoformat(), "today", "today")
    return sources.evidence.find(place.where, place.names)


def _read(found: Found | None, value: FactValue) -> Fact:
    """The fact of one value; something written that could not be read leaves a doubt."""
    return Fact(value, (found.seen,), doubtful=value is None) if found else NOTHING


def _several(rule: FactRule, sources: Sources) -> Found | None:
    for index in range(len(rule.places)):
        found = _first(rule, sources, index)
        if found:
            return found
    return None


def _number(rule: FactRule, sources: Sources) -> Fact:
    found = _several(rule, sources)
    return _read(found, number_in(found.value, found.key) if found else None)


def _text(rule: FactRule, sources: Sources) -> Fact:
    found = _several(rule, sources)
    if found and sources.evidence.vocabulary.is_unsure(found.value):
        return _read(found, None)
    return _read(found, plain(found.value) if found else None)


def _flag(rule: FactRule, sources: Sources) -> Fact:
    found = _several(rule, sources)
    return _read(found, sources.evidence.vocabulary.flag(found.value) if found else None)


def _status(rule: FactRule, sources: Sources) -> Fact:
    """Good or bad by the rule's words (`+word`, `-word`), else by the general words for yes and no."""
    found = _several(rule, sources)
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
    return _read(found, flag)


def _amount_zero(rule: FactRule, sources: Sources) -> Fact:
    """Is there none of it: 0, 无, false; a positive number, 有 or a hit means there is."""
    found = _several(rule, sources)
    if found is None:
        return NOTHING
    number = number_in(found.value, found.key)
    if number is not None:
        return Fact(number == 0, (found.seen,))
    text = plain(found.value)
    if sources.evidence.vocabulary.is_unsure(found.value):
        return _read(found, None)
    if text in {"正常", "通过", "良好", "无异常", "清白", "符合", "未命中", "不存在"}:
        return Fact(True, (found.seen,))
    if text in {"命中", "异常", "存在", "查封", "已查封", "冻结", "不通过", "未通过", "失信"}:
        return Fact(False, (found.seen,))
    flag = sources.evidence.vocabulary.flag(found.value)
    return _read(found, None if flag is None else not flag)


def _age(rule: FactRule, sources: Sources) -> Fact:
    found = _first(rule, sources)
    if found is None:
        return NOTHING
    birth = _date_of(found)
    day, other = _day(rule, sources, 1)
    if birth is None or day is None:
        return Fact(None, (found.seen,), doubtful=True)
    return Fact(float(years_between(birth, day)), (found.seen, *other))


def _months_old(rule: FactRule, sources: Sources) -> Fact:
    found = _first(rule, sources)
    start = _date_of(found)
    day, other = _day(rule, sources, 1)
    if found is None or start is None or day is None:
        return _read(found, None)
    return Fact(float(months_between(start, day)), (found.seen, *other))


def _day(rule: FactRule, sources: Sources, index: int) -> tuple[date | None, tuple[Seen, ...]]:
    """The day at that place of the rule; today where the rule names no place."""
    if index >= len(rule.places):
        return sources.today, ()
    found = _first(rule, sources, index)
    if found is None:
        return (sources.today, ()) if "or_today" in rule.words else (None, ())
    return _date_of(found), (found.seen,)


def _date_of(found: Found | None) -> date | None:
    """The day a value names; of an identity number, the birthday."""
    return birth_in_number(plain(found.value)) or date_in(found.value) if found else None


def _days_between(rule: FactRule, sources: Sources) -> Fact:
    """Days from the first day to the second, or to today."""
    found = _first(rule, sources)
    start = _date_of(found)
    end, other = _day(rule, sources, 1)
    if found is None or start is None or end is None:
        return _read(found, None) if found and start is None else NOTHING
    return Fact(float((end - start).days), (found.seen, *other))


def _days_until(rule: FactRule, sources: Sources) -> Fact:
    """Days from today to the day."""
    found = _first(rule, sources)
    day = _date_of(found)
    if found is None or day is None:
        return _read(found, None)
    return Fact(float((day - sources.today).days), (found.seen,))


def _shifted(day: date, span: str, sign: int = 1) -> date:
    amount, unit = span.split()
    if day == LONG_TERM:
        return day
    match unit.rstrip("s"):
        case "day":
            return day + timedelta(days=sign * int(amount))
        case "month":
            return months_after(day, sign * int(amount))
        case _:
            return months_after(day, sign * 12 * int(amount))


def _deadline(rule: FactRule, sources: Sources) -> Fact:
    """Is the second day (or today) no later than the first day and the span?"""
    found = _first(rule, sources)
    start = _date_of(found)
    end, other = _day(rule, sources, 1)
    if found is None or start is None:
        return _read(found, None)
    if end is None:
        return NOTHING
    return Fact(end <= _shifted(start, rule.words[0]), (found.seen, *other))


def _ahead(rule: FactRule, sources: Sources) -> Fact:
    """Is the first day at least the span after the second day (or today)?"""
    found = _first(rule, sources)
    day = _date_of(found)
    start, other = _day(rule, sources, 1)
    if found is None or day is None:
        return _read(found, None)
    if start is None:
        return NOTHING
    return Fact(day >= _shifted(start, rule.words[0]), (found.seen, *other))


def _order(rule: FactRule, sources: Sources) -> Fact:
    """Is the first day no later than the end of the second?"""
    one, two = _first(rule, sources), _first(rule, sources, 1)
    if one is None or two is None:
        return NOTHING
    start, end = date_in(one.value), last_date_in(two.value)
    if start is None or end is None:
        return Fact(None, (one.seen, two.seen), doubtful=True)
    return Fact(start <= end, (one.seen, two.seen))


def _same(rule: FactRule, sources: Sources) -> Fact:
    """Are all values that are there the same as the first? At least two must be there."""
    found = [one for index in range(len(rule.places)) if (one := _first(rule, sources, index))]
    if len(found) < 2:  # noqa: PLR2004 - a comparison needs two
        return NOTHING
    vocabulary = sources.evidence.vocabulary
    seen = tuple(one.seen for one in found)
    if any(vocabulary.is_unsure(one.value) for one in found):
        return Fact(None, seen, doubtful=True)
    return Fact(all(same(found[0], other) for other in found[1:]), seen)


def _one_of(rule: FactRule, sources: Sources) -> Fact:
    """Is the first value the same as any of the others?"""
    first = _first(rule, sources)
    others = [one for index in range(1, len(rule.places)) if (one := _first(rule, sources, index))]
    if first is None or not others:
        return NOTHING
    if sources.evidence.vocabulary.is_unsure(first.value):
        return _read(first, None)
    return Fact(any(same(first, other) for other in others), (first.seen, *(one.seen for one in others)))


def _given(rule: FactRule, sources: Sources) -> Fact:
    found = _several(rule, sources)
    return Fact(found is not None, (found.seen,) if found else ())


def _has(rule: FactRule, sources: Sources) -> Fact:
    """Is one of the materials there and of the right kind?"""
    return Fact(any(sources.documents[m].counts for m in rule.words if m in sources.documents))


def _agree(rule: FactRule, sources: Sources) -> Fact:
    """Do all comparisons of these places hold? `agree(m2)` all of a material, `agree(m2.地址)` one of them."""
    chosen = [one for one in sources.compared if _is_meant(one, rule)]
    if not chosen:
        return NOTHING
    seen = tuple(part.seen for one in chosen for part in (one.left, one.right))
    return Fact(all(one.equal for one in chosen), seen)


def _is_meant(one: Compared, rule: FactRule) -> bool:
    if one.left.where in rule.words:
        return True
    return any(one.left.where == place.where and bare_key(one.left.key) in place.names for place in rule.places)


def _local(rule: FactRule, sources: Sources) -> Fact:
    """Is the address in Shanghai?"""
    found = _several(rule, sources)
    return Fact("上海" in plain(found.value), (found.seen,)) if found else NOTHING


def _sex(rule: FactRule, sources: Sources) -> Fact:
    found = _several(rule, sources)
    text = plain(found.value) if found else ""
    if found and birth_in_number(text):
        return Fact("男" if int(text[_SEX_DIGIT]) % 2 else "女", (found.seen,))
    return _read(found, text[:1] if text[:1] in {"男", "女"} else None)


def _contains(rule: FactRule, sources: Sources) -> Fact:
    """Does the text hold one of the words?"""
    found = _several(rule, sources)
    return Fact(any(word in plain(found.value) for word in rule.words), (found.seen,)) if found else NOTHING


def _birth(rule: FactRule, sources: Sources) -> Fact:
    """The birthday in an identity number, or a date, as text: to be compared by a calculation."""
    found = _several(rule, sources)
    day = _date_of(found)
    return _read(found, day.isoformat() if day else None)


def _inside(rule: FactRule, sources: Sources) -> Fact:
    """Does the first text stand inside the second? Addresses by their street and numbers."""
    one, two = _first(rule, sources), _first(rule, sources, 1)
    if one is None or two is None:
        return NOTHING
    return Fact(is_inside(plain(one.value), plain(two.value)), (one.seen, two.seen))


def _alike(rule: FactRule, sources: Sources) -> Fact:
    """Do two descriptions speak of the same? Half of the pairs of signs shared: yes; none: no; between: open."""
    one, two = _first(rule, sources), _first(rule, sources, 1)
    if one is None or two is None:
        return NOTHING
    share = shared_pairs(plain(one.value), plain(two.value))
    if 0 < share < HALF:
        return Fact(None, (one.seen, two.seen), doubtful=True)
    return Fact(share >= HALF, (one.seen, two.seen))


def _possible(rule: FactRule, sources: Sources) -> Fact:
    found = _several(rule, sources)
    kind = kind_of_key(found.key) if found else None
    return _read(found, is_possible(kind, plain(found.value)) if found and kind else None)


def _in_date(rule: FactRule, sources: Sources) -> Fact:
    """Has the end not passed on the second day, or today? The last day itself is in date."""
    found = _first(rule, sources)
    end = last_date_in(found.value) if found else None
    day, other = _day(rule, sources, 1)
    if found is None or end is None or day is None:
        return _read(found, None)
    return Fact(end >= day, (found.seen, *other))


def _calculated(rule: FactRule, sources: Sources) -> Fact:
    """A ZEN expression over earlier facts; unknown where it needs one that is."""
    known = {name: fact.value for name, fact in sources.facts.items() if fact.value is not None}
    if any(name not in known for name in rule.words):
        return Fact(None, (), any(sources.facts[name].doubtful for name in rule.words))
    value = zen.evaluate_expression(rule.expression, known)
    seen = tuple(dict.fromkeys(part for name in rule.words for part in sources.facts[name].seen))
    if isinstance(value, bool | str):
        return Fact(value, seen)
    return Fact(None if value is None else float(value), seen)


MEASURES: Mapping[str, Measure] = {
    "number": _number,
    "text": _text,
    "flag": _flag,
    "status": _status,
    "none": _amount_zero,
    "age": _age,
    "months_old": _months_old,
    "days": _days_between,
    "days_until": _days_until,
    "deadline": _deadline,
    "ahead": _ahead,
    "order": _order,
    "same": _same,
    "one_of": _one_of,
    "given": _given,
    "has": _has,
    "agree": _agree,
    "local": _local,
    "sex": _sex,
    "contains": _contains,
    "birth": _birth,
    "inside": _inside,
    "alike": _alike,
    "possible": _possible,
    "in_date": _in_date,
    "calc": _calculated,
}
"""What may stand before the bracket in a rule file."""
