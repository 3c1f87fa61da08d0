"""DOCX by python-docx: paragraphs and tables in the order of the page, headings by style or outline level."""

import io
import re
import zipfile
from collections.abc import Iterator

import docx
from docx.document import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from ingest.blocks import BlockKind, ParsedFile, TextAssembler
from ingest.errors import Unreadable
from ingest.parsers.tables import readable_rows

_HEADING_STYLE = re.compile(r"^(?:heading|标题|標題)\s*(\d)", re.IGNORECASE)
_LEVELS = 6
# Word writes a text box twice: as it is, and once more for old programs.
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def parse_docx(content: bytes) -> ParsedFile:
    """Text of the body with its tables; headers, footers and comments are furniture and left out."""
    try:
        document = docx.Document(io.BytesIO(content))
        assembler = TextAssembler()
        for part in _parts(document):
            if isinstance(part, Table):
                _add_table(assembler, part)
            else:
                _add_paragraph(assembler, part)
        title = document.core_properties.title or None
    except (
        PackageNotFoundError,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        AttributeError,
        OSError,
    ) as error:
        raise Unreadable("Word 文件已损坏，无法打开。请用 Word 打开并另存为 .docx 后再上传") from error
    return assembler.parsed(title=title)


def _parts(document: Document) -> Iterator[Paragraph | Table]:
    """Paragraphs and tables as they stand, also inside content controls."""
    for element in document.element.body.iter(qn("w:p"), qn("w:tbl")):
        inside_table = any(parent.tag == qn("w:tbl") for parent in element.iterancestors())
        in_text_box = any(parent.tag == _FALLBACK for parent in element.iterancestors())
        if inside_table or in_text_box:
            continue
        yield Table(element, document) if element.tag == qn("w:tbl") else Paragraph(element, document)


def _add_paragraph(assembler: TextAssembler, paragraph: Paragraph) -> None:
    text = "".join(_run_texts(paragraph))
    level = _level(paragraph)
    kind = BlockKind.HEADING if level and len(text) <= 80 else BlockKind.PARAGRAPH  # noqa: PLR2004 - body in a heading style
    for line in text.split("\n"):
        assembler.add(kind, line, level=level if kind is BlockKind.HEADING else 0)


def _run_texts(paragraph: Paragraph) -> Iterator[str]:
    """Text in reading order, with inserted runs and without deleted ones."""
    for node in paragraph._p.iter(qn("w:t"), qn("w:tab"), qn("w:br"), qn("w:cr"), qn("w:noBreakHyphen")):
        if node.tag == qn("w:t"):
            yield node.text or ""
        elif node.tag == qn("w:noBreakHyphen"):
            yield "-"
        elif node.tag == qn("w:tab"):
            # A tab inside the paragraph's properties is a tab stop, no text.
            yield "" if node.getparent().tag == qn("w:tabs") else " "
        else:
            yield "\n"


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


def _add_table(assembler: TextAssembler, table: Table) -> None:
    rows = [["\n".join(p.text for p in cell.paragraphs) for cell in row.cells] for row in table.rows]
    if rows and max(map(len, rows)) == 1:
        # A frame drawn as a one-cell table holds ordinary text.
        for row in rows:
            for line in row[0].split("\n") if row else ():
                assembler.add(BlockKind.PARAGRAPH, line)
        return
    for text in readable_rows(rows):
        assembler.add(BlockKind.ROW, text)
