"""Citations by clause and by span: a right source is not enough, its wording has to bear the fact."""

import pytest

from evals.scorers.citation_spans import (
    CitedClause,
    CitingSentence,
    Part,
    clause_precision,
    clause_recall,
    span_precision,
    span_recall,
)

FEE = CitedClause(source="items/id", anchor="fee", quote="工本费：40 元/证")
PLACE = CitedClause(source="items/id", anchor="place", quote="户籍地派出所")
OTHER = CitedClause(source="items/dog", anchor="fee", quote="40元")
FACTS = (("40元", "四十元"), ("10个工作日",))


def test_a_clause_counts_where_it_is_of_a_right_source_and_bears_a_fact() -> None:
    cited = (FEE, FEE, PLACE, OTHER)
    assert clause_precision(cited, FACTS, ["items/id"]) == Part(1, 3)
    assert clause_recall(cited, FACTS, ["items/id"]) == Part(1, 2)
    assert clause_recall((OTHER,), FACTS, ["items/id"]) == Part(0, 2)


def test_a_fact_is_borne_only_by_the_citation_of_its_own_sentence() -> None:
    right = CitingSentence(text="收费40元。", quotes=(FEE.quote,))
    crossed = CitingSentence(text="收费四十元。", quotes=(PLACE.quote,))
    assert span_recall((right,), FACTS) == Part(1, 1)
    assert span_recall((crossed,), FACTS) == Part(0, 1)
    assert span_recall((CitingSentence(text="请到窗口。", quotes=()),), FACTS) == Part(0, 0)


def test_what_a_sentence_adds_to_its_quote_lowers_its_share() -> None:
    same = CitingSentence(text="户籍地派出所。", quotes=(PLACE.quote,))
    more = CitingSentence(text="户籍地派出所，周日也开门。", quotes=(PLACE.quote,))
    assert span_precision((same,)) == Part(1.0, 1)
    assert span_precision((more,)).right == pytest.approx(5 / 10)
    assert span_precision((CitingSentence(text="你好", quotes=()),)) == Part(0, 0)
