"""Routes of the console: review rules as tables, tried, published by a second person, taken back."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request

from assistant.identity.people import Action, Person
from assistant.operation.switches import Capability
from assistant.web import rule_schemas as wire
from assistant.web.console_parts import Console
from assistant.web.console_schemas import Reason
from assistant.web.errors import SheetRefused, UnknownItem
from assistant.web.rule_approval import RuleApproval
from assistant.web.rule_trials import past_of, tried_case, tried_facts
from assistant.web.rule_views import (
    changes_of,
    edited_table,
    problem_line,
    rest_of,
    shown_facts,
    shown_points,
    version_line,
)
from assistant.web.schemas import MOST
from assistant.web.switched import needs
from knowledge.items import ServiceItem
from knowledge.storage.four_eyes import is_same_person
from knowledge.storage.log import Hand
from prefill.review.authoring import read_rules
from prefill.review.cells import CellInvalid
from prefill.review.editing import table_of, written
from prefill.review.measure_words import MEASURE_WORDS
from prefill.review.rules import ItemRules, RuleStatus, Standing
from prefill.review.table_problems import table_problems

_PATH = "/rules/{item}"


def rules_router(console: Console) -> APIRouter:
    """The routes, bound to the console's parts."""
    router = APIRouter(prefix="/api/console", tags=["console"])
    _looking(router, console)
    _changing(router, console)
    _approving(router, console)
    return router


def _looking(router: APIRouter, console: Console) -> None:
    may = console.staff.may
    reader = Depends(may(Action.READ_KNOWLEDGE))

    @router.get("/rules", dependencies=[reader])
    def rules(
        text: str = "",
        offset: Annotated[int, Query(ge=0, le=MOST)] = 0,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> wire.RuleLines:
        """Items with review rules, by name."""
        change = console.rule_versions.change()  # before the rules: what comes between the two is told as a change
        book, today, drafts = console.rules(), console.clock().date(), console.rule_versions.states()
        items = [item for item in console.knowledge.items(today) if item.slug in book.items]
        held = {item.slug: book.rules_for(item.slug, today) for item in items}
        owners = {slug: rules.owner if rules else "" for slug, rules in held.items()}
        told = {item.slug: f"{item.name} {item.slug} {owners[item.slug]}" for item in items}
        found = [item for item in items if all(word in told[item.slug] for word in text.split())]
        rows = [
            _line(item, rules, drafts.get(item.slug))
            for item in found[offset : offset + limit]
            if (rules := held[item.slug]) is not None
        ]
        approved = sum(r is not None and r.status is RuleStatus.APPROVED for r in held.values())
        return wire.RuleLines(rows=rows, total=len(found), approved=approved, change=change)

    @router.get(_PATH)
    def sheet(item: str, person: Annotated[Person, Depends(may(Action.READ_KNOWLEDGE))]) -> wire.RuleSheet:
        """The rules as a table: the draft where one waits."""
        return _sheet(console, item, person)

    @router.post(f"{_PATH}/check", dependencies=[reader])
    def check(item: str, edit: wire.RuleEdit) -> wire.RuleCheck:
        """What would be wrong with the table, without saving it."""
        table = edited_table(edit)
        problems = table_problems(table, _working(console, item), _item(console, item))
        return wire.RuleCheck(problems=[problem_line(one) for one in problems], facts=shown_facts(table))

    @router.post(f"{_PATH}/try", dependencies=[reader])
    def attempt(item: str, tried: wire.RuleTry) -> wire.RuleTrial:
        """What the table gives for some facts, or for a whole application, beside what is decided today."""
        service, rules = _item(console, item), _compiled(console, item, tried.edit)
        if tried.case is not None:
            return tried_case(console, service, rules, tried.case)
        return tried_facts(console, service, rules, tried.facts or {})

    @router.post(f"{_PATH}/past", dependencies=[reader])
    def past(item: str, edit: wire.RuleEdit) -> wire.PastCasesSheet:
        """Which stored cases the table would decide otherwise."""
        return past_of(console, _item(console, item), _compiled(console, item, edit))


def _changing(router: APIRouter, console: Console) -> None:
    may = console.staff.may

    @router.put(_PATH)
    def save(
        request: Request, item: str, edit: wire.RuleSave, person: Annotated[Person, Depends(may(Action.EDIT_KNOWLEDGE))]
    ) -> wire.RuleSheet:
        """Keep the table as the item's draft. `If-Match` carries the tag it was loaded with."""
        table, values = edited_table(edit), _working(console, item)
        if any(problem.blocks for problem in table_problems(table, values, _item(console, item))):
            raise SheetRefused
        console.rule_versions.save(item, written(table, values), _tag(request), _hand(console, person, edit.why))
        return _sheet(console, item, person)

    @router.post(f"{_PATH}/review")
    def review(
        request: Request, item: str, reason: Reason, person: Annotated[Person, Depends(may(Action.REVIEW_KNOWLEDGE))]
    ) -> wire.RuleSheet:
        """Say that a draft is right. Not for who wrote it."""
        console.rule_versions.review(item, _tag(request), _hand(console, person, reason.why))
        return _sheet(console, item, person)

    @router.post(f"{_PATH}/publish", dependencies=[Depends(needs(console.services, Capability.PUBLISHING))])
    def publish(
        request: Request,
        item: str,
        order: wire.RulePublish,
        person: Annotated[Person, Depends(may(Action.PUBLISH_KNOWLEDGE))],
    ) -> wire.RuleSheet:
        """Let pre-review use the draft, from today or a later day on."""
        day = order.holds_from or console.clock().date()
        console.rule_versions.publish(item, _tag(request), day, _hand(console, person, order.why))
        return _sheet(console, item, person)

    @router.post(f"{_PATH}/versions/{{version}}/withdraw")
    def withdraw(
        item: str, version: str, reason: Reason, person: Annotated[Person, Depends(may(Action.WITHDRAW_KNOWLEDGE))]
    ) -> wire.RuleSheet:
        """Take the newest published version back at once; the one before it holds again."""
        console.rule_versions.withdraw(item, version, _hand(console, person, reason.why))
        return _sheet(console, item, person)

    @router.post(f"{_PATH}/restore")
    def restore(
        request: Request,
        item: str,
        order: wire.RuleRestore,
        person: Annotated[Person, Depends(may(Action.EDIT_KNOWLEDGE))],
    ) -> wire.RuleSheet:
        """Make a draft of an earlier version; a second person publishes it like any other."""
        hand = _hand(console, person, order.why)
        console.rule_versions.restore(item, order.version, _tag(request), hand)
        return _sheet(console, item, person)

    @router.delete(f"{_PATH}/draft")
    def drop(
        request: Request, item: str, person: Annotated[Person, Depends(may(Action.EDIT_KNOWLEDGE))]
    ) -> wire.RuleSheet:
        """Give the draft up."""
        console.rule_versions.drop(item, _tag(request), _hand(console, person, "放弃草稿"))
        return _sheet(console, item, person)


def _approving(router: APIRouter, console: Console) -> None:
    publishing = Depends(needs(console.services, Capability.PUBLISHING))
    may_publish = Depends(console.staff.may(Action.PUBLISH_KNOWLEDGE))

    @router.post("/rules/approve", status_code=204, dependencies=[publishing])
    def approve(order: RuleApproval, person: Annotated[Person, may_publish]) -> None:
        """Let rules stand as they came with the product, after looking at them: all of the list, or none."""
        for item in order.items:
            _item(console, item)
        console.rule_versions.approve(order.items, order.change, _hand(console, person, order.why))


def _tag(request: Request) -> str:
    return request.headers.get("if-match", "")


def _hand(console: Console, person: Person, why: str) -> Hand:
    return Hand(at=console.clock(), actor=person.id, why=why)


def _item(console: Console, slug: str) -> ServiceItem:
    item = console.knowledge.item(slug, console.clock().date())
    if item is None or slug not in console.rules().items:
        raise UnknownItem
    return item


def _working(console: Console, item: str) -> dict[str, object]:
    """The draft where one waits, else what holds."""
    _item(console, item)
    draft = console.rule_versions.waiting(item)
    return dict(draft.rules if draft else console.rule_versions.newest(item)[0])


def _compiled(console: Console, item: str, edit: wire.RuleEdit) -> ItemRules:
    """The table as rules; a table with problems that block cannot be tried."""
    table, values = edited_table(edit), _working(console, item)
    if any(p.blocks and not p.can_be_tried for p in table_problems(table, values, _item(console, item))):
        raise SheetRefused
    try:
        return read_rules(written(table, values))
    except (CellInvalid, ValueError) as error:
        raise SheetRefused from error


def _line(item: ServiceItem, rules: ItemRules, draft: object) -> wire.RuleLine:
    return wire.RuleLine.model_validate(
        {
            "item": item.slug,
            "name": item.name,
            "owner": rules.owner,
            "status": rules.status,
            "points": len(rules.points),
            "decided": sum(point.standing is not Standing.INFO for point in rules.points),
            "draft": draft,
        }
    )


def _sheet(console: Console, slug: str, person: Person) -> wire.RuleSheet:
    item = _item(console, slug)
    draft = console.rule_versions.waiting(slug)
    held, tag = console.rule_versions.newest(slug)
    rules = draft.rules if draft else held
    table, read = table_of(rules), read_rules(held)
    return wire.RuleSheet(
        item=slug,
        name=item.name,
        tag=draft.tag if draft else tag,
        draft=draft.state if draft else None,
        authors=[console.who(author) for author in draft.authors] if draft else [],
        why=draft.why if draft else "",
        status=read.status,
        approved_by=console.who(read.approved_by) if read.approved_by else None,
        approved_on=read.approved_on,
        owner=table.owner,
        effective_from=table.effective_from,
        effective_to=table.effective_to,
        facts=shown_facts(table),
        points=shown_points(table, item, console),
        measures=dict(MEASURE_WORDS),
        materials=[f"{material.id} {material.name}" for material in item.materials],
        rest=rest_of(rules),
        problems=[problem_line(one) for one in table_problems(table, rules, item)],
        changes=changes_of(held, rules) if draft else [],
        why_not=_why_not(console, person, draft.authors, draft.reviewers) if draft else None,
        versions=[version_line(version, console) for version in console.rule_versions.versions(slug)],
        history=[
            wire.RuleHappening(at=entry.at, who=console.who(entry.actor), action=entry.action, why=entry.why)
            for entry in console.rule_versions.history(slug)
        ],
    )


def _why_not(console: Console, person: Person, authors: tuple[str, ...], reviewers: tuple[str, ...]) -> str | None:
    if not console.staff.permissions.allows(person, Action.PUBLISH_KNOWLEDGE):
        return "您的岗位不能发布，请交给审核人"
    wrote = any(is_same_person(author, person.id) for author in authors)
    others = any(not any(is_same_person(one, author) for author in authors) for one in reviewers)
    return "这份草稿是您写的，要由另一位同事审核发布" if wrote and not others else None
