"""Old Word and Excel files, RTF and OFD give the text, the numbers and the tables that a reader of the page sees."""

import io

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from openpyxl import load_workbook

from ingest.errors import Unreadable
from ingest.parsers.docx import parse_docx
from ingest.parsers.grid import EdgedCell, square
from ingest.parsers.numbering import Numeral, written
from ingest.parsers.tables import readable_rows
from ingest.reading import Reading, read_file
from ingest.sniffing import Format
from tests.fakes.office_files import an_xlsx
from tests.fakes.old_office_files import a_doc, an_ofd, an_xls


def words(reading: Reading) -> str:
    return "\n".join(passage.text for passage in reading.passages)


def test_an_old_word_file_gives_paragraphs_and_table() -> None:
    content = a_doc(["灯塔管理办法", "参观须预约。"], table=[["材料", "份数"], ["身份证", "1"], ["申请表", "2"]])
    reading = read_file(content, "办法.txt")
    assert reading.format is Format.DOC
    assert reading.media_type == "application/msword"
    assert "参观须预约。" in words(reading)
    assert "材料：申请表；份数：2" in words(reading)


def test_numbers_that_word_computes_are_read_in_an_old_file() -> None:
    reading = read_file(a_doc(["灯塔管理办法"], numbered=["总则", "参观"]), "a.doc")
    assert "第一章 总则" in reading.text
    assert "第二章 参观" in reading.text


def test_a_locked_word_file_says_that_it_has_a_password() -> None:
    with pytest.raises(Unreadable, match="密码"):
        read_file(a_doc(["内容"], locked=True), "a.doc")


def test_numbers_that_word_computes_are_read_in_a_new_file() -> None:
    document = docx.Document()
    for text in ("申请人须年满十八周岁。", "申请人须有住所。"):
        document.add_paragraph(text, style="List Number")
    document.add_paragraph("说明", style="List Bullet")
    out = io.BytesIO()
    document.save(out)
    assert parse_docx(out.getvalue()).text.split("\n\n")[:3] == [
        "1.申请人须年满十八周岁。",
        "2.申请人须有住所。",
        "说明",
    ]


def test_a_chapter_numbered_by_its_style_begins_at_its_own_number() -> None:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum", {qn("w:abstractNumId"): "90"})
    level = OxmlElement("w:lvl", {qn("w:ilvl"): "0"})
    for tag, value in (("w:start", "3"), ("w:numFmt", "chineseCounting"), ("w:lvlText", "第%1章")):
        level.append(OxmlElement(tag, {qn("w:val"): value}))
    abstract.append(level)
    numbering.insert(0, abstract)
    use = OxmlElement("w:num", {qn("w:numId"): "90"})
    use.append(OxmlElement("w:abstractNumId", {qn("w:val"): "90"}))
    numbering.append(use)
    properties = document.styles["Heading 1"].element.get_or_add_pPr()
    listed = OxmlElement("w:numPr")
    listed.append(OxmlElement("w:numId", {qn("w:val"): "90"}))
    properties.append(listed)
    document.add_heading("参观", level=1)
    document.add_heading("附则", level=1)
    out = io.BytesIO()
    document.save(out)
    assert parse_docx(out.getvalue()).text.split() == ["第三章", "参观", "第四章", "附则"]


@pytest.mark.parametrize(
    ("number", "numeral", "shown"),
    [
        (12, Numeral.CHINESE, "十二"),
        (20, Numeral.CHINESE, "二十"),
        (105, Numeral.CHINESE, "一百零五"),
        (110, Numeral.CHINESE, "一百一十"),
        (3, Numeral.LEGAL, "叁"),
        (2, Numeral.STEM, "乙"),
        (3, Numeral.CIRCLED, "③"),
        (30, Numeral.CIRCLED, "30"),
        (4, Numeral.UPPER_ROMAN, "IV"),
        (28, Numeral.LOWER_LETTER, "bb"),
        (0, Numeral.CHINESE, "0"),
    ],
)
def test_numbers_are_written_as_the_page_shows_them(number: int, numeral: Numeral, shown: str) -> None:
    assert written(number, numeral) == shown


def test_an_old_workbook_repeats_what_was_merged() -> None:
    content = an_xls([["街道", "学校", "名额"], ["东街", "一小", 20.0], ["", "二小", 10.5]], merged=[(1, 2, 0, 0)])
    reading = read_file(content, "a.pdf")
    assert reading.format is Format.XLS
    assert "街道：东街；学校：一小；名额：20" in words(reading)
    assert "街道：东街；学校：二小；名额：10.5" in words(reading)


def test_a_new_workbook_repeats_what_was_merged() -> None:
    book = load_workbook(io.BytesIO(an_xlsx({"表": [["街道", "学校"], ["东街", "一小"], [None, "二小"]]})))
    book.worksheets[0].merge_cells("A2:A3")
    out = io.BytesIO()
    book.save(out)
    assert "街道：东街；学校：二小" in words(read_file(out.getvalue(), "a.xlsx"))


def test_a_header_of_two_rows_names_its_columns_with_both() -> None:
    rows = [["人员", "补贴", "补贴"], ["人员", "城镇", "农村"], ["退役军人", "100", "120"]]
    assert readable_rows(rows)[1] == "人员：退役军人；补贴 城镇：100；补贴 农村：120"


def test_cells_given_by_their_edges_fall_into_their_columns() -> None:
    rows = [
        [EdgedCell(left=0, right=100, text="类"), EdgedCell(left=100, right=300, text="宽")],
        [
            EdgedCell(left=0, right=100, text="", continues=True),
            EdgedCell(left=102, right=200, text="左"),
            EdgedCell(left=200, right=300, text="右"),
        ],
    ]
    assert square(rows) == [["类", "宽", "宽"], ["类", "左", "右"]]


_RTF = (
    rb"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fnil\fcharset134 \'cb\'ce\'cc\'e5;}{\f1\fcharset0 Arial;}}"
    rb"{\*\generator secret;}{\header header words\par}"
    rb"\pard\f0 \'b5\'c6\'cb\'fe\'b9\'dc\'c0\'ed\'b0\'ec\'b7\'a8\par"
    rb"\f1 \u21442?\u35266?\u39035?\u39044?\u32422?\u12290?\par{\v hidden}"
    rb"\trowd\cellx1000\cellx2000\intbl \u26448?\u26009?\cell \u20221?\u25968?\cell\row"
    rb"\trowd\cellx1000\cellx2000\intbl \u35777?\u20214?\cell 1\cell\row\pard\par}"
)


def test_an_rtf_file_is_read_with_its_code_pages_and_its_table() -> None:
    reading = read_file(_RTF, "a.doc")
    assert reading.format is Format.RTF
    assert reading.text.split() == ["灯塔管理办法", "参观须预约。", "材料", "|", "份数", "材料：证件；份数：1"]


def test_an_ofd_file_is_read_line_by_line_with_its_places() -> None:
    pages = [
        [(20, 20, "灯塔管理办法"), (20, 40, "参观须提前"), (100, 40, "三日预约。")],
        [(20, 30, "附则：本办法自公布之日起施行。")],
    ]
    reading = read_file(an_ofd(pages), "a.zip")
    assert reading.format is Format.OFD
    passage = next(p for p in reading.passages if "施行" in p.text)
    (place,) = [place for place in passage.places if place.page == 2]
    assert place.boxes[0].top == pytest.approx(30 / 297, abs=0.01)
    assert "参观须提前  三日预约。" in reading.text
