"""Terms are the same whatever way a person types."""

import pytest

from knowledge.search.tokens import searchable, terms, words


def test_traditional_full_width_and_hidden_characters_become_one_form() -> None:
    assert searchable("辦理\u200b居住證ＡＢＣ１２") == "办理居住证abc12"


def test_a_traditional_question_has_the_terms_of_the_simplified_one() -> None:
    assert terms("養犬登記證") == terms("养犬登记证")


def test_words_of_asking_say_nothing() -> None:
    assert words("请问怎么办?") == []


def test_long_words_are_found_by_their_parts() -> None:
    assert {"居住", "居住证"} <= set(words("居住证"))


@pytest.mark.parametrize("text", ["", " \n", "😀😀", "\ud800", "ﷺ" * 50, "\u0000\u200b", "！？。"])
def test_any_string_can_be_cut(text: str) -> None:
    assert isinstance(terms(text), list)
