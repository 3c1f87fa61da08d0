"""How requests are brought onto one wording before anything is compared."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.recognition.decision import Speaker, Utterance
from knowledge.recognition.elsewhere import Elsewhere
from knowledge.recognition.evidence import sounds_like, without_denials
from knowledge.recognition.follow_up import adds_nothing, read_in_dialogue
from knowledge.recognition.spelling import SpellingRepair
from knowledge.recognition.wording import plain_wording

CATALOGUE = [
    "住房公积金提取",
    "公积金贷款怎么申请",
    "身份证补领要带什么材料",
    "护照首次申请",
    "社会保障卡申领",
    "取公积金付房租",
    "退休提取公积金",
] * 4


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("我想辦居住證", "我想办居住证"),
        ("ＡＢＣ　１２３", "ABC 123"),
        ("侬晓得伐，阿拉屋里小囡哪能报户口", "你知道吗,我们家里孩子怎么报户口"),
        ("钞票啥辰光拿", "钱什么时候拿"),
        ("a\u200bb\x00c", "a b c"),
        ("伊朗签证", "伊朗签证"),
        ("讲座在楼顶", "讲座在楼顶"),
        ("", ""),
    ],
)
def test_writing_is_brought_onto_plain_mandarin(said: str, meant: str) -> None:
    assert plain_wording(said) == meant


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=()), max_size=200))
def test_any_string_has_a_plain_wording_that_can_be_stored(text: str) -> None:
    plain_wording(text).encode("utf-8")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("公积斤怎么取", "公积金怎么取"),
        ("huzhao怎么办", "护照怎么办"),
        ("身份正补领", "身份证补领"),
        ("公积金贷款怎么申请", "公积金贷款怎么申请"),
        ("How do I apply?", "How do I apply?"),
        ("", ""),
    ],
)
def test_slips_are_repaired_with_the_catalogues_words(typed: str, meant: str) -> None:
    assert SpellingRepair(CATALOGUE).repair(typed) == meant


def test_spelling_that_knows_no_texts_changes_nothing() -> None:
    assert SpellingRepair([]).repair("公积斤 huzhao") == "公积斤 huzhao"


@pytest.mark.parametrize(
    ("text", "said", "denied"),
    [
        ("不是补办,是换证", "是换证", "补办"),
        ("没丢,是到期了", "是到期了", "没丢"),
        ("不光要执照,公章也要", "执照", ""),
        ("怎么补办", "怎么补办", ""),
    ],
)
def test_what_is_denied_is_kept_apart_from_what_is_asked(text: str, said: str, denied: str) -> None:
    asked, not_meant = without_denials(text)
    assert said in asked
    assert denied in not_meant
    assert bool(not_meant) == bool(denied)


@pytest.mark.parametrize(
    ("text", "whom"), [("我们公司招了人", "法人"), ("我妈要领", "个人"), ("公司给我妈办的", None), ("怎么办", None)]
)
def test_words_say_whom_a_request_is_for(text: str, whom: str | None) -> None:
    assert sounds_like(text) == whom


@pytest.mark.parametrize("text", ["那要带什么材料", "多少钱?", "我老婆呢", "要多久", "how much does it cost"])
def test_a_question_about_any_item_adds_nothing(text: str) -> None:
    assert adds_nothing(text)


@pytest.mark.parametrize("text", ["身份证丢了", "公积金", "老人去世了要办哪些手续", "过户要多少钱", "lost my passport"])
def test_a_question_that_names_something_adds_it(text: str) -> None:
    assert not adds_nothing(text)


def test_a_follow_up_is_read_with_what_it_is_about() -> None:
    earlier = [
        Utterance(Speaker.CITIZEN, "公积金贷款怎么申请"),
        Utterance(Speaker.XIAOSHEN, "可以在网上申请"),
        Utterance(Speaker.CITIZEN, "要多久"),
    ]
    assert read_in_dialogue("那要带什么", earlier).with_history == "公积金贷款怎么申请 那要带什么"


def test_what_a_correction_takes_back_is_taken_out_of_what_was_said() -> None:
    earlier = [Utterance(Speaker.CITIZEN, "身份证补办")]
    with_history = read_in_dialogue("不是补办,是换证", earlier).with_history
    assert with_history is not None
    assert "补办" not in with_history
    assert "身份证" in with_history


@pytest.mark.parametrize("text", ["深圳办居住证要几天", "青岛落户要什么条件", "我想办杭州的居住证", "那南京那边的呢"])
def test_another_citys_business_is_noticed(text: str) -> None:
    assert Elsewhere(["上海市"]).is_meant(text)


@pytest.mark.parametrize(
    "text",
    [
        "要把苏州的公积金转过来",
        "南京社保怎么转入",
        "把杭州的公积金转到上海",
        "我是宁波人,孩子怎么报户口",
        "在苏州住院怎么报销",
    ],
)
def test_coming_from_elsewhere_is_no_business_of_elsewhere(text: str) -> None:
    assert not Elsewhere(["上海市"]).is_meant(text)


def test_a_provinces_own_cities_are_at_home() -> None:
    assert not Elsewhere(["广东省"]).is_meant("深圳落户政策")
    assert Elsewhere(["广东省"]).is_meant("上海落户政策")
