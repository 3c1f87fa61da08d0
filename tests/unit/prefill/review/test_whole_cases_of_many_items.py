"""Whole applications of many items: right ones pass, and one with a needed material taken away is returned for it."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
import yaml

from knowledge.corpus.catalogue import SHIPPED, load_catalogue
from prefill.review.application import Application, SubmittedMaterial, Value
from prefill.review.result import Outcome
from prefill.review.reviewing import review
from prefill.review.rulebook import load_rulebook

ITEMS = {item.slug: item for item in load_catalogue(SHIPPED).items}
RULEBOOK = load_rulebook(SHIPPED / "rules")
DAY = date(2026, 11, 21)


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeCase:
    """One application of the data file, with what becomes of it."""

    name: str
    item: str
    outcome: str
    form: dict[str, Value]
    materials: dict[str, dict[str, Value]]

    def application(self, without: str = "") -> Application:
        names = {material.id: material.name for material in ITEMS[self.item].materials}
        handed = (
            SubmittedMaterial(material=key, name=names[key], fields=fields)
            for key, fields in self.materials.items()
            if key != without
        )
        return Application(item=self.item, today=DAY, form=self.form, materials=tuple(handed))


CASES = [
    WholeCase(**values)
    for values in yaml.safe_load(Path(__file__).with_name("whole_cases.yaml").read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_whole_case_comes_out_as_it_should(case: WholeCase) -> None:
    judged = review(case.application(), ITEMS[case.item], RULEBOOK)
    assert judged.outcome == case.outcome, judged.notice


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_without_a_needed_material_it_is_returned_for_exactly_that(case: WholeCase) -> None:
    for material in ITEMS[case.item].materials:
        if material.required_when == "必要" and material.id in case.materials:
            judged = review(case.application(without=material.id), ITEMS[case.item], RULEBOOK)
            assert judged.outcome is Outcome.RETURN
            assert judged.missing_materials == (material.id,)
