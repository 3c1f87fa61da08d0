"""Trying a changed rule table before it is published: its problems, its tables, and which past cases would change."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from knowledge.corpus.problem import Problem
from knowledge.corpus.yaml_reading import Unreadable, read_yaml
from knowledge.items import ServiceItem
from prefill.review.application import Application
from prefill.review.authoring import read_rules
from prefill.review.checking import text_problems
from prefill.review.result import Outcome, PointResult, PointReview, Review
from prefill.review.reviewing import review
from prefill.review.rulebook import Rulebook
from prefill.review.rules import ItemRules


@dataclass(frozen=True, slots=True)
class Edited:
    """An edited rule file: the rules where it can be used, and every problem with its line."""

    rules: ItemRules | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedCase:
    """One past case that the edited rules would decide otherwise. `points`: before and after, of those that change."""

    id: str
    before: Outcome
    after: Outcome
    points: Mapping[str, tuple[PointResult | None, PointResult | None]]


def read_edited(text: str, item: ServiceItem) -> Edited:
    """The rules in the text; none where something in it keeps it from being used."""
    raw = text.encode()
    problems = tuple(text_problems(Path(f"{item.slug}.yaml"), raw, {item.slug: item}))
    values = read_yaml(raw)
    if isinstance(values, Unreadable) or any(problem.blocks for problem in problems):
        return Edited(None, problems)
    return Edited(read_rules(values), problems)


def changed_cases(
    cases: Iterable[tuple[str, Application]], item: ServiceItem, rulebook: Rulebook, edited: ItemRules
) -> tuple[ChangedCase, ...]:
    """The cases, each on its own day, whose outcome or points differ under the edited rules."""
    changed = rulebook.with_rules(edited)
    pairs = (
        (name, review(application, item, rulebook), review(application, item, changed)) for name, application in cases
    )
    found = (compared(name, before, after) for name, before, after in pairs)
    return tuple(one for one in found if one is not None)


def compared(identifier: str, before: Review, after: Review) -> ChangedCase | None:
    """What is decided otherwise; None where everything is as it was."""
    points = {
        name: (old, new)
        for name in {**before.points, **after.points}
        if (old := _result(before.points, name)) is not (new := _result(after.points, name))
    }
    if not points and before.outcome is after.outcome:
        return None
    return ChangedCase(id=identifier, before=before.outcome, after=after.outcome, points=points)


def _result(points: Mapping[str, PointReview], name: str) -> PointResult | None:
    return points[name].result if name in points else None
