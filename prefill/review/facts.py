"""Facts as rules see them: read from the application with the places they were seen at; None is unknown, never no."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from prefill.review.comparing import Compared
from prefill.review.documents import DocumentState
from prefill.review.evidence import Evidence, Found
from prefill.review.result import Seen
from prefill.review.rules import FactRule, Place
from prefill.review.tables import DOUBT
from prefill.review.values import birth_in_number, date_in, plain

FactValue = bool | float | str | None


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


def as_context(facts: Mapping[str, Fact]) -> dict[str, object]:
    """The facts as a decision table sees them: values by name, and which of them are doubtful."""
    values: dict[str, object] = {name: fact.value for name, fact in facts.items()}
    return values | {name + DOUBT: True for name, fact in facts.items() if fact.doubtful}


def first(rule: FactRule, sources: Sources, index: int = 0) -> Found | None:
    return find_at(sources, rule.places[index]) if index < len(rule.places) else None


def find_at(sources: Sources, place: Place) -> Found | None:
    if place.where == "today":
        return Found(sources.today.isoformat(), "today", "today")
    return sources.evidence.find(place.where, place.names)


def read(found: Found | None, value: FactValue) -> Fact:
    """The fact of one value; something written that could not be read leaves a doubt."""
    return Fact(value, (found.seen,), doubtful=value is None) if found else NOTHING


NONE_SAID = frozenset(
    {"无", "没有", "暂无", "从未", "未发生", "无记录", "未提供", "未提交", "未说明", "/", "-", "—", "——"}
)
"""What is written where there is nothing to write."""


def first_of(rule: FactRule, sources: Sources) -> Found | None:
    for index in range(len(rule.places)):
        found = first(rule, sources, index)
        if found:
            return found
    return None


def day_at(rule: FactRule, sources: Sources, index: int) -> tuple[date | None, tuple[Seen, ...]]:
    """The day at that place of the rule; today where the rule names no place."""
    if index >= len(rule.places):
        return sources.today, ()
    found = first(rule, sources, index)
    if found is None:
        return (sources.today, ()) if "or_today" in rule.words else (None, ())
    return date_of(found), (found.seen,)


def date_of(found: Found | None) -> date | None:
    """The day a value names; of an identity number, the birthday."""
    return birth_in_number(plain(found.value)) or date_in(found.value) if found else None


def day_found(rule: FactRule, sources: Sources) -> Found | None:
    """What stands at the rule's first place; where there was never such a day, nothing."""
    found = first(rule, sources)
    return None if found is not None and plain(found.value) in NONE_SAID else found
