"""One law under all the names that texts give it."""

import pytest

from knowledge.life.naming_laws import articles_in, law_key, laws_in, number_of


@pytest.mark.parametrize(
    "title",
    [
        "上海市养犬管理条例",
        "《上海市养犬管理条例》",
        "上海市养犬管理条例（2016修正）",
        "上海市养犬管理条例(2011-02-23)",
    ],
)
def test_a_law_has_one_key_however_it_is_named(title: str) -> None:
    assert law_key(title) == "上海市养犬管理条例"


def test_a_national_law_and_a_part_of_a_code_have_short_keys() -> None:
    assert law_key("中华人民共和国居民身份证法") == "居民身份证法"
    assert law_key("民法典·婚姻家庭编") == "民法典"


def test_a_document_number_is_its_own_key_in_one_spelling() -> None:
    assert law_key("沪医保规〔2025〕7号 灵活就业医保") == "沪医保规〔2025〕7号"
    assert number_of("依据沪医保规[2025]7号文") == "沪医保规〔2025〕7号"


@pytest.mark.parametrize(
    ("text", "articles"),
    [
        ("第十条", (10,)),
        ("第十条第二款、第12条", (10, 12)),
        ("第三条至第五条", (3, 5, 4)),
        ("第一千零九十八条", (1098,)),
        ("没有条文", ()),
    ],
)
def test_articles_are_read_in_any_numerals(text: str, articles: tuple[int, ...]) -> None:
    assert articles_in(text) == articles


def test_articles_belong_to_the_law_before_them() -> None:
    found = laws_in("依照《居民身份证法》第十一条、第十二条和《上海市养犬管理条例》办理，适用第五条。")
    assert [(law.title, law.articles) for law in found] == [("居民身份证法", (11, 12)), ("上海市养犬管理条例", ())]
