"""A message that says an item's name and nothing else of weight means that item."""

import pytest

from knowledge.corpus.catalogue import SHIPPED, load_catalogue
from knowledge.recognition.item_names import NamesOfItems

ITEMS = load_catalogue(SHIPPED).items
NAMES = NamesOfItems(ITEMS)


def meant(text: str) -> str | None:
    place = NAMES.named_alone(text)
    return None if place is None else ITEMS[place].slug


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("请问机动车注册登记在哪里办", "vehicle_reg"),
        ("准生证要带什么材料", "birth_registration"),
        ("新生儿参加居民医保登记怎么办理", "med_newborn"),
    ],
)
def test_a_name_with_words_that_could_be_asked_of_any_item_means_its_item(text: str, slug: str) -> None:
    assert meant(text) == slug


@pytest.mark.parametrize(
    "text",
    [
        "社保卡怎么弄",  # the short name of one is part of another's
        "机动车注册登记在南京办要多少钱",  # another city has weight
        "机动车注册登记办完了要交车船税吗",
        "要带什么材料",
        "",
    ],
)
def test_what_says_more_or_less_than_one_name_is_left_to_the_evidence(text: str) -> None:
    assert meant(text) is None


def test_every_official_name_means_its_own_item() -> None:
    once = [item for item in ITEMS if [one.name for one in ITEMS].count(item.name) == 1]
    assert [item.name for item in once if meant(item.name) != item.slug] == []
