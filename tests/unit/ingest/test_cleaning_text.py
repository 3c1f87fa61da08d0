"""The searchable text is repaired; every character still knows its place in the original."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.characters import fold, is_traditional
from ingest.punctuation import punctuate
from ingest.reading import read_text
from ingest.traced import Traced, joined


def cleaned(text: str) -> str:
    return punctuate(fold(Traced.of(text, 0, len(text)), traditional=is_traditional(text))).text


@pytest.mark.parametrize(
    ("original", "searchable"),
    [
        ("沪府办发 〔２０２２〕１号", "沪府办发〔2022〕1号"),
        ("上 海 市 人 民 政 府", "上海市人民政府"),
        ("«工作要点»", "《工作要点》"),
        ("按照执行.", "按照执行。"),
        ("达到８０％.“随申办”用户", "达到80%。“随申办”用户"),
        ("打造改革５．０版", "打造改革5.0版"),
        ("注册用户超8,927万", "注册用户超8,927万"),
        ("目前,全市已有3项", "目前，全市已有3项"),
        ("(三)加强宣传", "（三）加强宣传"),
        ("图像识别（OCR)、语义", "图像识别（OCR）、语义"),
        ("网址https://www.example.gov.cn/a?b=1", "网址https://www.example.gov.cn/a?b=1"),
        ("聚焦“520 高频事项”", "聚焦“520高频事项”"),
        ("一.总则", "一、总则"),
        ("时间:9:00-17:00", "时间：9:00-17:00"),
        ("⽤户⻚面", "用户页面"),
        ("零宽\u200b字符\ufeff", "零宽字符"),
        ("满意度为99.5%.", "满意度为99.5%。"),
        ("第一条 2020年起", "第一条　2020年起"),
        ("version 2.0, see above", "version 2.0, see above"),
    ],
)
def test_defects_of_real_text_are_repaired(original: str, searchable: str) -> None:
    assert cleaned(original) == searchable


def test_a_document_in_traditional_characters_is_searched_in_simplified_ones() -> None:
    reading = read_text("深化政務服務模式創新，推進關聯事項集成辦，優化電子證照應用。", "a.txt")
    assert reading.passages[0].text.startswith("深化政务服务模式创新")
    assert any("traditional_characters" in warning for warning in reading.warnings)


def test_one_rare_form_does_not_make_a_text_traditional() -> None:
    assert not is_traditional("乾隆年间的著作，存放于上海市图书馆古籍部，读者可以凭证借阅。" * 3)


@given(st.text(max_size=200))
def test_repairing_never_fails_and_keeps_text_and_places_in_step(text: str) -> None:
    out = punctuate(fold(Traced.of(text, 0, len(text)), traditional=True))
    assert len(out.text) == len(out.origins)
    assert all(0 <= place < max(1, len(text)) for place in out.origins)


@given(st.lists(st.text(min_size=1, max_size=20), min_size=1, max_size=5))
def test_joined_parts_keep_their_places(parts: list[str]) -> None:
    whole = "".join(parts)
    traced: list[Traced] = []
    at = 0
    for part in parts:
        traced.append(Traced.of(whole, at, at + len(part)))
        at += len(part)
    out = joined(traced, "\n")
    assert [whole[place] for ch, place in zip(out.text, out.origins, strict=True) if ch != "\n"] == [
        ch for ch in out.text if ch != "\n"
    ]


def test_a_replacement_takes_the_place_of_what_it_replaced() -> None:
    out = Traced.of("甲--乙", 0, 4).sub(re.compile("-+"), "—")
    assert (out.text, list(out.origins)) == ("甲—乙", [0, 1, 3])
