"""A catalogue without ways of asking of its own: those that ship hold for the items that are the shipped ones."""

import shutil
from datetime import date
from pathlib import Path

from assistant.bootstrap import build_scratch_product, shipped_corpus
from assistant.dialogue import Question
from assistant.settings import Settings
from knowledge.recognition.decision import Decision

SLUGS = ("id_loss", "passport_loss", "marriage_reg", "gjj_rent", "hukou_birth")
SAID = "领证要预约吗，我跟我对象想挑个日子"


def candidates(tmp_path: Path) -> tuple[Decision, dict[str, float]]:
    """The decision and the scores for a request in words that no sheet has."""
    sheets = tmp_path / "sheets"
    sheets.mkdir()
    for slug in SLUGS:
        shutil.copy(shipped_corpus() / "items" / f"{slug}.yaml", sheets)
    settings = Settings(home=tmp_path / "home")
    with build_scratch_product(
        settings, tmp_path / "scratch", catalogue=sheets, documents=None, say=lambda _: None
    ) as product:
        found = product.assistant.recognize(Question(text=SAID, as_of=date(2026, 11, 22)))
    return found.decision, {candidate.item: candidate.score for candidate in found.candidates}


def test_a_copied_sheet_is_recognized_as_well_as_the_shipped_one(tmp_path: Path) -> None:
    decision, scores = candidates(tmp_path)
    assert decision is Decision.ACCEPT
    assert max(scores, key=lambda item: scores[item]) == "marriage_reg"
