"""Which cases of former days rules that are being edited would decide otherwise. Nothing is changed by looking."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from assistant.cases import happenings as h
from assistant.cases.case import Case, CaseState
from assistant.cases.standing import standing
from knowledge.items import ServiceItem
from prefill.review.result import Outcome
from prefill.review.reviewing import review
from prefill.review.rulebook import Rulebook
from prefill.review.rules import ItemRules
from prefill.review.trying import ChangedCase, compared

CasesOf = Callable[[frozenset[str]], Iterator[Case]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PastCase:
    """One case that would change. It names no person: the code of the case and where it stands."""

    code: str
    state: CaseState
    day: date
    change: ChangedCase


@dataclass(frozen=True, slots=True, kw_only=True)
class PastCases:
    """What trying the rules on the stored cases showed."""

    looked_at: int
    changed: tuple[PastCase, ...]
    before: dict[Outcome, int]
    after: dict[Outcome, int]


def past_cases(cases: Iterable[Case], item: ServiceItem, rulebook: Rulebook, edited: ItemRules) -> PastCases:
    """Every case of the item that has something in it, reviewed by the rules in force and by the edited ones."""
    tried = rulebook.with_rules(replace(edited, effective_from=None, effective_to=None))
    found: list[PastCase] = []
    before, after = dict.fromkeys(Outcome, 0), dict.fromkeys(Outcome, 0)
    for case in cases:
        if item.slug not in (case.parts or (case.item,)):
            continue
        day = _day_of(case)
        application = standing(case, {item.slug: item, case.item: item}, day).application(item)
        if not application.form and not application.materials:
            continue
        now, then = review(application, item, rulebook), review(application, item, tried)
        before[now.outcome] += 1
        after[then.outcome] += 1
        change = compared(case.id, now, then)
        if change is not None:
            found.append(PastCase(code=case.code, state=case.state, day=day, change=change))
    return PastCases(looked_at=sum(before.values()), changed=tuple(found), before=before, after=after)


def _day_of(case: Case) -> date:
    """The day of its last pre-review, else of its last change."""
    reviewed = [event.at for event in case.events if isinstance(event.happening, h.Reviewed)]
    return (reviewed[-1] if reviewed else case.changed_at).date()
