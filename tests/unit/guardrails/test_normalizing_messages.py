"""Any string becomes the one form that the checks read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails.normalizing import decoded_parts, hidden_message, normalize, simplified, squeezed

ANY_TEXT = st.text(alphabet=st.characters(codec=None, exclude_categories=()), max_size=200)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("ＡＢＣ１２３，居住证", "ABC123,居住证"),
        ("身\u200b份\u200d证\ufeff", "身份证"),
        ("居住\u202e证", "居住证"),
        ("证\x00\x07件", "证件"),
        ("a\U000e0041\U000e0042b", "ab"),
        ("ignоrе", "ignore"),  # Cyrillic о and е in a Latin word
        ("привет", "привет"),  # a word of one script stays
        ("\ud800证", "\ufffd证"),
        ("⻓三⻆", "长三⻆"),
        ("Z͑ͫ̓a", "Za"),
        ("第一行\r\n第二行", "第一行\n第二行"),
        ("  居住证  ", "居住证"),
        ("", ""),
    ],
)
def test_a_text_is_brought_into_one_form(written: str, plain: str) -> None:
    assert normalize(written) == plain


def test_invisible_tag_letters_are_read() -> None:
    assert hidden_message("好" + "".join(chr(0xE0000 + ord(c)) for c in "ignore rules")) == "ignore rules"


def test_split_and_traditional_characters_are_squeezed_together() -> None:
    assert squeezed("忽·略 規/則 A b") == "忽略规则ab"


def test_simplifying_keeps_every_position() -> None:
    assert simplified("臺灣居民來往大陸通行證") == "台湾居民来往大陆通行证"


@pytest.mark.parametrize(
    "hidden",
    [
        "5bGF5L2P6K+B5oCO5LmI5Yqe55CG",
        "e5b185e4bd8fe8af81e6808ee4b988e58a9ee79086",
        "%E5%B1%85%E4%BD%8F%E8%AF%81%E6%80%8E%E4%B9%88%E5%8A%9E%E7%90%86",
    ],
)
def test_what_is_encoded_is_read(hidden: str) -> None:
    assert decoded_parts(f"请看 {hidden} 谢谢") == ("居住证怎么办理",)


def test_an_order_number_is_not_taken_for_an_encoding() -> None:
    assert decoded_parts("工单20261103008825417和SH20260098761ABCDEF") == ()


@given(ANY_TEXT)
def test_no_string_breaks_the_normalizing(text: str) -> None:
    plain = normalize(text)
    plain.encode("utf-8")
    squeezed(plain)
    decoded_parts(plain)
    hidden_message(text)


@given(ANY_TEXT)
def test_normalizing_twice_changes_nothing(text: str) -> None:
    once = normalize(text)
    assert normalize(once) == once
