"""Spoken wordings call for the words of statutes."""

from knowledge.search.tokens import searchable
from knowledge.wording.statutory import relations, words_of_statutes


def test_unpaid_wages_call_for_the_words_of_labor_law() -> None:
    assert any("劳动报酬" in words for words in words_of_statutes("老板三个月没发工资了"))


def test_a_wording_of_two_parts_needs_both() -> None:
    assert not any("抚养" in words or "婚" in words for words in words_of_statutes("买房的合同"))
    assert any("夫妻" in words for words in words_of_statutes("离婚以后房子归谁"))


def test_the_wording_that_covers_more_of_the_request_comes_first() -> None:
    assert "人身安全保护令" in words_of_statutes("家庭暴力怎么办")[0]


def test_a_request_that_says_none_of_it_calls_for_nothing() -> None:
    assert words_of_statutes("") == ()
    assert words_of_statutes("今天星期几") == ()


def test_every_line_is_whole_and_in_searchable_form() -> None:
    assert len(relations()) > 300
    for relation in relations():
        assert relation.words
        for part in (part for parts in relation.said for part in parts):
            assert part
            assert part == searchable(part)
