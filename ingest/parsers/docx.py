"""DOCX by python-docx: paragraphs and tables in the order of the page, headings by style or outline level."""

import contextlib
import io
import re
from collections.abc import Iterator, Sequence

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from ingest.blocks import BlockKind, ParsedFile, TextAssembler
from ingest.errors import Unreadable
from ingest.parsers.pages import PageAssembler
from ingest.parsers.picture import pictures_of
from ingest.parsers.tables import readable_rows
from ingest.parsers.text import line_blocks
from ingest.parsers.word_lists import WordLists

_HEADING_STYLE = re.compile(r"^(?:heading|标题|標題)\s*(\d)", re.IGNORECASE)
_LEVELS = 6
_FEWEST_CHARACTERS = 20  # of a file that is more than a wrapping of pictures
_LONGEST_HEADING = 80  # longer ones are body text in a heading's style
_TRANSPARENT = frozenset(qn(tag) for tag in ("w:sdt", "w:sdtContent", "w:ins", "w:smartTag", "w:customXml"))
# Word writes a text box twice: as it is, and once more for old programs.
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def parse_docx(content: bytes) -> ParsedFile:
    """Text of the body with its tables; headers, footers and comments are furniture and left out."""
    try:
        document = docx.Document(io.BytesIO(content))
        writer = _Writer(document)
        writer.add_parts(document.element.body)
        title = document.core_properties.title or None
        pictures = [] if writer.assembler.length >= _FEWEST_CHARACTERS else list(_pictures(document))
    except Exception as error:  # a damaged package fails anywhere in python-docx, lxml or zipfile
        raise Unreadable("Word 文件已损坏，无法打开。请用 Word 打开并另存为 .docx 后再上传") from error
    if pictures:
        return _scanned(writer.assembler.parsed().text, pictures, title)
    return writer.assembler.parsed(title=title)


def _pictures(document: Document) -> Iterator[bytes]:
    """The pictures of the body in order."""
    for blip in document.element.body.iter(qn("a:blip")):
        relation = document.part.rels.get(blip.get(qn("r:embed")) or "")
        if relation is not None and not relation.is_external:
            yield relation.target_part.blob


def _scanned(text: str, pictures: Sequence[bytes], title: str | None) -> ParsedFile:
    """A Word file that only wraps pictures of pages, each read as a page."""
    pages = PageAssembler()
    pages.add_text(text, line_blocks(text))
    for raw in pictures:
        # A seal, or a drawing in a format of its own, says nothing against the others.
        with contextlib.suppress(Unreadable):
            for picture in pictures_of(raw):
                pages.add_picture(picture)
                pages.end_page()
    return pages.parsed(title)


class _Writer:
    """Paragraphs and rows in the order of the page, with the numbers that Word computes."""

    def __init__(self, document: Document) -> None:
        self.assembler = TextAssembler()
        self._document = document
        self._lists = WordLists(document)

    def add_parts(self, element: BaseOxmlElement) -> None:
        """Everything of an element."""
        for part in _parts(self._document, element):
            if isinstance(part, Table):
                self._add_table(part)
            else:
                self._add_paragraph(part)

    def _add_paragraph(self, paragraph: Paragraph) -> None:
        text = self._numbered(paragraph)
        level = _level(paragraph)
        heading = level > 0 and len(text) <= _LONGEST_HEADING
        for line in text.split("\n"):
            kind = BlockKind.HEADING if heading else BlockKind.PARAGRAPH
            self.assembler.add(kind, line, level=level if heading else 0)

    def _numbered(self, paragraph: Paragraph) -> str:
        text = "".join(_run_texts(paragraph))
        # An empty paragraph of a list shows no number of interest, but it counts only where Word shows one.
        return self._lists.label(paragraph._p) + text if text.strip() else text

    def _add_table(self, table: Table) -> None:
        rows = [list(row.cells) for row in table.rows]
        if rows and max(map(len, rows)) == 1:
            # A frame drawn as a table of one column holds ordinary text.
            for row in rows:
                for cell in row:
                    self.add_parts(cell._tc)
            return
        known: dict[int, str] = {}
        texts: list[list[str]] = []
        for row in rows:
            texts.append([known.get(id(c._tc)) or known.setdefault(id(c._tc), self._cell_text(c)) for c in row])
        for text in readable_rows(texts):
            self.assembler.add(BlockKind.ROW, text)

    def _cell_text(self, cell: _Cell) -> str:
        """All text of a cell, with the tables inside it."""
        return "\n".join(self._numbered(Paragraph(p, cell)) for p in cell._tc.iter(qn("w:p")))


def _parts(document: Document, element: BaseOxmlElement) -> Iterator[Paragraph | Table]:
    """Paragraphs and tables of an element as they stand, also inside content controls, not those inside its tables."""
    for child in element.iterchildren():
        if child.tag == qn("w:p"):
            yield Paragraph(child, document)
        elif child.tag == qn("w:tbl"):
            yield Table(child, document)
        elif child.tag in _TRANSPARENT:
            yield from _parts(document, child)


def _run_texts(paragraph: Paragraph) -> Iterator[str]:
    """Text in reading order, with inserted runs and without deleted ones."""
    for node in paragraph._p.iter(qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:cr"), qn("w:noBreakHyphen")):
        if _in_fallback(node):
            continue
        if node.tag == qn("w:t"):
            yield node.text or ""
        elif node.tag == qn("w:noBreakHyphen"):
            yield "-"
        elif node.tag == qn("w:tab"):
            # A tab inside the paragraph's properties is a tab stop, no text.
            yield "" if node.getparent().tag == qn("w:tabs") else " "
        else:
            yield "\n"


def _in_fallback(node: BaseOxmlElement) -> bool:
    return any(parent.tag == _FALLBACK for parent in node.iterancestors())


def _level(paragraph: Paragraph) -> int:
    outline = paragraph._p.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
    if outline is not None:
        value = outline.get(qn("w:val")) or "9"
        return int(value) + 1 if value.isdigit() and int(value) < _LEVELS else 0
    style = paragraph.style.name if paragraph.style is not None else None
    found = _HEADING_STYLE.match(style or "")
    if found:
        return min(int(found.group(1)) or 1, _LEVELS)
    return 1 if (style or "").lower() in {"title", "标题"} else 0
