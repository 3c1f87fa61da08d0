"""DOCX by python-docx: the same content as the PDF, to be corrected by hand; values are set as plain runs."""

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime, time
from xml.sax.saxutils import escape

import docx
import segno
from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Mm, Pt, RGBColor
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from guardrails.approved import Approved
from guardrails.labels import ContentLabel
from prefill.papers.content import PaperContent

_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_PROPERTIES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
    '<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="2" name="AIGC">'
    "<vt:lpwstr>{value}</vt:lpwstr></property></Properties>"
)
_FONT = "宋体"
_HEADING_FONT = "黑体"
_SHADE = "EEF1F5"
_WIDTH = 17.0  # centimeters between the margins of A4
_STILL = (1980, 1, 1, 0, 0, 0)


def word_file(content: PaperContent, label: ContentLabel) -> bytes:
    """The DOCX. The same content gives the same bytes."""
    document = docx.Document()
    _page(document, content)
    _heading(document, content)
    _facts(document, content)
    for paragraph in content.paragraphs:
        shown = _written(document.add_paragraph(), paragraph, 12)
        shown.paragraph_format.first_line_indent = Pt(24)
        shown.paragraph_format.line_spacing = 1.6
    if content.rows:
        _table(document, content)
    for note in content.notes:
        _written(document.add_paragraph(), note, 9, gray=True).paragraph_format.space_before = Pt(6)
    for name in content.signature:
        line = _written(document.add_paragraph(), name, 11)
        line.paragraph_format.space_before = Pt(16)
        _run(line, "＿" * 12, 11)
    return _still(_packed(document, content, label))


def _page(document: Document, content: PaperContent) -> None:
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "zh-CN")
    language.set(qn("w:eastAsia"), "zh-CN")
    document.styles["Normal"].element.get_or_add_rPr().append(language)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin, section.bottom_margin = Mm(18), Mm(20)
    foot = section.footer.paragraphs[0]
    _written(foot, content.label, 8, gray=True)
    _run(foot, "　", 8)
    _written(foot, content.footer, 8, gray=True)
    # The reader of the file counts its pages, as the PDF does.
    for says in ("　第 ", "PAGE", " 页，共 ", "NUMPAGES", " 页"):
        if says.isupper():
            _counted(foot, says)
        else:
            _run(foot, says, 8, gray=True)


def _heading(document: Document, content: PaperContent) -> None:
    """Title on the left, the code of the case on the right."""
    table = document.add_table(rows=1, cols=2)
    _set_widths(table, (_WIDTH - 3.4, 3.4))
    left, right = table.rows[0].cells
    left.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
    _written(left.paragraphs[0], content.title, 20, bold=True)
    _written(left.add_paragraph(), content.subtitle, 12, gray=True)
    code = io.BytesIO()
    segno.make(content.qr_holds, error="m", micro=False).save(code, kind="png", scale=5, border=2)
    code.seek(0)
    picture, says = right.paragraphs[0], right.add_paragraph()
    picture.add_run().add_picture(code, width=Mm(24))
    _written(says, content.qr_says, 8, gray=True)
    for line in (picture, says):
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        line.paragraph_format.space_after = Pt(2)
    # Word joins tables that have nothing between them.
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _facts(document: Document, content: PaperContent) -> None:
    table = document.add_table(rows=0, cols=4, style="Table Grid")
    pairs = list(content.facts)
    for place in range(0, len(pairs), 2):
        cells = table.add_row().cells
        for column, (name, value) in enumerate(pairs[place : place + 2]):
            _fill(cells[column * 2], name, gray=True)
            _shaded(cells[column * 2])
            _fill(cells[column * 2 + 1], value)
    _set_widths(table, (2.4, 6.1, 2.4, 6.1))
    document.add_paragraph()


def _table(document: Document, content: PaperContent) -> None:
    table = document.add_table(rows=1, cols=len(content.columns), style="Table Grid")
    for cell, name in zip(table.rows[0].cells, content.columns, strict=True):
        _fill(cell, name, bold=True)
        _shaded(cell)
    repeated = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    for row in content.rows:
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=True):
            if text is not None:
                _fill(cell, text)
    total = sum(content.widths)
    _set_widths(table, [_WIDTH * share / total for share in content.widths])


def _set_widths(table: Table, widths: Sequence[float]) -> None:
    """In centimeters, for Word (the cells) and for LibreOffice (the columns)."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)


def _fill(cell: _Cell, text: Approved, *, bold: bool = False, gray: bool = False) -> None:
    line = _written(cell.paragraphs[0], text, 10.5, bold=bold, gray=gray).paragraph_format
    line.space_before = line.space_after = Pt(3)


def _shaded(cell: _Cell) -> None:
    fill = OxmlElement("w:shd")
    fill.set(qn("w:val"), "clear")
    fill.set(qn("w:fill"), _SHADE)
    cell._tc.get_or_add_tcPr().append(fill)


def _counted(paragraph: Paragraph, what: str) -> None:
    """A field that Word and LibreOffice fill in themselves."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), what)
    _run(paragraph, "1", 8, gray=True)
    field.append(paragraph.runs[-1]._element)
    paragraph._p.append(field)


def _written(paragraph: Paragraph, text: Approved, size: float, *, bold: bool = False, gray: bool = False) -> Paragraph:
    _run(paragraph, text.text, size, bold=bold, gray=gray)
    return paragraph


def _run(paragraph: Paragraph, text: str, size: float, *, bold: bool = False, gray: bool = False) -> None:
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run.font.bold = bold
    name = _HEADING_FONT if bold else _FONT
    run.font.name = name
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)
    if gray:
        run.font.color.rgb = RGBColor(0x5B, 0x64, 0x70)


def _packed(document: Document, content: PaperContent, label: ContentLabel) -> bytes:
    moment = datetime.combine(content.made_on, time())
    properties = document.core_properties
    properties.title, properties.author = content.title.text, "小申（上海政务服务助手）"
    properties.created = properties.modified = moment
    properties.comments = ""
    blob = _PROPERTIES.format(value=escape(label.as_json())).encode()
    package = document.part.package
    package.relate_to(Part(PackURI("/docProps/custom.xml"), _CUSTOM_TYPE, blob, package), _CUSTOM)
    packed = io.BytesIO()
    document.save(packed)
    return packed.getvalue()


def _still(packed: bytes) -> bytes:
    """Without the time of day that a ZIP file notes of its members."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, _STILL)
            member.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(member, old.read(name))
    return out.getvalue()
