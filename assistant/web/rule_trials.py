"""Trying an edited rule table: on facts, on an invented application, on every stored case."""

from collections.abc import Mapping
from dataclasses import replace

from assistant.cases.past_cases import past_cases
from assistant.web import rule_schemas as wire
from assistant.web.console_parts import Console
from knowledge.items import ServiceItem
from prefill.review.application import Application, Exemption, SubmittedMaterial
from prefill.review.result import PointReview, Review
from prefill.review.reviewing import facts_of, review
from prefill.review.rules import ItemRules, Row
from prefill.review.tables import DecisionTables, TableResult

MOST_CASES = 3_000
"""Stored cases that are looked at, the newest first: a few seconds."""


def tried_facts(
    console: Console, item: ServiceItem, rules: ItemRules, facts: Mapping[str, bool | float | str]
) -> wire.RuleTrial:
    """Every table of the item on these facts."""
    now = console.rules().rules_for(item.slug, console.clock().date())
    before = DecisionTables(now).evaluate(facts) if now else {}
    after = DecisionTables(rules).evaluate(facts)
    points = [
        wire.TriedPoint(
            id=name,
            result=result.result,
            row=_row(rules, name, result.row),
            before=before[name].result if name in before else None,
            reason=_said(result, facts),
            trace=[wire.TriedSeen(name=fact, value=str(value), where="facts") for fact, value in _used(result, facts)],
        )
        for name, result in after.items()
    ]
    return wire.RuleTrial(outcome=None, before=None, notice="", points=points, facts=dict(facts))


def _used(result: TableResult, facts: Mapping[str, bool | float | str]) -> list[tuple[str, bool | float | str]]:
    return [(name, facts[name]) for name in (result.row.cells if result.row else ()) if name in facts]


def _said(result: TableResult, facts: Mapping[str, bool | float | str]) -> str:
    text = result.row.say if result.row else "没有一行符合：不知道的留给工作人员"
    for name, value in facts.items():
        text = text.replace("{" + name + "}", f"{value:g}" if isinstance(value, float) else str(value))
    return text


def _row(rules: ItemRules, point: str, row: Row | None) -> int | None:
    rule = rules.point(point)
    return next((n for n, one in enumerate(rule.rows, 1) if one is row), None) if rule and row else None


def tried_case(console: Console, item: ServiceItem, rules: ItemRules, case: wire.TriedCase) -> wire.RuleTrial:
    """A whole application, reviewed by the edited table and by the rules in force."""
    application = Application(
        item=item.slug,
        today=case.today or console.clock().date(),
        form=case.form,
        materials=tuple(
            SubmittedMaterial(material=m.material, name=m.name or _name(item, m.material), fields=m.fields)
            for m in case.materials
        ),
        exemptions=tuple(Exemption(e.material, e.kind, e.reference) for e in case.exemptions),
    )
    book = console.rules()
    edited = book.with_rules(replace(rules, effective_from=None, effective_to=None))
    before, after = review(application, item, book), review(application, item, edited)
    facts = facts_of(application, item, edited)
    tables = DecisionTables(rules).evaluate({name: fact.value for name, fact in facts.items()})
    return wire.RuleTrial(
        outcome=after.outcome,
        before=before.outcome,
        notice=after.notice,
        points=[_point(rules, one, before, tables) for one in after.points.values()],
        facts={name: fact.value for name, fact in facts.items()},
    )


def _name(item: ServiceItem, material: str) -> str:
    return next((one.name for one in item.materials if one.id == material), material)


def _point(rules: ItemRules, point: PointReview, before: Review, tables: Mapping[str, TableResult]) -> wire.TriedPoint:
    return wire.TriedPoint(
        id=point.id,
        result=point.result,
        row=_row(rules, point.id, tables[point.id].row) if point.id in tables else None,
        before=before.points[point.id].result if point.id in before.points else None,
        reason=point.reason,
        trace=[wire.TriedSeen(name=seen.name, value=seen.value, where=seen.where) for seen in point.trace],
    )


def past_of(console: Console, item: ServiceItem, rules: ItemRules) -> wire.PastCasesSheet:
    """The stored cases of the item and of the bundles it is part of, the newest first."""
    bundles = {
        one.slug
        for one in console.knowledge.items(console.clock().date())
        if any(member.slug == item.slug for member in one.members)
    }
    found = past_cases(console.cases_of(frozenset({item.slug, *bundles}), MOST_CASES), item, console.rules(), rules)
    lines = [
        wire.PastCaseLine(
            code=past.code,
            state=past.state,
            day=past.day,
            before=past.change.before,
            after=past.change.after,
            points=[
                f"{name}：{_RESULTS.get(old, '无')} → {_RESULTS.get(new, '无')}"
                for name, (old, new) in past.change.points.items()
            ],
        )
        for past in found.changed
    ]
    return wire.PastCasesSheet(
        looked_at=found.looked_at,
        is_all=found.looked_at < MOST_CASES,
        before=found.before,
        after=found.after,
        changed=lines,
    )


_RESULTS: Mapping[object, str] = {"pass": "通过", "fail": "退回", "unknown": "转人工"}
