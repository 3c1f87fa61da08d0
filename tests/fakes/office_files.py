"""Small files as offices send them, made by program: PDF, DOCX, XLSX, ZIP."""

import io
import zipfile
from collections.abc import Mapping, Sequence

import docx
from openpyxl import Workbook


def a_pdf(pages: Sequence[Sequence[str]], *, locked: bool = False) -> bytes:
    """A PDF with a text layer: one list of lines a page. `locked` asks for a password that nobody knows."""
    objects: list[bytes] = []

    def add(body: bytes) -> int:
        objects.append(body)
        return len(objects)

    catalog, tree = add(b""), add(b"")
    to_unicode = add(_stream(_TO_UNICODE))
    descendant = add(
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /DW 1000 "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
    )
    font = add(
        b"<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H "
        b"/DescendantFonts [%d 0 R] /ToUnicode %d 0 R >>" % (descendant, to_unicode)
    )
    kids: list[int] = []
    for lines in pages:
        content = add(_stream(_page_content(lines)))
        kids.append(
            add(
                b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
                b"/Resources << /Font << /F1 %d 0 R >> >> >>" % (tree, content, font)
            )
        )
    objects[catalog - 1] = b"<< /Type /Catalog /Pages %d 0 R >>" % tree
    objects[tree - 1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(b"%d 0 R" % k for k in kids), len(kids))
    encrypt = b""
    if locked:
        key = b"<" + b"AB" * 32 + b">"
        lock = add(b"<< /Filter /Standard /V 1 /R 2 /O %s /U %s /P -4 >>" % (key, key))
        encrypt = b"/Encrypt %d 0 R /ID [<00><00>] " % lock
    out = bytearray(b"%PDF-1.4\n")
    offsets: list[int] = []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer << /Size %d /Root %d 0 R %s>>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        catalog,
        encrypt,
        table,
    )
    return bytes(out)


_TO_UNICODE = (
    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def /CMapType 2 def "
    b"1 begincodespacerange <0000> <FFFF> endcodespacerange "
    b"1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end"
)


def _stream(content: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content)


def _page_content(lines: Sequence[str]) -> bytes:
    shown = b" ".join(b"<%s> Tj 0 -24 Td" % line.encode("utf-16-be").hex().encode() for line in lines)
    return b"BT /F1 12 Tf 72 770 Td %s ET" % shown


def a_docx(paragraphs: Sequence[str], *, table: Sequence[Sequence[str]] = (), headings: Sequence[str] = ()) -> bytes:
    """A Word file: headings first, then paragraphs, then one table."""
    document = docx.Document()
    for heading in headings:
        document.add_heading(heading, level=1)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if table:
        grid = document.add_table(rows=len(table), cols=len(table[0]))
        for i, row in enumerate(table):
            for j, value in enumerate(row):
                grid.cell(i, j).text = value
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def an_xlsx(sheets: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    """A workbook of the sheets given."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def a_zip(members: Mapping[str, bytes]) -> bytes:
    """A ZIP archive with the member paths just as given."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in members.items():
            archive.writestr(path, content)
    return out.getvalue()
