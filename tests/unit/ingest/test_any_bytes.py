"""Whatever the bytes: a reading or a reason, never another exception; places always point into the original."""

import unicodedata

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.characters import simplified
from ingest.errors import IngestError
from ingest.reading import Reading, read_file, read_text
from tests.fakes.office_files import a_docx, a_pdf, a_zip, an_xlsx

_WHOLE = (
    a_docx(["第一条 内容。"], table=[["甲", "乙"], ["丙", "丁"]]),
    a_pdf([["第一条"], ["内容。"]]),
    an_xlsx({"表": [["甲", 1]]}),
)
_MARKS = ["第一条 ", "（一）", "一、", "问：", "答：", "# ", "## ", "附件", "本报记者 张三", "沪府发〔2031〕1号", "---"]
_PUNCTUATION = ["。", "\n", "\n\n", "“", "”", "《", "》", "(", ")", " ", "　", '!"#', "$%", "a.b", "| a | b |"]
_STRANGE = ["\x00", "\ue000", "\U00100170", "\ufffd", "關", "１２３", "<p>", "</p>", "<table><tr><td>", "https://x.cn"]
_WORDS = ["个", "年", "日", "自2031年1月1日起施行", "申请人应当提交材料"]
_SCRAPS = st.sampled_from([*_MARKS, *_PUNCTUATION, *_STRANGE, *_WORDS])


def taken(content: bytes, name: str) -> Reading | None:
    try:
        return read_file(content, name)
    except IngestError:
        return None


@given(st.binary(max_size=400), st.sampled_from(["a.txt", "a.pdf", "", "无后缀", "a.csv"]))
def test_any_bytes_give_a_reading_or_a_reason(content: bytes, name: str) -> None:
    taken(content, name)


@given(
    st.sampled_from(
        [
            b"%PDF-1.4\n",
            b"PK\x03\x04",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
            b"<html>",
            b"\xff\xfe",
            b"{\\rtf",
            b"\xef\xbb\xbf",
        ]
    ),
    st.binary(max_size=300),
)
def test_the_beginning_of_a_format_and_then_anything(beginning: bytes, rest: bytes) -> None:
    taken(beginning + rest, "a")


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(_WHOLE), st.data())
def test_a_damaged_office_file_gives_a_reading_or_a_reason(whole: bytes, data: st.DataObject) -> None:
    damaged = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 8))):
        damaged[data.draw(st.integers(0, len(damaged) - 1))] = data.draw(st.integers(0, 255))
    taken(bytes(damaged[: data.draw(st.integers(1, len(damaged)))]), "a")


@given(
    st.dictionaries(
        st.sampled_from(["word/document.xml", "xl/workbook.xml", "OFD.xml", "[Content_Types].xml", "a.txt"]),
        st.binary(max_size=80),
    )
)
def test_a_zip_with_the_members_of_a_format_and_nonsense_inside(members: dict[str, bytes]) -> None:
    taken(a_zip(members), "a.docx")


@settings(deadline=None)
@given(st.lists(_SCRAPS, max_size=60).map("".join))
def test_any_text_gives_passages_whose_places_lie_in_the_original(text: str) -> None:
    reading = taken(text.encode("utf-8", "replace"), "a.txt")
    for passage in reading.passages if reading else ():
        assert 0 <= passage.start < passage.end <= len(reading.text if reading else "")
        assert passage.text.strip()


@given(
    st.lists(st.sampled_from("申请人应当提交材料办理窗口服务事項証關號０９5。，"), min_size=4, max_size=120).map(
        "".join
    )
)
def test_the_words_of_a_passage_stand_at_its_place_in_the_original(text: str) -> None:
    try:
        reading = read_text(text, "a.txt")
    except IngestError:
        return
    for passage in reading.passages:
        original = unicodedata.normalize("NFKC", reading.text[passage.start : passage.end])
        there = {simplified(ch) for ch in original} | set(original)
        assert {ch for ch in passage.text if ch.isalnum()} <= there
