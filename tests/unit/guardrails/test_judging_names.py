"""A name is heard however unusual it is where somebody is told of, and ordinary words stay. All people are invented."""

from random import Random

import pytest

from evals.guarding.naming import Texts
from evals.guarding.people import People
from guardrails import pii
from guardrails.personal.candidates import shown
from guardrails.personal.judged import odds_of_names
from guardrails.personal.span import Span

SOMEBODY = [
    ("我叫雷锋，想改名字", "雷锋"),
    ("我同事易水寒把社保卡弄丢了", "易水寒"),
    ("公公彭湃上礼拜住进护理院", "彭湃"),
    ("保姆钱小满偷偷拿走了存折", "钱小满"),
    ("帮阿依努尔问一下居住证", "阿依努尔"),
    ("舅舅成功，电话13800138000", "成功"),
    ("户主白雪，妻子叫安然", "白雪"),
    ("租客Lena Hoffmann没登记", "Lena Hoffmann"),
]
NOBODY = [
    "高兴的是材料一次就交齐了",
    "文明施工的投诉电话多少",
    "平安银行的卡能绑公积金吗",
    "方便的话明天来",
    "孩子高中入学怎么报名",
    "常州市民能在上海办吗",
    "花木街道几点开门",
    "业主应当提交什么",
    "雷锋精神宣讲怎么报名",
]


def names(text: str) -> list[str]:
    return [text[span.start : span.end] for span in pii.find(text) if span.type == "name"]


@pytest.mark.parametrize(("text", "name"), SOMEBODY)
def test_a_name_is_heard_though_it_is_a_word_or_the_verb_is_unusual(text: str, name: str) -> None:
    assert name in names(text)


@pytest.mark.parametrize("text", NOBODY)
def test_a_word_that_might_be_a_name_stays_where_nobody_is_told_of(text: str) -> None:
    assert names(text) == []


def test_numbers_and_latin_words_are_one_sign_and_places_are_those_of_the_text() -> None:
    text = "找Ann Lee，13800138000，在2号"
    seen = shown(text, [Span(9, 20, "phone")])
    assert len(seen.signs) == len("找A A，p，在2号")
    assert [text[seen.origin[at] : seen.origin[at + 1]] for at in (1, 3, 5, 8)] == ["Ann", "Lee", "13800138000", "2"]


def test_every_stretch_that_is_judged_lies_in_the_text() -> None:
    text = "我叫欧阳春，13800138000，和 Ann Lee 同住，艾力·库尔班也是"
    spans = odds_of_names(text, [Span(6, 17, "phone")])
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert {"欧阳春", "Ann Lee", "艾力·库尔班"} <= {text[start:end] for start, end in spans}


def test_most_names_of_made_up_texts_are_found_and_little_else() -> None:
    rng = Random(11)  # noqa: S311 - which texts, no secret
    texts = Texts(rng, People(rng), ["材料交到哪个窗口", "请问周六上班吗", "居住证到期了怎么续"])
    right = found = wanted = 0
    for made in [texts.make() for _ in range(300)]:
        told = {(span.start, span.end) for span in pii.find(made.text) if span.type == "name"}
        right += len(told & set(made.names))
        found += len(told)
        wanted += len(made.names)
    assert right / found > 0.85
    assert right / wanted > 0.75
