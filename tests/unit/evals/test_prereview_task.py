"""The evaluation of pre-review: outcomes, wrong passes, points, and rows as the contract has them."""

import json
from pathlib import Path

import pytest

from evals.progress import Shown
from evals.review_samples import PrereviewCase
from evals.samples import CaseFile
from evals.tasks import prereview as task
from knowledge.corpus.catalogue import SHIPPED, load_catalogue
from prefill.review.application import SubmittedMaterial
from prefill.review.rulebook import load_rulebook
from tests.fakes.applications import a_rent_application

ITEMS = {item.slug: item for item in load_catalogue(SHIPPED).items}
RULEBOOK = load_rulebook(SHIPPED / "rules")


def a_case(identifier: str, outcome: str, **changes: object) -> str:
    application = a_rent_application(**changes)  # type: ignore[arg-type]
    return json.dumps(
        {
            "id": identifier,
            "item": application.item,
            "today": application.today.isoformat(),
            "form": dict(application.form),
            "materials": [
                {"material": m.material, "name": m.name, "fields": dict(m.fields)} for m in application.materials
            ],
            "expected": {"outcome": outcome, "points": {"c1": "pass"}, "missing_materials": [], "codes": []},
            "why": "kept and ignored",
        },
        ensure_ascii=False,
    )


def test_a_run_counts_wrong_passes_and_wrong_returns(tmp_path: Path) -> None:
    data = tmp_path / "cases.jsonl"
    lines = (a_case("a", "pass"), a_case("b", "return"), a_case("c", "pass", m2={"双方签名": False}), "no case")
    data.write_text("\n".join(lines), encoding="utf-8")
    result = task.run(CaseFile(data, PrereviewCase), ITEMS, RULEBOOK, None, Shown("prereview"))
    assert result.metrics["outcome_accuracy"].value == pytest.approx(1 / 3)
    assert (result.metrics["false_pass"].value, result.metrics["false_pass"].n) == (1.0, 1)
    assert (result.metrics["false_return"].value, result.metrics["false_return"].n) == (0.5, 2)
    assert result.metrics["coverage"].value == 1.0
    assert [broken.line for broken in result.broken] == [4]
    row = result.rows[2]
    assert (row["id"], row["outcome"], row["codes"]) == ("c", "return", ["unsigned"])
    points = row["points"]
    assert isinstance(points, dict)
    point = points["c1"]
    assert isinstance(point, dict)
    assert set(point) == {"result", "reason", "basis"}


class TypedReader:
    """Reads a text file of `key=value` lines: a reader as small as the role allows."""

    def read(self, material: SubmittedMaterial, content: bytes) -> SubmittedMaterial:
        pairs = (line.split("=") for line in content.decode().splitlines())
        return SubmittedMaterial(material=material.material, name="申请人居民身份证", fields=dict(pairs))


def test_a_material_that_comes_as_a_file_is_read_before_it_is_reviewed(tmp_path: Path) -> None:
    case = json.loads(a_case("a", "return"))
    case["materials"][0] = {"material": "m1", "name": "", "file": "card.txt"}
    (tmp_path / "card.txt").write_text("姓名=周某\n公民身份号码=11010519491231002X", encoding="utf-8")
    data = tmp_path / "cases.jsonl"
    data.write_text(json.dumps(case), encoding="utf-8")
    result = task.run(CaseFile(data, PrereviewCase), ITEMS, RULEBOOK, lambda _year: TypedReader(), Shown("prereview"))
    assert result.rows[0]["codes"] == ["mismatch"]
