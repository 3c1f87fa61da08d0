"""What ships is valid, says how much it knows, and keeps its identifiers."""

from pathlib import Path

import pytest

from knowledge.corpus.catalogue import SHIPPED, load_catalogue
from knowledge.corpus.report import readmes, with_counts
from knowledge.corpus.validate import validate_folder

SHARED = SHIPPED.parent.parent / "shared"


def test_the_shipped_corpus_has_no_problems() -> None:
    assert [str(problem) for problem in validate_folder(SHIPPED)] == []


@pytest.mark.parametrize("file", [SHIPPED / "README.md", SHIPPED / "asking" / "README.md"], ids=lambda f: f.parent.name)
def test_the_counts_of_the_readme_are_true(file: Path) -> None:
    said = file.read_text(encoding="utf-8")
    assert said == readmes(SHIPPED)[file], "run: python -m knowledge.corpus.report --write"


def test_counts_replace_only_what_stands_between_the_marks() -> None:
    readme = "above\n<!-- counted: begin -->\nold\n<!-- counted: end -->\nbelow\n"
    assert with_counts(readme, "new") == "above\n<!-- counted: begin -->\n\nnew\n\n<!-- counted: end -->\nbelow\n"


@pytest.mark.skipif(not (SHARED / "catalogue").is_dir(), reason="needs ../shared/catalogue, the sheets as handed over")
def test_no_identifier_of_the_handed_over_sheets_is_gone() -> None:
    handed_over, shipped = load_catalogue(SHARED / "catalogue"), load_catalogue(SHIPPED)
    items = {item.slug: item for item in shipped.items}
    for old in handed_over.items:
        new = items[old.slug]
        assert {c.id for c in old.conditions} <= {c.id for c in new.conditions}
        assert {m.id for m in old.materials} <= {m.id for m in new.materials}
        assert {r.id for r in old.review_points} <= {r.id for r in new.review_points}
        assert [f.name for f in old.form_fields] == [f.name for f in new.form_fields]
    policies = {policy.id: policy for policy in shipped.policies}
    for policy in handed_over.policies:
        assert [c.id for c in policy.conditions] == [c.id for c in policies[policy.id].conditions]


@pytest.mark.skipif(not (SHARED / "datasets" / "guangdong").is_dir(), reason="needs ../shared/datasets/guangdong")
def test_another_provinces_catalogue_loads_without_a_problem() -> None:
    catalogue = load_catalogue(SHARED / "datasets" / "guangdong")
    assert len(catalogue.items) > 2000
    assert catalogue.problems == ()
