"""The recognizer as it ships, on the catalogue that ships: what a citizen notices."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.corpus.catalogue import load_catalogue
from knowledge.corpus.requests import open_requests
from knowledge.embedding.build import build_e5
from knowledge.embedding.e5 import E5Embedder
from knowledge.errors import ModelFilesMissing, SheetInvalid
from knowledge.items import ServiceItem
from knowledge.recognition.asking import load_asking
from knowledge.recognition.build import build_recognizer
from knowledge.recognition.decision import Decision, Recognition, RecognitionRequest, Speaker, Utterance
from knowledge.recognition.recognizer import LearnedRecognizer
from knowledge.recognition.weights import load_weights

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def embedder(tmp_path_factory: pytest.TempPathFactory) -> E5Embedder:
    target = tmp_path_factory.mktemp("models") / "e5"
    build_e5(target, lambda _message: None)
    return E5Embedder(target)


@pytest.fixture(scope="session")
def items() -> tuple[ServiceItem, ...]:
    return load_catalogue(ROOT / "corpus").items


@pytest.fixture(scope="session")
def cache() -> Path:
    """Kept between test runs: the vectors of 5,000 phrases take half a minute."""
    return ROOT / "var" / "training"


@pytest.fixture(scope="session")
def recognizer(items: tuple[ServiceItem, ...], embedder: E5Embedder, cache: Path) -> LearnedRecognizer:
    said = ROOT / "corpus" / "asking"
    return build_recognizer(items, load_asking(said), embedder, load_weights(), cache, opened=open_requests(said))


def ask(recognizer: LearnedRecognizer, query: str, *said: str, current: str | None = None) -> Recognition:
    history = tuple(Utterance(Speaker.CITIZEN, text) for text in said)
    return recognizer.recognize(RecognitionRequest(query=query, history=history, current=current))


@pytest.mark.parametrize(
    ("query", "item"),
    [
        ("身份证丢了怎么办", "id_loss"),
        ("身份證遺失了，要怎麼補辦", "id_loss"),
        ("How do I set up a limited company in Shanghai", "company_setup"),
        ("身份正丢了怎么补", "id_loss"),
        ("想退休以后把公积斤全部取出来", "gjj_retire"),
        ("I lost my ID card", "id_loss"),
        ("my identity card is out of date", "id_renew"),
        ("my passport was stolen", "passport_loss"),
        ("somebody took my driving licence", "driver_license_loss"),
        ("my driving licence has expired", "driver_license_renew"),
    ],
)
def test_one_need_in_many_wordings_is_one_item(recognizer: LearnedRecognizer, query: str, item: str) -> None:
    found = ask(recognizer, query)
    assert found.candidates[0].item == item
    assert found.decision is not Decision.NONE


def test_the_plainest_request_is_accepted_at_once(recognizer: LearnedRecognizer) -> None:
    assert ask(recognizer, "身份证丢了怎么办").accepted == ("id_loss",)


@pytest.mark.parametrize("query", ["那要带什么", "多少钱", "我老婆呢", "要多久"])
def test_a_follow_up_stays_with_the_item(recognizer: LearnedRecognizer, query: str) -> None:
    found = ask(recognizer, query, "身份证丢了怎么办", current="id_loss")
    assert found.accepted == ("id_loss",)


def test_a_follow_up_is_understood_from_the_history_alone(recognizer: LearnedRecognizer) -> None:
    assert ask(recognizer, "那要带什么", "身份证丢了怎么办").candidates[0].item == "id_loss"


def test_a_correction_moves_to_the_neighbor(recognizer: LearnedRecognizer) -> None:
    found = ask(recognizer, "不是补办，是到期换证", "身份证丢了怎么补办", current="id_loss")
    assert found.candidates[0].item == "id_renew"


@pytest.mark.parametrize("query", ["不是补办，是换证", "是换证，不是补办"])
def test_a_correction_is_understood_in_either_order(recognizer: LearnedRecognizer, query: str) -> None:
    found = ask(recognizer, query, "我的身份证要补办", current="id_loss")
    assert "id_renew" in {*found.accepted, *found.choices[:1]}


def test_a_new_topic_leaves_the_item(recognizer: LearnedRecognizer) -> None:
    found = ask(recognizer, "我还想开一家有限公司，执照怎么办", "身份证丢了怎么办", current="id_loss")
    assert found.candidates[0].item == "company_setup"


def test_two_needs_in_one_message_are_both_found(recognizer: LearnedRecognizer) -> None:
    found = ask(recognizer, "身份证丢了要补，港澳通行证也要办，两样都要办")
    assert set(found.accepted) == {"id_loss", "hk_macau_pass"}


@pytest.mark.parametrize(
    ("query", "needs"),
    [
        ("身份证和驾驶证都丢了", {"id_loss", "driver_license_loss"}),
        ("先办居住证，再办社保卡", {"residence_permit", "ssc_apply"}),
        ("宝宝要上户口，另外想申请育儿补贴", {"hukou_birth", "childcare_subsidy"}),
        ("I lost my ID card and I lost my social security card", {"id_loss", "ssc_loss"}),
    ],
)
def test_several_needs_are_found_however_they_are_joined(
    recognizer: LearnedRecognizer, query: str, needs: set[str]
) -> None:
    assert set(ask(recognizer, query).accepted) == needs


@pytest.mark.parametrize(
    "query", ["办身份证要带户口本和照片吗", "我和老公想领结婚证", "不是身份证丢了，是身份证和护照都要换新的吗"]
)
def test_two_things_in_one_need_are_not_two_needs(recognizer: LearnedRecognizer, query: str) -> None:
    assert len(ask(recognizer, query).accepted) <= 1


@pytest.mark.parametrize(
    "query", ["要带什么材料", "今天天气怎么样", "帮我写一首诗", "深圳落户积分要多少", "杭州的居住证怎么续签"]
)
def test_what_is_no_business_of_the_catalogue_is_not_accepted(recognizer: LearnedRecognizer, query: str) -> None:
    assert ask(recognizer, query).decision is not Decision.ACCEPT


@pytest.mark.parametrize("query", ["", "   ", "😀😀", "\x00\u200b", "？！。", "\ud800"])
def test_a_message_without_words_fits_nothing(recognizer: LearnedRecognizer, query: str) -> None:
    found = ask(recognizer, query)
    assert found.decision is Decision.NONE
    assert found.candidates == ()


@pytest.mark.parametrize(
    "query", ["ﷺ" * 1000, "公" * 100_000, "a" * 10_000, "'; DROP TABLE items; --", "<script>x</script>"]
)
def test_any_message_gets_a_decision(recognizer: LearnedRecognizer, query: str) -> None:
    assert ask(recognizer, query).decision in Decision


def test_candidates_are_the_ten_best_with_probabilities(recognizer: LearnedRecognizer) -> None:
    scores = [one.score for one in ask(recognizer, "小孩读书").candidates]
    assert len(scores) == 10
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 1 for score in scores)


def test_a_question_offers_more_than_one_choice(recognizer: LearnedRecognizer) -> None:
    found = ask(recognizer, "公司公积金户")
    assert found.decision is Decision.CLARIFY
    assert {"gjj_reg", "gjj_close"} <= set(found.choices)


def test_a_new_item_is_found_by_its_sheet_alone(
    items: tuple[ServiceItem, ...], embedder: E5Embedder, cache: Path
) -> None:
    base = next(item for item in items if item.slug == "dog_reg")
    new = replace(base, slug="beekeeping", name="养蜂证核发", aliases=(), faq=(), conditions=(), materials=())
    asking = load_asking(ROOT / "corpus" / "asking")
    recognizer = build_recognizer((*items, new), asking, embedder, load_weights(), cache)
    assert ask(recognizer, "养蜂要办什么证").candidates[0].item == "beekeeping"


def test_a_catalogue_of_names_only_is_searched_at_once(items: tuple[ServiceItem, ...], embedder: E5Embedder) -> None:
    bare = [replace(i, aliases=(), faq=(), conditions=(), materials=()) for i in items[:20]]
    recognizer = build_recognizer(bare, (), embedder, load_weights())
    for item in bare[:5]:
        assert ask(recognizer, f"请问{item.name}怎么办理").candidates[0].item == item.slug


def test_an_empty_catalogue_fits_nothing(embedder: E5Embedder) -> None:
    found = ask(build_recognizer((), (), embedder, load_weights()), "身份证丢了怎么办")
    assert found.decision is Decision.NONE


def test_vectors_are_kept_between_starts_and_a_damaged_file_is_replaced(
    items: tuple[ServiceItem, ...], embedder: E5Embedder, tmp_path: Path
) -> None:
    few = items[:3]
    before = ask(build_recognizer(few, (), embedder, load_weights(), tmp_path), few[0].name)
    (kept,) = tmp_path.glob("*.npz")
    kept.write_bytes(kept.read_bytes()[:100])
    after = ask(build_recognizer(few, (), embedder, load_weights(), tmp_path), few[0].name)
    assert before == after
    assert kept.stat().st_size > 100


def test_missing_weights_say_how_to_make_them(tmp_path: Path) -> None:
    with pytest.raises(ModelFilesMissing, match="make train"):
        load_weights(tmp_path / "none.npz")


def test_a_broken_line_of_the_ways_of_asking_is_named(tmp_path: Path) -> None:
    good = json.dumps({"item": None, "query": "天气", "style": "everyday", "source": "A"})
    (tmp_path / "A.jsonl").write_text(f"{good}\n{{broken\n")
    with pytest.raises(SheetInvalid, match=r"A\.jsonl:2"):
        load_asking(tmp_path)
