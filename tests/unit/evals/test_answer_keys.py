"""Questions made from the catalogue: what is sourced has to be said, what is not must not be, and all is repeatable."""

from datetime import date
from pathlib import Path

import pytest

from evals.keys.making import Request, keys_of
from evals.keys.writing import sampled
from evals.samples import AnswerCase
from knowledge.corpus.catalogue import load_catalogue
from tests.fakes.sheets import a_catalogue, an_item_sheet

TODAY = date(2026, 11, 22)
CORPUS = Path(__file__).resolve().parents[3] / "corpus"


@pytest.fixture(scope="module", name="shipped")
def _shipped() -> list[AnswerCase]:
    catalogue = load_catalogue(CORPUS)
    return list(keys_of(catalogue.items, catalogue.policies, (), TODAY))


def test_a_sourced_fee_is_expected_and_an_open_one_must_stay_unanswered(shipped: list[AnswerCase]) -> None:
    free = next(c for c in shipped if c.id == "key-bundle_restaurant-fee-0")
    assert free.answerable
    assert any("免费" in wording for fact in free.facts for wording in fact)
    unknown = next(c for c in shipped if c.id == "key-adoption_reg-fee-open-0")
    assert not unknown.answerable
    assert unknown.facts == []


def test_the_catalogue_gives_thousands_of_questions_each_with_its_own_id(shipped: list[AnswerCase]) -> None:
    assert len(shipped) > 2_000
    assert len({case.id for case in shipped}) == len(shipped)
    assert {tag.partition(":")[0] for case in shipped for tag in case.tags[:1]} >= {
        "stated",
        "unverified",
        "other-region",
        "false-premise",
        "as-of",
        "as-of-over",
    }


def test_a_changed_fee_changes_the_key(tmp_path: Path) -> None:
    fees = {}
    for fee in ("500元/年", "300元/年"):
        catalogue = a_catalogue(tmp_path / fee[:3], an_item_sheet(fee=fee))
        asked = [Request("dog_reg", "养狗要登记")]
        cases = list(keys_of(catalogue.items, catalogue.policies, asked, TODAY))
        fees[fee] = next(c for c in cases if "facet:fee" in c.tags and c.answerable).facts
        assert any("养狗要登记" in case.question for case in cases)
    assert fees["500元/年"] != fees["300元/年"]


def test_a_sample_is_the_same_each_time(shipped: list[AnswerCase]) -> None:
    assert sampled(shipped, 50) == sampled(shipped, 50)
    assert len(sampled(shipped, 50)) == 50
    assert sampled(shipped, None) == shipped
