"""One question at a time finds the situation; conditions that already fail are told before anything else is asked."""

from dataclasses import replace
from datetime import date

import pytest

from knowledge.corpus.catalogue import SHIPPED, load_catalogue
from prefill.review.application import Application
from prefill.review.eligibility import check_early
from prefill.review.rulebook import load_rulebook
from prefill.review.situations import DecisionPaths, Known, facts_known, judge_situation, load_paths
from tests.fakes.applications import TODAY, a_rent_application

ITEMS = {item.slug: item for item in load_catalogue(SHIPPED).items}
RULEBOOK = load_rulebook(SHIPPED / "rules")
PATHS = load_paths(SHIPPED / "rules" / "situations")


def asked_until_certain(paths: DecisionPaths, wanted: str) -> list[str]:
    """The facts asked for when every question is answered so that the wanted situation stays possible."""
    known: dict[str, bool | float | str] = {}
    asked: list[str] = []
    for _ in range(len(paths.questions) + 1):
        judged = judge_situation(paths, known)
        if judged.situation or judged.question is None:
            assert judged.situation is not None
            assert judged.situation.id == wanted
            return asked
        asked.append(judged.question.fact)
        known[judged.question.fact] = next(
            choice.value
            for choice in judged.question.choices
            if any(
                one.id == wanted
                for one in judge_situation(paths, {**known, judged.question.fact: choice.value}).possible
            )
        )
    raise AssertionError(wanted)


@pytest.mark.parametrize("slug", sorted(PATHS))
def test_every_situation_is_reached_by_answering_each_question_at_most_once(slug: str) -> None:
    paths = PATHS[slug]
    assert len(paths.situations) > 1
    for situation in paths.situations:
        asked = asked_until_certain(paths, situation.id)
        assert len(asked) == len(set(asked))


@pytest.mark.parametrize("slug", sorted(PATHS))
def test_situations_name_only_what_the_catalogue_has(slug: str) -> None:
    item = ITEMS[slug]
    for situation in PATHS[slug].situations:
        assert set(situation.materials) <= {material.id for material in item.materials}
        assert situation.instead is None or situation.instead in ITEMS
        assert situation.materials or situation.instead or situation.note


def test_what_the_form_says_is_not_asked_again() -> None:
    paths = PATHS["id_first"]
    form = {"公民身份号码": "11010519491231002X"}
    known = facts_known(paths, Application(item="id_first", today=TODAY, form=form), RULEBOOK.vocabulary)
    judged = judge_situation(paths, known)
    assert judged.question is None
    assert judged.situation is not None
    assert judged.situation.id == "adult"


def test_another_item_is_named_where_it_is_the_right_one() -> None:
    known: Known = {"reason": "丢失"}
    situation = judge_situation(PATHS["id_renew"], known).situation
    assert situation is not None
    assert situation.instead == "id_loss"


def test_a_condition_that_fails_is_told_before_any_material_is_there() -> None:
    bare = Application(item="med_flexible", today=TODAY, form={"缴费基数": "7000"})
    early = check_early(bare, ITEMS["med_flexible"], RULEBOOK)
    assert early.is_out_of_question
    assert [point.id for point in early.failed] == ["c2"]
    assert "7000" in early.failed[0].reason


def test_what_is_not_there_yet_fails_nothing() -> None:
    for slug, item in ITEMS.items():
        empty = Application(item=slug, today=date(2026, 4, 1), form={})
        assert check_early(empty, item, RULEBOOK).failed == (), slug


def test_conditions_that_hold_are_known_early_too() -> None:
    whole = a_rent_application()
    early = check_early(replace(whole, materials=whole.materials[:1]), ITEMS["gjj_rent"], RULEBOOK)
    assert {"c1", "c2", "c3"} <= {point.id for point in early.held}
    assert not early.is_out_of_question
