"""Pictures and scans are read by what they show; what cannot be read for certain is never a number."""

import io
from pathlib import Path

import docx
import pytest
from PIL import Image

from ingest.errors import Unreadable
from ingest.parsers.pages import DOUBTFUL_SCORE, PageAssembler
from ingest.places import Region, places_of
from ingest.reading import read_file, read_parsed
from ingest.sniffing import Format
from knowledge.passages import Box
from knowledge.reading.lines import in_reading_order
from knowledge.reading.ocr import Seen
from tests.fakes.old_office_files import a_chinese_font, a_picture

FONT = a_chinese_font()
LINES = ["灯塔开放日管理办法", "参观者应当提前五个工作日预约，", "每次不得超过40人。"]


def seen(text: str, left: float, top: float, score: float = 1.0) -> Seen:
    return Seen(text=text, score=score, box=Box(left=left, top=top, right=left + 0.02 * len(text), bottom=top + 0.02))


@pytest.mark.skipif(FONT is None, reason="no Chinese font on this system")
@pytest.mark.parametrize("turned", [0, 90])
def test_a_page_that_lies_on_its_side_is_read_like_an_upright_one(turned: int) -> None:
    lines = [*LINES, "逾期不预约的不予接待。", "团体参观另行规定，请联系管理处。"]
    reading = read_file(a_picture(lines, FONT or Path(), turned=turned), "照片.pdf")
    assert reading.format is Format.IMAGE
    assert reading.media_type == "image/png"
    assert "每次不得超过40人。" in "".join(passage.text for passage in reading.passages)
    (place,) = reading.passages[0].places
    assert place.page == 1
    assert place.boxes


@pytest.mark.skipif(FONT is None, reason="no Chinese font on this system")
def test_a_scanned_pdf_is_read_page_by_page() -> None:
    page = Image.open(io.BytesIO(a_picture(LINES, FONT or Path())))
    out = io.BytesIO()
    page.save(out, format="PDF", resolution=150)
    reading = read_file(out.getvalue(), "扫描.pdf")
    assert "每次不得超过40人。" in "".join(passage.text for passage in reading.passages)
    assert any(warning.startswith("scanned_pages") for warning in reading.warnings)


@pytest.mark.skipif(FONT is None, reason="no Chinese font on this system")
def test_a_word_file_that_only_wraps_a_picture_is_read_from_it() -> None:
    document = docx.Document()
    document.add_picture(io.BytesIO(a_picture(LINES, FONT or Path())))
    out = io.BytesIO()
    document.save(out)
    reading = read_file(out.getvalue(), "扫描.docx")
    assert reading.format is Format.DOCX
    assert "每次不得超过40人。" in "".join(passage.text for passage in reading.passages)


def test_a_picture_without_words_says_so() -> None:
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "navy").save(out, format="PNG")
    with pytest.raises(Unreadable, match="没有可以辨认的文字"):
        read_file(out.getvalue(), "logo.png")


def test_a_number_that_was_not_read_for_certain_is_masked_and_its_passage_fenced() -> None:
    assembler = PageAssembler()
    assembler.add_lines([seen("一、参观者须预约。", 0.1, 0.1)], certain=False)
    assembler.add_lines([seen("二、每次不得超过48人。", 0.1, 0.2, DOUBTFUL_SCORE - 0.1)], certain=False)
    reading = read_parsed(assembler.parsed(), name="a.jpg", region="上海市", format_=Format.IMAGE)
    fenced = [passage for passage in reading.passages if passage.garbled]
    assert [passage.text for passage in fenced] == ["二、每次不得超过□人。"]
    assert any(not passage.garbled and "须预约" in passage.text for passage in reading.passages)


def test_cells_beside_each_other_stay_in_their_row_and_columns_of_text_come_one_after_the_other() -> None:
    row = [seen("二小", 0.5, 0.101), seen("一小", 0.1, 0.1)]
    assert [line.text for line in in_reading_order(row)] == ["一小  二小"]
    columns = [
        seen(f"{side}栏第{n}行的文字有十来个字", left, 0.1 + 0.03 * n)
        for n in range(6)
        for side, left in (("左", 0.05), ("右", 0.55))
    ]
    told = [line.text[0] for line in in_reading_order(columns)]
    assert told == ["左"] * 6 + ["右"] * 6


def test_a_span_over_two_pages_has_a_place_on_each() -> None:
    box = Box(left=0.1, top=0.9, right=0.9, bottom=0.95)
    regions = [Region(start=0, end=10, page=1, box=box), Region(start=12, end=20, page=2)]
    assert [(place.page, len(place.boxes)) for place in places_of(regions, 5, 15)] == [(1, 1), (2, 0)]
    assert places_of(regions, 10, 12) == ()
