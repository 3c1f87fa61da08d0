"""Whole documents: where a question's words are spread over several passages, the document that has them all wins."""

from knowledge.search.fusing import Candidate, with_whole
from knowledge.search.whole import LONGEST, readable, scores


def a_candidate(name: str, score: float) -> Candidate:
    return Candidate(name, lexical=score, dense=None, score=score)


def test_a_document_that_says_every_pair_beats_one_that_says_some() -> None:
    pairs = {"养犬": 2.0, "登记": 1.0, "期限": 1.5}
    found = scores({"all": "养犬要登记。期限为三十日。", "some": "养犬的人要文明遛犬，不扰邻。"}, pairs)
    assert 0.0 < found["some"] < found["all"] < 1.0


def test_nothing_asked_and_nothing_said_score_nothing() -> None:
    assert scores({}, {"养犬": 1.0}) == {}
    assert scores({"empty": ""}, {"养犬": 1.0}) == {"empty": 0.0}
    assert scores({"some": "养犬"}, {}) == {"some": 0.0}


def test_a_code_of_laws_stands_for_itself_by_the_passage_that_was_found() -> None:
    code = [f"第{n}条" for n in range(LONGEST + 1)]
    assert readable("民法典", code, "第7条") == "民法典\n第7条"
    assert "第7条" in readable("通知", code[:LONGEST], "第1条")


def test_the_document_that_holds_more_lifts_its_passages() -> None:
    ranked = [a_candidate("a1", 0.6), a_candidate("b1", 0.5)]
    lifted = with_whole(ranked, {"a1": "a", "b1": "b"}, {"a": 0.2, "b": 0.8}, 0.6)
    assert [c.id for c in lifted] == ["b1", "a1"]
    assert all(0.0 <= c.score <= 1.0 for c in lifted)


def test_without_any_reading_the_order_stays() -> None:
    ranked = [a_candidate("a1", 0.6), a_candidate("b1", 0.5)]
    assert with_whole(ranked, {"a1": "a", "b1": "b"}, {"a": 0.0}, 0.6) == ranked
