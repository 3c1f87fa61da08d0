"""Whatever stands in a form or a material, a review comes out, and it is the same twice."""

import random
from dataclasses import replace

import pytest

from knowledge.corpus.catalogue import SHIPPED, load_catalogue
from knowledge.items import ServiceItem
from prefill.review.application import Application, SubmittedMaterial, Value
from prefill.review.reviewing import review
from prefill.review.rulebook import load_rulebook
from tests.fakes.applications import TODAY, a_rent_application

ITEMS: dict[str, ServiceItem] = {item.slug: item for item in load_catalogue(SHIPPED).items}
RULEBOOK = load_rulebook(SHIPPED / "rules")
ODD: tuple[Value, ...] = (
    None,
    "",
    "   ",
    0,
    -1,
    1e300,
    float("nan"),
    True,
    False,
    [],
    ["甲", "乙"],
    {"里面": ["还有"]},
    "0000-00-00",
    "9999-12-31",
    "2026-02-30/2020-01-01",
    "万元",
    "(((",
    "某" * 5000,
    "\u202e反\x00转",
    "{months}",
    "'; drop table",
    "¾",
    "１２３４５６",
    "-",
)


@pytest.mark.parametrize("seed", range(4))
def test_every_item_survives_odd_values(seed: int) -> None:
    dice = random.Random(seed)  # noqa: S311 - repeatable, guards nothing
    for slug, item in ITEMS.items():
        rules = RULEBOOK.rules_for(slug, TODAY)
        assert rules is not None
        names = [name for fact in rules.facts for place in fact.places for name in place.names] or ["姓名"]
        form = {field.name: dice.choice(ODD) for field in item.form_fields}
        materials = tuple(
            SubmittedMaterial(
                material=material.id,
                name=dice.choice((material.name, "", "((")),
                fields={
                    dice.choice(("", "核验_")) + name: dice.choice(ODD) for name in dice.sample(names, len(names) // 2)
                },
            )
            for material in item.materials
        )
        application = Application(item=slug, today=TODAY, form=form, materials=materials)
        first = review(application, item, RULEBOOK)
        assert first == review(application, item, RULEBOOK)
        assert first.notice


@pytest.mark.parametrize("value", ODD, ids=lambda value: repr(value)[:20])
def test_no_odd_value_turns_a_failed_condition_into_a_pass(value: Value) -> None:
    short = a_rent_application(m1={"核验_连续缴存月数": 2, "其他说明": value}, m2={"月租金": value})
    judged = review(short, ITEMS["gjj_rent"], RULEBOOK)
    assert judged.points["c1"].result == "fail"
    assert judged.outcome == "return"


def test_a_material_that_the_sheet_does_not_know_is_no_fault() -> None:
    whole = a_rent_application()
    more = (*whole.materials, SubmittedMaterial(material="m9", name="社保卡", fields={"姓名": "别人"}))
    assert review(replace(whole, materials=more), ITEMS["gjj_rent"], RULEBOOK).outcome == "pass"
