"""A translation stands beside its original only where both say the same numbers and nothing unsafe."""

import pytest

from assistant.clerk.same_claims import claims_nothing_more
from assistant.clerk.same_numbers import say_the_same_numbers
from assistant.clerk.translating import Translator, Withheld
from assistant.errors import ModelUnavailable
from assistant.llm.scripted import ScriptedModel


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("补领要20元，60日内办好。", "It costs 20 yuan and is done within 60 days."),
        ("押金3万元。", "The deposit is 30,000 yuan."),
        ("请在3月5日前来。", "Please come before March 5."),
        ("带三份材料，2份复印件。", "Bring three documents and two copies."),
        ("我看一下。", "Let me have a look."),
    ],
)
def test_the_same_numbers_are_the_same_however_they_are_written(chinese: str, english: str) -> None:
    assert say_the_same_numbers(chinese, english)


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("补领要20元。", "It costs 200 yuan."),
        ("60日内办好。", "It will be done soon."),
        ("很快办好。", "It will be done within 3 days."),
        ("3月5日前。", "Before March 15."),
        ("押金3万元。", "The deposit is 3,000 yuan."),
        ("费用20元，押金20元，共40元。", "The fee is 20 yuan, 40 in all, 50 with tax."),
    ],
)
def test_a_number_that_is_lost_changed_or_added_is_seen(chinese: str, english: str) -> None:
    assert not say_the_same_numbers(chinese, english)


async def test_a_translation_with_a_wrong_number_is_withheld() -> None:
    found = await Translator(ScriptedModel("It costs 200 yuan.")).other_language("补领要20元。")
    assert (found.text, found.withheld) == (None, Withheld.NUMBERS)


async def test_a_good_translation_names_its_model_and_is_made_once() -> None:
    model = ScriptedModel("It costs 20 yuan.", name="some-model")
    translator = Translator(model)
    for _ in range(2):
        found = await translator.other_language("补领要20元。")
        assert found.text is not None
        assert (found.text.text, found.model, found.to) == ("It costs 20 yuan.", "some-model", "en")
    assert len(model.heard) == 1


async def test_what_identifies_somebody_does_not_reach_the_model() -> None:
    model = ScriptedModel("我的护照丢了。")
    await Translator(model).other_language("I lost my passport, my phone is 13812345678.")
    assert "13812345678" not in str(model.heard)


@pytest.mark.parametrize("said", ["", "补领要20元。", "<script>alert(20)</script>"])
async def test_what_is_no_translation_is_withheld(said: str) -> None:
    found = await Translator(ScriptedModel(said)).other_language("补领要20元。")
    assert found.withheld is Withheld.UNSAFE


async def test_without_a_model_and_with_one_that_is_down_it_is_said_plainly() -> None:
    assert (await Translator(None).other_language("你好")).withheld is Withheld.NO_MODEL
    down = Translator(ScriptedModel(ModelUnavailable("down"), "Hello"))
    assert (await down.other_language("你好")).withheld is Withheld.FAILED
    assert (await down.other_language("你好")).text is not None


HONEST = [
    ("身份证丢了怎么补办？", "How do I replace a lost ID card?"),
    (
        "您的申请我们已经收到，五个工作日内答复。",
        "We have received your application and will reply in five working days.",
    ),
    ("不需要预约，直接来就可以。", "No appointment needed, just come."),
    ("公积金可以网上提取。", "The housing fund can be withdrawn online."),
    ("租房的押金房东不退怎么办？", "What can I do if the landlord does not return my deposit?"),
    (
        "居住证满一年要签注，不签就停用。",
        "A residence permit has to be endorsed every year, otherwise it is suspended.",
    ),
]


@pytest.mark.parametrize(("chinese", "english"), HONEST)
def test_an_honest_translation_claims_nothing_more(chinese: str, english: str) -> None:
    assert claims_nothing_more(chinese, english)
    assert claims_nothing_more(english, chinese)


@pytest.mark.parametrize(
    "said",
    [
        "Your application has been approved.",
        "Please tell me your bank password.",
        "No documents needed, it is free of charge.",
        "Log in at www.evil-portal.top",
        "Write to a.b@mail.example",
        "This rule was cancelled.",
        "Add me on WeChat.",
        "You get it the same day.",
    ],
)
async def test_a_model_that_says_something_else_instead_is_not_shown(said: str) -> None:
    made = await Translator(ScriptedModel(said)).other_language("我住在徐汇区，想问问窗口在哪条路上。")
    assert (made.text, made.withheld) == (None, Withheld.UNSAFE)
