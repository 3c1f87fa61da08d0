"""A wish is begun for the item that leads or is called by its name; where two may be meant it is asked."""

from assistant.steps.leading import leading_item
from knowledge.recognition.decision import Candidate, Decision, Recognition
from tests.fakes.small_knowledge import an_item

ITEMS = (an_item("loss", "船员证遗失补发"), an_item("renew", "船员证到期换发"), an_item("tax", "船舶吨税申报"))


def asked_back(**scores: float) -> Recognition:
    candidates = tuple(Candidate(slug, score) for slug, score in scores.items())
    return Recognition(decision=Decision.CLARIFY, accepted=(), choices=tuple(scores), candidates=candidates)


def meant(text: str, **scores: float) -> str | None:
    found = leading_item(text, asked_back(**scores), ITEMS)
    return found.slug if found is not None else None


def test_an_item_far_ahead_is_meant() -> None:
    assert meant("我想补一张船上用的证", loss=0.95, renew=0.3) == "loss"


def test_a_second_item_that_is_named_as_well_leaves_it_open() -> None:
    assert meant("我想办船员证", loss=0.95, renew=0.45) is None


def test_a_second_item_that_is_likely_but_not_named_does_not() -> None:
    assert meant("帮我补发船员证", loss=0.95, tax=0.45) == "loss"


def test_two_items_side_by_side_are_asked() -> None:
    assert meant("船上的证要弄一下", loss=0.86, renew=0.8) is None


def test_an_item_alone_called_by_its_name_is_meant_though_less_likely() -> None:
    assert meant("帮我办船舶吨税", tax=0.7, loss=0.5) == "tax"


def test_what_is_certain_or_unknown_is_left_as_it_is() -> None:
    sure = Recognition(decision=Decision.ACCEPT, accepted=("tax",), choices=(), candidates=(Candidate("tax", 1.0),))
    assert leading_item("船舶吨税申报", sure, ITEMS) is None
    assert leading_item("船舶吨税申报", asked_back(), ITEMS) is None
