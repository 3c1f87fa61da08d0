"""The rules that ship: every item has some, every rule gives what its examples say, and none decides without facts."""

from datetime import date
from pathlib import Path

import pytest

from knowledge.corpus.catalogue import SHIPPED, load_catalogue
from prefill.review.checking import rule_problems
from prefill.review.rulebook import load_rulebook
from prefill.review.rules import PointRule, Standing
from prefill.review.tables import as_jdm, fits, negated

CATALOGUE = load_catalogue(SHIPPED)
RULEBOOK = load_rulebook(SHIPPED / "rules")
DAY = date(2026, 11, 22)


def test_the_shipped_rules_have_no_problems_and_every_example_holds() -> None:
    assert [str(problem) for problem in rule_problems(SHIPPED / "rules", CATALOGUE.items)] == []


def test_every_item_has_rules_with_an_owner_in_force_today() -> None:
    for item in CATALOGUE.items:
        rules = RULEBOOK.rules_for(item.slug, DAY)
        assert rules is not None, item.slug
        assert rules.owner


def test_rules_are_not_in_force_before_their_day() -> None:
    assert RULEBOOK.rules_for("gjj_rent", date(2024, 12, 31)) is None


def test_most_items_decide_something_by_machine() -> None:
    deciding = [slug for slug in RULEBOOK.items if any(p.standing is not Standing.INFO for p in _points(slug))]
    assert len(deciding) >= 150


def _points(slug: str) -> tuple[PointRule, ...]:
    rules = RULEBOOK.rules_for(slug, DAY)
    return rules.points if rules else ()


def test_the_tables_are_a_decision_model_with_one_table_a_point() -> None:
    rules = RULEBOOK.rules_for("gjj_rent", DAY)
    assert rules is not None
    nodes = as_jdm(rules)["nodes"]
    assert isinstance(nodes, list)
    assert {node["type"] for node in nodes} == {"inputNode", "outputNode", "decisionTableNode"}
    assert sum(node["type"] == "decisionTableNode" for node in nodes) == 7


@pytest.mark.parametrize("cell", [">= 3", "!= 3", "not in ['a']", "[1..3]", "'a'", "true", "< 3", "not in [1..3]"])
def test_no_test_is_true_of_what_is_not_known(cell: str) -> None:
    assert not fits({"fact": cell}, {})


@pytest.mark.parametrize(
    ("cell", "holds", "fails"),
    [(">= 3", 3, 2), ("true", True, False), ("[1..3]", 3, 4), ("'a','b'", "b", "c"), ("0", 0, 1), ("!= ''", "x", "")],
)
def test_the_negation_holds_exactly_where_the_test_does_not(cell: str, holds: object, fails: object) -> None:
    assert fits({"fact": cell}, {"fact": holds})
    assert not fits({"fact": negated(cell)}, {"fact": holds})
    assert fits({"fact": negated(cell)}, {"fact": fails})


BROKEN = """
schema_version: '1.0'
item: gjj_rent
owner: 某处
status: draft
effective_from: '2026-01-01'
facts:
  months: number(m1.连续缴存月数)
points:
  c1: {all: {month: '>= 3'}, ok: {month: 3}, bad: {month: 2}}
  c9: info
"""


def test_a_broken_rule_is_told_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "gjj_rent.yaml").write_text(BROKEN, encoding="utf-8")
    told = [str(problem) for problem in rule_problems(tmp_path, CATALOGUE.items)]
    assert any("gjj_rent.yaml:10: no fact is called month" in one for one in told)
    assert any("gjj_rent.yaml:11: the sheet has no point c9" in one for one in told)
    assert any("c2 of the sheet has no rule" in one for one in told)


def test_an_example_that_does_not_hold_is_told(tmp_path: Path) -> None:
    text = (SHIPPED / "rules" / "travel_agency.yaml").read_text(encoding="utf-8")
    changed = text.replace('all: {capital: ">= 30"}', 'all: {capital: "> 30"}')
    assert changed != text
    (tmp_path / "travel_agency.yaml").write_text(changed, encoding="utf-8")
    told = [str(problem) for problem in rule_problems(tmp_path, CATALOGUE.items)]
    assert any("the example {'capital': 30.0} gives fail, not pass" in one for one in told)
