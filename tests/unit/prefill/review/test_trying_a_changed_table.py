"""A changed table is tried on past cases before anybody publishes it."""

from knowledge.corpus.catalogue import SHIPPED, load_catalogue
from prefill.review.result import Outcome, PointResult
from prefill.review.rulebook import load_rulebook
from prefill.review.trying import changed_cases, read_edited
from tests.fakes.applications import a_rent_application

ITEM = next(item for item in load_catalogue(SHIPPED).items if item.slug == "gjj_rent")
RULEBOOK = load_rulebook(SHIPPED / "rules")
TEXT = (SHIPPED / "rules" / "gjj_rent.yaml").read_text(encoding="utf-8")
STRICTER = (
    TEXT.replace('all: {months: ">= 3"}', 'all: {months: ">= 6"}')
    .replace("ok: {months: 3}", "ok: {months: 6}")
    .replace("bad: {months: 2}", "bad: {months: 5}")
)
CASES = (
    ("long", a_rent_application()),
    ("short", a_rent_application(m1={"核验_连续缴存月数": 4})),
    ("too short", a_rent_application(m1={"核验_连续缴存月数": 2})),
)


def test_exactly_the_cases_between_the_old_and_the_new_limit_change() -> None:
    edited = read_edited(STRICTER, ITEM)
    assert edited.problems == ()
    assert edited.rules is not None
    changed = changed_cases(CASES, ITEM, RULEBOOK, edited.rules)
    assert [(one.id, one.before, one.after) for one in changed] == [("short", Outcome.PASS, Outcome.RETURN)]
    assert dict(changed[0].points) == {"c1": (PointResult.PASS, PointResult.FAIL)}


def test_the_shipped_rules_change_nothing() -> None:
    edited = read_edited(TEXT, ITEM)
    assert edited.rules is not None
    assert changed_cases(CASES, ITEM, RULEBOOK, edited.rules) == ()


def test_an_edit_that_forgets_its_examples_cannot_be_used() -> None:
    edited = read_edited(TEXT.replace('all: {months: ">= 3"}', 'all: {months: ">= 6"}'), ITEM)
    assert edited.rules is None
    assert any("the example" in problem.message for problem in edited.problems)


def test_broken_text_is_told_with_its_line() -> None:
    edited = read_edited("item: [", ITEM)
    assert edited.rules is None
    assert edited.problems[0].line >= 1
