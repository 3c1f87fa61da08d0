"""A sheet and a document that say the same of an item but for a small word that turns it round."""

from pathlib import Path

import pytest

from assistant.upkeep.conflicts import conflicts_in
from knowledge.corpus.catalogue import Catalogue
from tests.fakes.laws import TODAY, LawsAndSheets, a_law
from tests.fakes.sheets import a_catalogue, an_item_sheet

CONDITION = "养犬人应当具有本市常住户口或者居住证"


@pytest.fixture(name="catalogue")
def _catalogue(tmp_path: Path) -> Catalogue:
    sheet = an_item_sheet()
    first = sheet.index("conditions:")
    text = sheet[first:].split("text: ", 1)[1].split("\n", 1)[0]
    return a_catalogue(tmp_path / "c", sheet.replace(f"text: {text}", f"text: {CONDITION}", 1))


def codes(catalogue: Catalogue, text: str) -> list[str]:
    law = a_law("n.txt", "犬类办事问答", text)
    return [finding.code for finding in conflicts_in(LawsAndSheets(law, catalogue=catalogue), TODAY)]


@pytest.mark.parametrize(
    "text",
    [
        "办理养犬登记的，养犬人可以具有本市常住户口或者居住证。",
        "办理养犬登记的，养犬人不需要具有本市常住户口或者居住证。",
    ],
    ids=["must and may", "must and need not"],
)
def test_the_opposite_of_a_condition_conflicts(catalogue: Catalogue, text: str) -> None:
    assert codes(catalogue, text) == ["condition_differs"]


@pytest.mark.parametrize(
    "text",
    [
        "办理养犬登记的，养犬人应当具有本市常住户口或者居住证。",
        "办理养犬登记的，养犬人必须具有本市常住户口或居住证。",
        "办理养犬登记的，养犬人不得虐待、遗弃所养犬只。",
        "办理机动车登记的，机动车所有人不需要具有本市常住户口或者居住证。",
    ],
    ids=["the same", "the same in other words", "something else", "another item"],
)
def test_what_does_not_turn_it_round_is_no_conflict(catalogue: Catalogue, text: str) -> None:
    assert codes(catalogue, text) == []
