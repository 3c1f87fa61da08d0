"""Dialogues with the recognizer that ships: going on, correcting, switching, coming back, and saying too little."""

from datetime import date
from pathlib import Path

import pytest

from assistant.dialogue import Question
from assistant.phrases import phrases_for
from assistant.steps.clarify import question_back
from assistant.steps.recognize import recognize
from assistant.steps.understand import understand
from knowledge.corpus.catalogue import load_catalogue
from knowledge.corpus.requests import open_requests
from knowledge.embedding.build import build_e5
from knowledge.embedding.e5 import E5Embedder
from knowledge.items import ServiceItem
from knowledge.recognition.asking import load_asking
from knowledge.recognition.build import build_recognizer
from knowledge.recognition.decision import Decision, Recognition, Speaker, Utterance
from knowledge.recognition.recognizer import LearnedRecognizer
from knowledge.recognition.weights import load_weights

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 22)
WALLET = "身份证和社保卡都丢了，都要补"


@pytest.fixture(scope="module")
def items() -> tuple[ServiceItem, ...]:
    return load_catalogue(ROOT / "corpus").items


@pytest.fixture(scope="module")
def recognizer(items: tuple[ServiceItem, ...], tmp_path_factory: pytest.TempPathFactory) -> LearnedRecognizer:
    models = tmp_path_factory.mktemp("models") / "e5"
    build_e5(models, lambda _message: None)
    said = ROOT / "corpus" / "asking"
    return build_recognizer(
        items,
        load_asking(said),
        E5Embedder(models),
        load_weights(),
        ROOT / "var" / "training",
        opened=open_requests(said),
    )


def say(recognizer: LearnedRecognizer, text: str, *before: str, current: str | None = None) -> Recognition:
    """What the turn decides about `text` after the citizen has said `before`."""
    history = tuple(Utterance(Speaker.CITIZEN, one) for one in before)
    question = Question(text=text, as_of=TODAY, history=history, current=current, region="上海市")
    return recognize(recognizer, question, understand(question, text))


@pytest.mark.parametrize("text", ["那要带什么", "大概多久能好", "要交钱吗"])
def test_going_on_stays_with_the_item(recognizer: LearnedRecognizer, text: str) -> None:
    assert say(recognizer, text, "我的驾照丢了，怎么补", current="driver_license_loss").accepted == (
        "driver_license_loss",
    )


def test_a_correction_leaves_the_item(recognizer: LearnedRecognizer) -> None:
    found = say(recognizer, "不是丢了，是到期了要换", "驾驶证要重新办一张", current="driver_license_loss")
    assert found.candidates[0].item == "driver_license_renew"


def test_a_clear_new_topic_is_entered_at_once(recognizer: LearnedRecognizer) -> None:
    found = say(recognizer, "那给小狗办养犬登记要什么材料", "身份证丢了怎么办", current="id_loss")
    assert found.accepted == ("dog_reg",)


@pytest.mark.parametrize("text", ["回到刚才那个", "还是先说前面那个吧", "那回到一开始的问题", "back to the first one"])
def test_coming_back_returns_to_the_earlier_item(recognizer: LearnedRecognizer, text: str) -> None:
    before = ("身份证丢了怎么办", "那养犬登记怎么办", "要多久")
    assert say(recognizer, text, *before, current="dog_reg").candidates[0].item == "id_loss"


def test_coming_back_to_what_is_named_returns_there(recognizer: LearnedRecognizer) -> None:
    before = ("身份证丢了怎么办", "那养犬登记怎么办", "公积金租房提取要什么条件")
    found = say(recognizer, "回到刚才养犬那个", *before, current="gjj_rent")
    assert found.candidates[0].item == "dog_reg"


def test_it_takes_less_to_stay_than_to_enter(recognizer: LearnedRecognizer) -> None:
    """The same vague words decide nothing alone and stay with the item that is being handled."""
    vague = "这个证还要几天"
    assert say(recognizer, vague).decision is not Decision.ACCEPT
    assert say(recognizer, vague, "食品经营许可怎么办", current="food_permit").accepted == ("food_permit",)


@pytest.mark.parametrize("text", ["没丢，是过期了", "不是丢了，是到期要换新的", "证丢了"])
def test_who_names_no_thing_is_asked_which(recognizer: LearnedRecognizer, text: str) -> None:
    found = say(recognizer, text)
    assert found.decision is Decision.CLARIFY
    assert len(found.choices) > 1


def test_what_was_said_before_names_the_thing(recognizer: LearnedRecognizer) -> None:
    assert say(recognizer, "没丢，是过期了", "我的身份证要重新办").candidates[0].item == "id_renew"


@pytest.mark.parametrize(
    ("text", "needs"),
    [
        (WALLET, {"id_loss", "ssc_loss"}),
        ("护照和港澳通行证两个都要办", {"passport_first", "hk_macau_pass"}),
        ("先办失业登记，再领失业金", {"unemployment_reg", "unemployment"}),
    ],
)
def test_all_of_several_needs_are_found(recognizer: LearnedRecognizer, text: str, needs: set[str]) -> None:
    assert set(say(recognizer, text).accepted) == needs


@pytest.mark.parametrize("text", ["我和妈妈的敬老卡怎么办", "身份证丢了，昨天在地铁上，很着急"])
def test_one_need_with_many_words_stays_one(recognizer: LearnedRecognizer, text: str) -> None:
    assert len(say(recognizer, text).accepted) <= 1


@pytest.mark.parametrize(
    ("text", "bundle"),
    [
        ("想开一家奶茶店", "bundle_restaurant"),
        ("孩子刚生下来，手续怎么办", "bundle_birth"),
        ("老人走了，后面怎么办", "bundle_death"),
    ],
)
def test_a_life_event_offers_the_bundle(recognizer: LearnedRecognizer, text: str, bundle: str) -> None:
    found = say(recognizer, text)
    assert bundle in {*found.accepted, *found.choices}


def test_the_question_back_asks_for_the_difference_in_plain_words(items: tuple[ServiceItem, ...]) -> None:
    group = [item for item in items if item.slug in {"id_loss", "id_renew", "id_first"}]
    question = question_back(group, phrases_for("zh"))
    assert "居民身份证" in question.text.text
    assert {choice.label.text.partition("（")[0] for choice in question.choices[:-1]} == {
        "第一次办",
        "丢了，要补办",
        "到期了，要续办或换新的",
    }
    assert [choice.send.text for choice in question.choices[:-1]] == [item.name for item in group]


def test_the_question_back_is_asked_in_english_too(items: tuple[ServiceItem, ...]) -> None:
    group = [item for item in items if item.slug in {"passport_first", "passport_loss"}]
    labels = [choice.label.text for choice in question_back(group, phrases_for("en")).choices]
    assert any(label.startswith("It is lost") for label in labels)
