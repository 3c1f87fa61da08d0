"""PDF text layer by pypdfium2, page by page; a scan without text layer is named as such."""

import ctypes

import pypdfium2 as pdfium

from ingest.blocks import Block, BlockKind, ParsedFile
from ingest.errors import Unreadable, Unsupported
from ingest.parsers.text import line_blocks

_MAX_PAGES = 2_000
_FEWEST_CHARACTERS_A_PAGE = 10
_PASSWORD_NEEDED = 4


def parse_pdf(content: bytes) -> ParsedFile:
    """Text of all pages, in reading order as the file gives it; PAGE blocks stand between pages."""
    pages, warnings = _page_texts(content)
    if sum(len(page.strip()) for page in pages) < _FEWEST_CHARACTERS_A_PAGE * max(1, len(pages)):
        raise Unsupported("这是扫描件（只有图片，没有文字层），暂不支持。请提供原始的电子文件")
    text: list[str] = []
    blocks: list[Block] = []
    length = 0
    for page in pages:
        blocks.extend(line_blocks(page, length))
        length += len(page) + 1
        text.append(page + "\f")
        blocks.append(Block(kind=BlockKind.PAGE, start=length, end=length))
    return ParsedFile(text="".join(text), blocks=tuple(blocks), warnings=warnings)


def _page_texts(content: bytes) -> tuple[list[str], tuple[str, ...]]:
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD_NEEDED or "password" in str(error).lower():
            raise Unreadable("PDF 有密码保护，无法打开。请提供没有密码的文件") from error
        raise Unreadable("PDF 文件已损坏，无法打开。请重新导出后再上传") from error
    try:
        count = len(document)
        if count == 0:
            raise Unreadable("PDF 里没有页面。请检查文件是否完整")
        warnings = (f"文件有{count}页，只读取了前{_MAX_PAGES}页",) if count > _MAX_PAGES else ()
        return [_page_text(document, index) for index in range(min(count, _MAX_PAGES))], warnings
    finally:
        document.close()


def _page_text(document: pdfium.PdfDocument, index: int) -> str:
    """An unreadable page gives no text; the others are still read."""
    try:
        page = document[index]
        textpage = page.get_textpage()
        text: str = textpage.get_text_range()
        textpage.close()
        page.close()
    except (pdfium.PdfiumError, ctypes.ArgumentError, UnicodeDecodeError):
        return ""
    # PDFium marks a hyphen at a line end with U+FFFE, and ends lines with CR LF.
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufffe", "").replace("\f", "\n")
