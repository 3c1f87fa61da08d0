"""Language, characters, places and the dialogue, as one message is read."""

from datetime import date

import pytest

from assistant.dialogue import Question, Speaker, Utterance
from assistant.steps.places import other_region
from assistant.steps.small_talk import Talk, talk_of
from assistant.steps.understand import language_of, simplify, spoken_in, understand

TODAY = date(2026, 11, 21)


def citizen(text: str) -> Utterance:
    return Utterance(Speaker.CITIZEN, text)


def test_traditional_characters_are_read_as_simplified() -> None:
    assert simplify("護照遺失了怎麼補辦") == "护照遗失了怎么补办"


@pytest.mark.parametrize(("text", "language"), [("How do I renew my permit?", "en"), ("办KTV许可证", "zh")])
def test_a_brand_in_latin_letters_does_not_make_a_message_english(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("before", "text", "language"),
    [
        (("我要办居住证",), "li.lei@example.com", "zh"),
        (("我要办居住证",), "Maria Silva", "zh"),
        (("我要办居住证",), "sorry, can we go on in English", "en"),
        (("I want a residence permit",), "13800000000", "en"),
        (("I want a residence permit", "OK"), "yes", "en"),
        (("I want a residence permit",), "还是说中文吧", "zh"),
        ((), "13800000000", "zh"),
    ],
)
def test_the_language_of_a_dialogue_stays_until_a_message_tells_another(
    before: tuple[str, ...], text: str, language: str
) -> None:
    question = Question(text=text, as_of=TODAY, history=tuple(citizen(one) for one in before))

    assert spoken_in(question, text) == language


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("广州的积分落户怎么申请", "广州"),
        ("我是广州户口,居住证怎么办", None),
        ("从南京来的,孩子在哪报名上学", None),
        ("我老家在武汉,在上海能换驾照吗", None),
        ("长沙路上的窗口几点开门", None),
        ("无锡医保能报几成", "无锡"),
        ("苏州公积金租房能提多少", "苏州"),
        ("无锡的医保断了怎么接着交", None),
    ],
)
def test_only_a_question_about_another_place_is_about_another_place(text: str, place: str | None) -> None:
    assert other_region(text, "上海市") == place


def test_an_asker_elsewhere_who_names_no_place_is_not_answered_with_our_rules() -> None:
    assert other_region("社保卡怎么补", "苏州市") == "苏州市"


def test_a_follow_up_carries_the_subject_of_the_dialogue() -> None:
    question = Question(text="那要带什么", as_of=TODAY, history=(citizen("我想给公司刻一枚新公章"),))
    understood = understand(question, question.text)
    assert understood.is_follow_up
    assert "公章" in understood.standalone


def test_a_correction_drops_what_was_wrong() -> None:
    question = Question(text="不是补办,是换证", as_of=TODAY, history=(citizen("驾驶证补办要多久能拿到手"),))
    understood = understand(question, question.text)
    assert "补办" not in understood.standalone
    assert "换证" in understood.standalone
    assert understood.facets


def test_another_person_is_asked_the_same_question() -> None:
    question = Question(text="我老婆呢?", as_of=TODAY, history=(citizen("我办居住证要带什么材料"),))
    assert (
        understand(question, question.text).facets
        == understand(Question(text="我办居住证要带什么材料", as_of=TODAY), "我办居住证要带什么材料").facets
    )


@pytest.mark.parametrize(
    ("text", "talk"),
    [
        ("你好!", Talk.GREETING),
        ("谢谢啦", Talk.THANKS),
        ("你是谁?", Talk.WHO_ARE_YOU),
        ("转人工", Talk.PERSON),
        ("I want to talk to a human", Talk.PERSON),
        ("你好,我想问居住证怎么办", None),
        ("人工授精补贴怎么申请", None),
    ],
)
def test_only_a_message_that_asks_for_nothing_is_small_talk(text: str, talk: Talk | None) -> None:
    assert talk_of(text) is talk
