"""A question between situations is answered as people speak: by what happened, by a number, out of order."""

import pytest

from assistant.cases.choice_words import choice_meant, heard_choices
from assistant.cases.situation import SituationQuestion
from prefill.review.situations import shipped_paths


def question(item: str, fact: str) -> SituationQuestion:
    asked = next(q for q in shipped_paths()[item].questions if q.fact == fact)
    return SituationQuestion(part=item, fact=fact, text=asked.text, choices=asked.choices)


@pytest.mark.parametrize(
    ("item", "fact", "text", "label"),
    [
        ("unemployment", "willing", "老板把我们组全优化掉了", "是单位提出或合同到期"),
        ("unemployment", "willing", "裸辞的,歇了两个月", "是我自己辞职"),
        ("unemployment", "enough", "交了三年多", "满了"),
        ("unemployment", "enough", "交了3年", "满了"),
        ("unemployment", "enough", "还没满一年", "没满"),
        ("id_renew", "reason", "芯片坏了刷卡机读不出", "坏了看不清"),
        ("residence_reg", "kind", "住在姑姑家里", "亲戚家的"),
        ("passport_first", "grown", "我女儿今年9岁", "还没满"),
        ("passport_first", "grown", "四十二了", "满了"),
        ("large_event", "people", "差不多八千人", "5000人以上"),
        ("large_event", "people", "也就六百人", "不到1000人"),
        ("vehicle_transfer", "mortgaged", "没有抵押", "没有"),
        ("med_resident", "kind", "给我家老太办", "老人"),
        ("hk_macau_pass", "visa", "随便看看", None),
    ],
)
def test_what_happened_is_an_answer(item: str, fact: str, text: str, label: str | None) -> None:
    meant = choice_meant(question(item, fact), text)
    assert (meant.label if meant is not None else None) == label


def test_one_sign_answers_only_what_was_just_asked() -> None:
    reason = question("id_renew", "reason")
    assert [c.label for _, c in heard_choices([reason], "丢三落四的,今天先弄这个")] == []
    meant = choice_meant(reason, "丢啦")
    assert [meant.label if meant else None] == ["丢了"]


def test_several_answers_in_one_sentence_are_all_heard() -> None:
    asked = [question("vehicle_transfer", "mortgaged"), question("vehicle_transfer", "overdue")]
    assert [c.label for _, c in heard_choices(asked, "车是全款的,上个月刚年检好")] == ["没有", "没过期"]


def test_what_is_denied_is_no_answer() -> None:
    assert heard_choices([question("unemployment", "willing")], "不是裸辞") == []


def test_every_answer_has_words_that_people_use_but_the_numbers() -> None:
    for paths in shipped_paths().values():
        for asked in paths.questions:
            for choice in asked.choices:
                assert choice.said or isinstance(choice.value, float), f"{paths.item}.{asked.fact}: {choice.label}"
