"""PDF by pypdfium2, page by page: the text layer where there is one, else the page as a picture is read."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pypdfium2 as pdfium

from ingest.blocks import Block, ParsedFile
from ingest.errors import Unreadable
from ingest.parsers.pages import PageAssembler
from ingest.parsers.pdf_lines import boxes_of, plain_text
from ingest.parsers.text import line_blocks
from knowledge.passages import Box
from knowledge.reading.ocr import Picture

_MAX_PAGES = 2_000
_FEWEST_CHARACTERS_A_PAGE = 10
_PASSWORD_NEEDED = 4
_DOTS_AN_INCH, _POINTS_AN_INCH = 150, 72
_LARGEST_SIDE = 3000


def parse_pdf(content: bytes) -> ParsedFile:
    """All pages, in reading order as the file gives it; PAGE blocks stand between pages.

    A page with text is never read as a picture, whatever else is on it.
    """
    assembler = PageAssembler()
    document = _opened(content)
    try:
        count = len(document)
        if count == 0:
            raise Unreadable("PDF 里没有页面。请检查文件是否完整")
        for page, layer in _pages(document, min(count, _MAX_PAGES)):
            if len(layer.text.strip()) >= _FEWEST_CHARACTERS_A_PAGE or page is None or not _shows_something(page):
                assembler.add_text(layer.text, layer.lines, layer.boxes)
            else:
                assembler.add_picture(_picture(page))
            assembler.end_page()
    finally:
        document.close()
    if not assembler.characters:
        raise Unreadable("PDF 里没有文字，也没有可以辨认的图片。请检查文件是否完整，或提供原始的电子文件")
    return assembler.parsed(warnings=(f"文件有{count}页，只读取了前{_MAX_PAGES}页",) if count > _MAX_PAGES else ())


def _opened(content: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD_NEEDED or "password" in str(error).lower():
            raise Unreadable("PDF 有密码保护，无法打开。请提供没有密码的文件") from error
        raise Unreadable("PDF 文件已损坏，无法打开。请重新导出后再上传") from error


@dataclass(frozen=True, slots=True)
class _Layer:
    """The text layer of a page: its lines, and where each stands."""

    text: str = ""
    lines: tuple[Block, ...] = ()
    boxes: tuple[Box | None, ...] = ()


def _pages(document: pdfium.PdfDocument, count: int) -> Iterator[tuple[pdfium.PdfPage | None, _Layer]]:
    """An unreadable page gives no text; the others are still read."""
    for index in range(count):
        try:
            page = document[index]
            layer = _layer(page)
        except (pdfium.PdfiumError, ctypes.ArgumentError, UnicodeDecodeError):
            yield None, _Layer()
            continue
        yield page, layer
        page.close()


def _layer(page: pdfium.PdfPage) -> _Layer:
    textpage = page.get_textpage()
    try:
        raw: str = textpage.get_text_range()
        text, came_from = plain_text(raw)
        lines = line_blocks(text)
        return _Layer(text, tuple(lines), tuple(boxes_of(page, textpage, lines, came_from, len(raw))))
    finally:
        textpage.close()


def _shows_something(page: pdfium.PdfPage) -> bool:
    return next(iter(page.get_objects(max_depth=2)), None) is not None


def _picture(page: pdfium.PdfPage) -> Picture:
    width, height = page.get_size()
    scale = min(_DOTS_AN_INCH / _POINTS_AN_INCH, _LARGEST_SIDE / max(width, height, 1.0))
    array = page.render(scale=scale).to_numpy()
    layers = array.reshape(*array.shape[:2], -1)
    return np.ascontiguousarray(np.repeat(layers, 3, axis=2) if layers.shape[2] == 1 else layers[:, :, :3])
