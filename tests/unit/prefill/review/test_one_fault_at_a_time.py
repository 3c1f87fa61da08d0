"""Faultless applications of rarely tried items pass, and with one thing changed they come out as they should."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
import yaml

from knowledge.corpus.catalogue import SHIPPED, load_catalogue
from prefill.review.application import Application, SubmittedMaterial, Value
from prefill.review.result import Outcome, Review
from prefill.review.reviewing import review
from prefill.review.rulebook import load_rulebook

ITEMS = {item.slug: item for item in load_catalogue(SHIPPED).items}
RULEBOOK = load_rulebook(SHIPPED / "rules")
DAY = date(2026, 11, 21)
Fields = dict[str, Value]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is changed (None: taken away), by `form.field`, `m1.field` or `m1`, and what comes out."""

    change: Fields
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Faultless:
    """An application that passes, and its faults."""

    item: str
    form: Fields
    materials: dict[str, Fields]
    faults: list[dict[str, object]]

    def judged(self, fault: Fault | None = None) -> Review:
        form, materials = dict(self.form), {key: dict(fields) for key, fields in self.materials.items()}
        for path, value in fault.change.items() if fault else ():
            place, _, field = path.partition(".")
            if not field:
                del materials[place]
                continue
            fields = form if place == "form" else materials.setdefault(place, {})
            if value is None:
                fields.pop(field, None)
            else:
                fields[field] = value
        names = {material.id: material.name for material in ITEMS[self.item].materials}
        handed = (SubmittedMaterial(material=key, name=names[key], fields=kept) for key, kept in materials.items())
        application = Application(item=self.item, today=DAY, form=form, materials=tuple(handed))
        return review(application, ITEMS[self.item], RULEBOOK)


CASES = [
    Faultless(**values)
    for values in yaml.safe_load(Path(__file__).with_name("one_fault_each.yaml").read_text(encoding="utf-8"))
]
FAULTS = [(case, Fault(**fault)) for case in CASES for fault in case.faults]  # type: ignore[arg-type]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.item)
def test_a_faultless_application_passes(case: Faultless) -> None:
    judged = case.judged()
    assert judged.outcome is Outcome.PASS, judged.notice


@pytest.mark.parametrize(("case", "fault"), FAULTS, ids=lambda part: getattr(part, "item", None))
def test_one_changed_thing_is_seen(case: Faultless, fault: Fault) -> None:
    judged = case.judged(fault)
    assert judged.outcome == fault.outcome, (fault.change, judged.notice)
