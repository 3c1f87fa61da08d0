"""Wishes: what begins a case and what only asks, and what the short words of a dialogue mean."""

import pytest

from assistant.cases.beginning import wants_this_begun, wants_to_begin
from assistant.cases.leave import consents, gives_leave
from assistant.cases.naming import unmet_conditions
from assistant.cases.wishes import Wish, asks_something, button_wish, wish_of
from assistant.phrases.handling import handling_phrases


@pytest.mark.parametrize(
    "text",
    ["我想提公积金付房租", "帮我补办身份证", "给孩子报户口", "我要给狗上证", "我们公司要变更法人", "帮我办居住证"],
)
def test_a_wish_begins_something(text: str) -> None:
    assert wants_to_begin(text)


@pytest.mark.parametrize(
    "text",
    [
        "身份证丢了怎么办",
        "我想问一下社保",
        "办居住证要什么材料",
        "我想知道多久能好",
        "公积金能提吗",
        "我要投诉窗口",
        "身份证丢了",
    ],
)
def test_a_question_or_a_statement_begins_nothing(text: str) -> None:
    assert not wants_to_begin(text)


@pytest.mark.parametrize("text", ["帮我办", "开始吧", "就办这个"])
def test_what_was_talked_about_can_be_begun(text: str) -> None:
    assert wants_this_begun(text)


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("我的办件到哪一步了", Wish.PROGRESS),
        ("不办了", Wish.WITHDRAW),
        ("回头再办", Wish.LATER),
        ("不知道", Wish.NOT_KNOWN),
        ("都要", Wish.ALL),
        ("同意", Wish.YES),
        ("不同意,我自己填", Wish.NO),
        ("带原件到窗口", Wish.BRING),
        ("用电子证照", Wish.LICENCE),
        ("提交", Wish.SUBMIT),
        ("改用表格填", Wish.AS_FORM),
        ("一项一项问我", Wish.ONE_BY_ONE),
        ("继续", Wish.GO_ON),
        ("我住在黄浦区", None),
        ("13900000000", None),
    ],
)
def test_short_words_mean_what_they_mean(text: str, wish: Wish | None) -> None:
    assert wish_of(text) is wish


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_button_is_understood_when_it_is_sent_back(language: str) -> None:
    p = handling_phrases(language)
    buttons = (p.yes, p.agree, p.own, p.all, p.dont_know, p.as_form, p.licence, p.bring, p.submit, p.stop, p.go_on)
    assert all(button_wish(button, p) is not None for button in buttons)
    assert button_wish(p.confirm_yes, p) is Wish.YES


def test_a_question_is_told_from_an_answer() -> None:
    assert asks_something("收费吗")
    assert not asks_something("上周三丢的")


@pytest.mark.parametrize(
    "text", ["护照泡水了,我要重新办一本", "房产证被虫蛀了,想换一本新的", "毕业证书都齐了,帮我申请落户"]
)
def test_a_wish_may_follow_what_happened(text: str) -> None:
    assert wants_to_begin(text)


@pytest.mark.parametrize(
    "text",
    [
        "护照泡水了,想问下补办的事",
        "听邻居说,要去登记一下",
        "护照必须本人去办吧",
        "猫多大要登记",
        "体检做过了,要等三天拿报告",
    ],
)
def test_a_guess_hearsay_or_a_plan_is_no_wish(text: str) -> None:
    assert not wants_to_begin(text)


@pytest.mark.parametrize(
    ("text", "consented"),
    [("同意", True), ("可以,我同意", True), ("好的", True), ("都符合", False), ("对,都符合", False)],
)
def test_that_all_conditions_hold_is_no_consent_to_ask_registers(text: str, consented: bool) -> None:
    assert wish_of(text) in {Wish.YES, Wish.ALL}
    assert consents(text, wish_of(text)) is consented


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("对,都符合", Wish.ALL),
        ("可以,我同意", Wish.YES),
        ("同意,你去查吧", Wish.YES),
        ("先到这,回头再来", Wish.LATER),
        ("算了,不办了", Wish.WITHDRAW),
        ("好的,王小明", None),
        ("是,但是我没带证", None),
    ],
)
def test_clauses_that_all_say_the_same_are_one_wish(text: str, wish: Wish | None) -> None:
    assert wish_of(text) is wish


def test_the_button_that_withdraws_is_no_yes_to_anything_else() -> None:
    phrases = handling_phrases("zh")
    assert button_wish(phrases.withdraw_yes, phrases) is Wish.WITHDRAW


@pytest.mark.parametrize(
    ("text", "unmet"),
    [
        ("第一条不符合,我户口在安徽", {"本市户籍"}),
        ("第2条达不到", {"缴费满一年"}),
        ("都符合", set()),
        ("不符合", set()),
    ],
)
def test_a_condition_is_named_as_not_met_by_its_number(text: str, unmet: set[str]) -> None:
    assert unmet_conditions(text, ["本市户籍", "缴费满一年"]) == unmet
    assert unmet_conditions("我不符合", ["年满65周岁"]) == {"年满65周岁"}


@pytest.mark.parametrize(("text", "asks"), [("应该没啥问题,都符合", False), ("没什么问题", False), ("要带什么", True)])
def test_nothing_being_wrong_is_no_question(text: str, asks: bool) -> None:
    assert asks_something(text) is asks


@pytest.mark.parametrize(
    ("text", "leave"), [("好呀,授权给你们", True), ("同意", True), ("上海授权通科技有限公司", False)]
)
def test_a_yes_to_registers_is_heard_wherever_it_comes(text: str, leave: bool) -> None:
    assert gives_leave(text) is leave
