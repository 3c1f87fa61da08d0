"""A citizen answers our question back by typing instead of tapping."""

import pytest

from assistant.dialogue import Speaker, Utterance
from assistant.steps.choosing import chosen_item
from assistant.steps.small_talk import Talk, talk_of
from knowledge.corpus.catalogue import SHIPPED, load_catalogue

ITEMS = load_catalogue(SHIPPED).items
NAMES = {item.slug: item.name for item in ITEMS}
ASKED = "\n".join(
    [
        "您想办的是哪一件？",
        f"· {NAMES['id_loss']}",
        f"· {NAMES['id_renew']}",
        f"· {NAMES['id_temp']}",
        "· 都不是，我换个说法",
    ]
)
HISTORY = (Utterance(Speaker.CITIZEN, "身份证"), Utterance(Speaker.XIAOSHEN, ASKED))


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("第一个", "id_loss"),
        ("2", "id_renew"),
        ("我要办第三个", "id_temp"),
        ("最后一个", "id_temp"),
        ("到期换领", "id_renew"),
        ("临时居民身份证", "id_temp"),
    ],
)
def test_a_place_or_a_piece_of_the_name_picks_the_choice(typed: str, slug: str) -> None:
    picked = chosen_item(typed, HISTORY, ITEMS)
    assert picked is not None
    assert picked.slug == slug


@pytest.mark.parametrize("typed", ["第五个", "要多少钱", "居民身份证", "我想问公积金贷款", "都不是，我换个说法"])
def test_what_picks_none_or_several_is_read_as_something_new(typed: str) -> None:
    assert chosen_item(typed, HISTORY, ITEMS) is None


def test_a_number_means_nothing_where_no_question_was_asked() -> None:
    assert chosen_item("第一个", HISTORY[:1], ITEMS) is None


@pytest.mark.parametrize("typed", ["都不是", "都不是，我换个说法", "None of these", "不确定"])
def test_none_of_these_is_understood(typed: str) -> None:
    assert talk_of(typed) is Talk.NONE_OF_THESE
