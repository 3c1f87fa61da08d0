"""Before a draft is published the cases it touches are asked with it; what changes is shown, the home stays."""

import copy
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.bootstrap import build_product, shipped_corpus
from assistant.settings import Settings
from assistant.storage.evaluation_cases import CaseTask, EvaluationCases
from evals.compare import NotComparable
from evals.draft_effect import effect_of
from evals.progress import Silent
from knowledge.storage.log import Hand
from knowledge.storage.sheet_drafts import SheetDrafts
from tests.fakes.databases import fresh_database, postgresql

SLUG = "dog_reg"
ASKED = "养犬登记内环里一年交多少钱"


@pytest.fixture(params=["sqlite", "postgresql"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """A home of a few items, on either database."""
    items = tmp_path / "corpus" / "items"
    items.mkdir(parents=True)
    for slug in (SLUG, "id_loss", "marriage_reg"):
        file = shipped_corpus() / "items" / f"{slug}.yaml"
        if file.exists():
            shutil.copy(file, items)
    plain = Settings().model_copy(
        update={"home": tmp_path / "home", "corpus": tmp_path / "corpus", "llm_base_url": None, "database_url": None}
    )
    if request.param == "sqlite":
        yield plain
        return
    with postgresql(tmp_path / "pg") as server:
        yield plain.model_copy(update={"database_url": fresh_database(server, "effect")})


def test_the_effect_of_a_sheets_draft_is_shown_before_it_is_published(settings: Settings) -> None:
    with build_product(settings, say=lambda _: None) as product:
        hand = Hand(at=product.now(), actor="li", why="收费改了")
        content = {"question": ASKED, "answerable": True, "facts": [["500"]], "citations": [f"items/{SLUG}"]}
        EvaluationCases(product.engine).save(CaseTask.ANSWERS, content, note="", now=hand.at, actor="li")
        drafts = SheetDrafts(product.engine)
        published = drafts.published(SLUG)
        sheet = copy.deepcopy(dict(published.sheet))
        fee = sheet["fee"]
        assert isinstance(fee, dict)
        fee["value"] = str(fee["value"]).replace("500", "650")
        drafts.save(SLUG, sheet, published.fingerprint, hand)

    found = effect_of(settings, f"items/{SLUG}", Silent()).as_json()
    changed = found["changed"]
    assert isinstance(changed, list)
    (asked,) = [one for one in changed if isinstance(one, dict) and one["asked"] == ASKED]
    assert "500" in str(asked["before"])
    assert "650" in str(asked["after"])
    assert asked["flipped"], "the case wants the old fee: it has to be looked at"
    assert json.dumps(found)

    with build_product(settings, say=lambda _: None) as product:
        drafts = SheetDrafts(product.engine)
        assert drafts.waiting(SLUG) is not None
        assert "500" in json.dumps(drafts.published(SLUG).sheet, ensure_ascii=False)


@pytest.mark.parametrize("settings", ["sqlite"], indirect=True)
def test_without_a_draft_there_is_no_effect_to_show(settings: Settings) -> None:
    with pytest.raises(NotComparable):
        effect_of(settings, "items/nothing", Silent())
