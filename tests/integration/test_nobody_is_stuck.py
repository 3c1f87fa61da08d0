"""Who does not know a value goes on, no unfilled slot reaches anybody, and every item begins or says where to go."""

import re
from dataclasses import replace

import pytest

from assistant.cases.building import build_handling, build_talking
from assistant.cases.guiding import StepKind
from assistant.cases.handling import Handled
from assistant.cases.happenings import ConditionAnswered, PartsChosen
from assistant.cases.keeping import MemoryCases
from assistant.cases.standing import Settlement
from assistant.dialogue import Question
from prefill.review.application import Application
from prefill.review.eligibility import check_early
from prefill.review.points import without_slots
from prefill.review.reviewing import review
from prefill.review.rulebook import shipped_rulebook
from tests.fakes.case_product import NOW, ShippedKnowledge, shipped_items

HANDLING = build_handling(ShippedKnowledge(), MemoryCases(), lambda: NOW)
TALKING = build_talking(HANDLING)
ITEMS = shipped_items()
SLOT = re.compile(r"\{\w*\}")
HANDLED = sorted(slug for slug, item in ITEMS.items() if HANDLING.desk.reviewer.handles(item))


def without_knowing(handled: Handled) -> Handled:
    """Go on as somebody who knows nothing and brings everything to the window."""
    for _ in range(300):
        case, step = handled.case, handled.step
        match step.kind:
            case StepKind.SITUATION if step.situation is not None:
                handled = HANDLING.situate(case, step.situation, None)
            case StepKind.PARTS:
                handled = HANDLING.add(case, [PartsChosen((case.item,))])
            case StepKind.CONDITIONS:
                handled = HANDLING.add(case, [ConditionAnswered(c.id, None) for c in step.conditions])
            case StepKind.FIELD | StepKind.FORM:
                handled = HANDLING.enter(case, {f.key: None for f in step.fields}, said=True)
            case StepKind.MATERIAL if step.material is not None:
                part, number = step.material.uses[0]
                handled = HANDLING.settle(case, part, number, Settlement.BRING)
            case StepKind.CONFIRM | StepKind.REVIEW if case.review is None:
                handled = HANDLING.review(HANDLING.confirm(case).case)
            case _:
                return handled
    raise AssertionError(f"{handled.case.item} goes round in circles at {handled.step.name}")


@pytest.mark.parametrize("slug", HANDLED[::2])  # every second one: it takes a while
def test_who_knows_nothing_comes_to_the_end_and_a_person_sees_to_what_is_open(slug: str) -> None:
    handled = without_knowing(HANDLING.open(f"lost-{slug}", [ITEMS[slug]], "上海市"))
    told = handled.case.review
    assert told is not None
    assert told.outcome in ("human", "return")
    left = [f.field.name for f in handled.standing.left_open]
    assert all(any(name in finding.what for finding in told.findings) for name in left)
    words = [told.notice, *(f.what for f in told.findings), *(f.remedy for f in told.findings)]
    assert [word for word in words if SLOT.search(word)] == []


def test_an_item_without_rules_gives_its_check_list_and_the_way_to_a_person() -> None:
    item = replace(ITEMS["id_loss"], slug="without_rules", name="某项还没有规则的事")
    text = f"我要办{item.name}"
    question = Question(text=text, as_of=NOW.date(), history=(), holder="somebody")
    reply = TALKING.begin(question, text, [item])
    assert reply is not None
    assert [row.text for row in reply.rows] == [m.name for m in item.materials]
    assert reply.person or reply.hands_over
    assert not any(SLOT.search(said.text) for said in reply.says)


@pytest.mark.parametrize("slug", HANDLED)
def test_no_sentence_of_a_rule_or_a_sheet_reaches_anybody_with_a_slot(slug: str) -> None:
    book, item = shipped_rulebook(), ITEMS[slug]
    rules = book.rules_for(slug, NOW.date())
    assert rules is not None
    names = {fact.name for fact in rules.facts}
    for point in rules.points:
        for row in point.rows:
            assert set(re.findall(r"\{(\w+)\}", row.say)) <= names, (point.id, row.say)
            assert SLOT.search(row.remedy) is None
            assert SLOT.search(without_slots(row.say)) is None
    bare = Application(item=slug, today=NOW.date(), form={})
    found = review(bare, item, book)
    early = check_early(bare, item, book)
    words = [p.reason for p in (*found.points.values(), *early.failed, *early.held)]
    words += [c.text for c in item.conditions] + [m.name for m in item.materials] + [f.name for f in item.form_fields]
    assert [word for word in words if SLOT.search(word or "")] == []


def test_a_clause_whose_value_is_not_known_is_left_out() -> None:
    assert without_slots("贷款{amount}元，超过了最高额。请改小。") == "超过了最高额。请改小。"
    assert without_slots("请改小，不超过{amount}元") == "请改小。"
    assert without_slots("贷款{amount}元。") == "贷款（没有读到）元。"
    assert without_slots("没有空格。") == "没有空格。"
