"""Numbers that a font turned into symbols are never stated; clean text of the same document stays usable."""

import pytest

from ingest.quality import font_is_garbled, is_mojibake, judge
from ingest.reading import Reading, read_text
from ingest.traced import Traced

PAGE = """去年 !"月，全市共设窗口 #$余个，申请人最快 %个工作日可以领取证照。

受理中心的工作人员会耐心解答每一位申请人提出的问题。

准确率达 )$*以上，覆盖 %,"个事项，新増 &$$项服务。"""


def reading_of(text: str) -> Reading:
    return read_text(text, "报纸.txt")


def test_symbols_in_the_place_of_digits_make_a_passage_garbled() -> None:
    passages = reading_of(PAGE).passages
    garbled = [passage for passage in passages if passage.garbled]
    assert any("窗口" in passage.text for passage in garbled)
    assert any("准确率" in passage.text for passage in garbled)


def test_the_clean_sentence_between_them_is_a_passage_of_its_own() -> None:
    clean = [passage for passage in reading_of(PAGE).passages if not passage.garbled]
    assert [passage.text for passage in clean] == ["受理中心的工作人员会耐心解答每一位申请人提出的问题。"]


def test_what_stood_for_a_number_is_masked_so_that_it_cannot_be_copied() -> None:
    text = "".join(passage.text for passage in reading_of(PAGE).passages)
    assert not set("!\"#$%&'*+") & set(text)
    assert not any(ch.isdigit() for ch in text)
    assert "□" in text


def test_the_editor_is_told() -> None:
    assert any(warning.startswith("garbled_text") for warning in reading_of(PAGE).warnings)


@pytest.mark.parametrize(
    "text",
    [
        "覆盖率不低于90%，同比增长3.5%（含）以上。",
        "欢迎来到上海!请出示证件!!!",
        '他说:"材料齐了!"于是就走了。',
        "推进“人工智能+政务服务”，拓展A&B合作，使用C#语言。",
        "费用为$100/人，详见http://a.cn/?x=1&y=2#top。",
        "长三角(含安徽)3个城市,共计27-30个事项。",
        "实现“互联网+监管”，办理‘一件事’……",
        "*注:本表金额单位为元*",
        "附件1.xlsx、附件2.docx(共2个)",
    ],
)
def test_ordinary_use_of_symbols_is_no_garbled_text(text: str) -> None:
    assert not judge(Traced.of(text, 0, len(text)), font_garbled=False).garbled
    assert not font_is_garbled([text] * 5)


def test_utf8_read_as_latin1_is_mojibake() -> None:
    assert is_mojibake("上海市人民政府办公厅文件".encode().decode("latin-1"))


def test_utf8_read_as_gbk_is_mojibake() -> None:
    text = "市民可以在社区事务受理服务中心办理居住证，也可以在网上申请，材料齐全的当场办结。"
    assert is_mojibake(text.encode().decode("gb18030", "replace"))
    assert not is_mojibake(text)


def test_a_list_of_rare_names_is_no_mojibake() -> None:
    assert not is_mojibake("镧、铈、镨、钕、钐、铕、钇、钆、铽、镝、钬、铒、铥、镱、镥。")


def test_an_unreadable_character_is_masked() -> None:
    passage = reading_of("本市共有\ufffd\ufffd个受理点，均可办理。").passages[0]
    assert passage.garbled
    assert "□个受理点" in passage.text


def test_a_private_character_before_a_measure_word_may_have_been_a_digit() -> None:
    passage = reading_of("审批时间压缩到\ue021个工作日以内，由原来的部门办理。").passages[0]
    assert passage.garbled
    assert "\ue021" not in passage.text


def test_a_private_character_elsewhere_is_dropped() -> None:
    passage = reading_of("\uf06c 申请人应当提交身份证明。").passages[0]
    assert not passage.garbled
    assert "申请人应当提交身份证明。" in passage.text
