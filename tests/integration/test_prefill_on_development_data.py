"""The goals of prefill, held on the development cases beside the checkout; skipped where those are absent."""

from pathlib import Path

import pytest

from evals.samples import CaseFile, PrefillCase
from evals.tasks import prefill
from knowledge.corpus.catalogue import SHIPPED, load_catalogue

CASES = Path(__file__).resolve().parents[2].parent / "shared" / "datasets" / "prefill" / "dev.jsonl"


@pytest.mark.skipif(not CASES.exists(), reason="the development data is not beside this checkout")
def test_the_development_cases_are_filled_as_they_should_be() -> None:
    items = {item.slug: item for item in load_catalogue(SHIPPED).items}
    result = prefill.run(CaseFile(CASES, PrefillCase), items, {}, iter)
    values = {name: measure.value for name, measure in result.metrics.items()}
    assert values["field_precision"] >= 0.99
    assert values["field_recall"] >= 0.97
    assert values["prefill_ratio"] >= 0.85
    assert values["must_ask_recall"] >= 0.97
    assert values["false_fills"] == 0
