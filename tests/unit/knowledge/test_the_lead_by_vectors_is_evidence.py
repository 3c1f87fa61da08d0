"""Evidence: a question whose words stand nowhere is believed to be answered where one passage is nearer than all."""

from knowledge.search.evidence import EVIDENCE_NEEDED, Signs, lead_of, shipped_model

FEW_WORDS = {"lexical": 0.1, "words_in_best": 0.3, "pairs_in_best": 0.25, "gap": 0.3}
MANY_WORDS = {"lexical": 0.5, "words_in_best": 0.9, "pairs_in_best": 0.8, "gap": 0.5}


def test_the_lead_is_measured_against_the_fifty_nearest() -> None:
    lead = lead_of([0.9, *[0.8] * 49, *[0.1] * 50])
    assert lead is not None
    assert round(lead, 4) == round((0.9 - 0.802) / 0.802, 4)


def test_too_few_neighbors_say_nothing() -> None:
    assert lead_of([0.9, 0.8, 0.7]) is None


def test_everyday_words_are_enough_where_one_passage_leads() -> None:
    model = shipped_model()
    assert model.probability(Signs(**FEW_WORDS, lead=None)) < EVIDENCE_NEEDED
    assert model.probability(Signs(**FEW_WORDS, lead=0.05)) >= EVIDENCE_NEEDED


def test_what_is_near_to_everything_is_answered_by_nothing() -> None:
    assert shipped_model().probability(Signs(**FEW_WORDS, lead=0.005)) < EVIDENCE_NEEDED


def test_words_alone_still_decide_without_vectors() -> None:
    assert shipped_model().probability(Signs(**MANY_WORDS, lead=None)) >= EVIDENCE_NEEDED
