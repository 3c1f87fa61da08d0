"""Small files of old and of layout formats, made by program: DOC, XLS, RTF, OFD, pictures."""

import io
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from tests.fakes.office_files import a_zip

_SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_TEXT_AT = 0x800


def an_ole_file(streams: Mapping[str, bytes]) -> bytes:
    """A compound file; its streams are padded so that none of them is a small one."""
    padded = {
        name: content + b"\0" * (max(4096, -(-len(content) // _SECTOR) * _SECTOR) - len(content))
        for name, content in streams.items()
    }
    directory_at = 1
    next_sector = directory_at + -(-(len(padded) + 1) * 128 // _SECTOR)
    fat = [_FAT, *(range(directory_at + 1, next_sector)), _END]
    entries = [_entry("Root Entry", 5, child=1, start=_END, size=0)]
    body = b""
    for number, (name, content) in enumerate(padded.items(), start=1):
        sectors = len(content) // _SECTOR
        fat += [*range(next_sector + 1, next_sector + sectors), _END]
        right = number + 1 if number < len(padded) else _FREE
        entries.append(_entry(name, 2, right=right, start=next_sector, size=len(content)))
        next_sector += sectors
        body += content
    directory = b"".join(entries).ljust((-(-len(entries) * 128 // _SECTOR)) * _SECTOR, b"\0")
    table = struct.pack(f"<{len(fat)}I", *fat).ljust(_SECTOR, b"\xff")
    assert len(table) == _SECTOR
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    header += struct.pack("<IIIIIIIII", 0, 1, directory_at, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109I", 0, *([_FREE] * 108))
    return header + table + directory + body


def _entry(name: str, kind: int, *, start: int, size: int, child: int = _FREE, right: int = _FREE) -> bytes:
    raw = name.encode("utf-16-le")
    head = raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw) + 2, kind, 1, _FREE, right, child)
    return head + b"\0" * 36 + struct.pack("<IQ", start, size)


def a_doc(
    paragraphs: Sequence[str],
    *,
    table: Sequence[Sequence[str]] = (),
    numbered: Sequence[str] = (),
    locked: bool = False,
) -> bytes:
    """A Word 97 file: paragraphs, then those that Word numbers 第一章, 第二章, then one table."""
    text = ""
    looks: list[tuple[int, bytes]] = []

    def add(piece: str, look: bytes = b"") -> None:
        nonlocal text
        text += piece
        looks.append((len(text), look))

    for paragraph in paragraphs:
        add(paragraph + "\r")
    for paragraph in numbered:
        add(paragraph + "\r", struct.pack("<HBHH", 0x260A, 0, 0x460B, 1))
    for row in table:
        for cell in row:
            add(cell + "\x07", struct.pack("<HB", 0x2416, 1))
        edges = struct.pack(f"<{len(row) + 1}h", *range(0, 2000 * (len(row) + 1), 2000))
        cells = bytes((len(row),)) + edges + b"\0" * 20 * len(row)
        add("\x07", struct.pack("<HBHBHH", 0x2416, 1, 0x2417, 1, 0xD608, len(cells) + 1) + cells)
    raw = text.encode("utf-16-le")
    pages_at = -(-(_TEXT_AT + len(raw)) // _SECTOR) * _SECTOR
    clx = struct.pack("<BIII", 2, 16, 0, len(text)) + struct.pack("<HIH", 0, _TEXT_AT, 0)
    pages = struct.pack("<III", _TEXT_AT, _TEXT_AT + len(raw), pages_at // _SECTOR)
    lists, uses = _a_list()
    parts = {33: clx, 13: pages, 73: lists, 74: uses}
    main = bytearray(_TEXT_AT)
    struct.pack_into("<HH", main, 0, 0xA5EC, 0xC1)
    struct.pack_into("<H", main, 0x0A, 0x0200 | (0x0100 if locked else 0))
    struct.pack_into("<I", main, 0x4C, len(text))
    stream = b""
    for pair, content in parts.items():
        # The levels of a list follow its table and are not counted.
        struct.pack_into("<II", main, 0x9A + 8 * pair, len(stream), 30 if pair == 73 else len(content))
        stream += content
    whole = bytes(main) + raw + b"\0" * (pages_at - _TEXT_AT - len(raw)) + _a_page_of_looks(looks)
    return an_ole_file({"WordDocument": whole, "1Table": stream})


def _a_page_of_looks(looks: Sequence[tuple[int, bytes]]) -> bytes:
    ends = [_TEXT_AT, *(_TEXT_AT + 2 * end for end, _ in looks)]
    page = bytearray(_SECTOR)
    struct.pack_into(f"<{len(ends)}I", page, 0, *ends)
    at = _SECTOR - 1
    for number, (_, look) in enumerate(looks):
        properties = b"\0\0" + look
        stored = b"\0" + bytes((-(-len(properties) // 2),)) + properties
        at = (at - len(stored) - 1) // 2 * 2
        page[at : at + len(stored)] = stored
        page[4 * len(ends) + 13 * number] = at // 2
    assert at > 4 * len(ends) + 13 * len(looks), "too many paragraphs for one page of properties"
    page[-1] = len(looks)
    return bytes(page)


def _a_list() -> tuple[bytes, bytes]:
    head = struct.pack("<ii", 77, 0) + b"\0" * 18 + bytes((1, 0))
    template = "第\0章"
    level = struct.pack("<iBB", 1, 0x25, 0) + bytes((2, *[0] * 8)) + b"\0" * 13
    level += struct.pack("<H", len(template)) + template.encode("utf-16-le")
    return struct.pack("<h", 1) + head + level, struct.pack("<Ii", 1, 77) + b"\0" * 12 + b"\xff\xff\xff\xff"


def an_xls(rows: Sequence[Sequence[str | float]], *, merged: Sequence[tuple[int, int, int, int]] = ()) -> bytes:
    """An Excel 97 workbook of one sheet; `merged` are first row, last row, first column, last column."""
    name = "窗口".encode("utf-16-le")
    globals_ = _record(0x809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    size = len(globals_) + 4 + 8 + len(name) + 4
    globals_ += _record(0x85, struct.pack("<IBBBB", size, 0, 0, len(name) // 2, 1) + name) + _record(0x0A, b"")
    sheet = _record(0x809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if isinstance(value, str):
                raw = value.encode("utf-16-le")
                sheet += _record(0x204, struct.pack("<HHHHB", r, c, 0, len(raw) // 2, 1) + raw) if value else b""
            else:
                sheet += _record(0x203, struct.pack("<HHHd", r, c, 0, value))
    areas = b"".join(struct.pack("<HHHH", *area) for area in merged)
    sheet += _record(0xE5, struct.pack("<H", len(merged)) + areas) + _record(0x0A, b"")
    return an_ole_file({"Workbook": globals_ + sheet})


def _record(code: int, content: bytes) -> bytes:
    return struct.pack("<HH", code, len(content)) + content


def an_ofd(pages: Sequence[Sequence[tuple[float, float, str]]]) -> bytes:
    """An OFD file: of each page its texts with left and top in millimeters."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    members = {
        "OFD.xml": f"<ofd:OFD {space}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
        "</ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {space}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297"
        f"</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
    }
    for number, texts in enumerate(pages):
        objects = "".join(
            f'<ofd:TextObject Boundary="{left} {top} {4 * len(text)} 6" Size="4"><ofd:TextCode X="0" Y="4">{text}'
            "</ofd:TextCode></ofd:TextObject>"
            for left, top, text in texts
        )
        members[f"Doc_0/Pages/Page_{number}/Content.xml"] = (
            f"<ofd:Page {space}><ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content></ofd:Page>"
        )
    return a_zip({path: text.encode() for path, text in members.items()})


def a_chinese_font() -> Path | None:
    """A font of the system that has Chinese characters."""
    found = sorted(Path("/usr/share/fonts").rglob("Noto*CJK-Regular.ttc"))
    return found[0] if found else None


def a_picture(lines: Sequence[str], font: Path, *, kind: str = "PNG", turned: int = 0) -> bytes:
    """A page with these lines, laid in turned by so many degrees."""
    page = Image.new("RGB", (900, 120 + 60 * len(lines)), "white")
    letters = ImageFont.truetype(str(font), 32)
    draw = ImageDraw.Draw(page)
    for number, line in enumerate(lines):
        draw.text((60, 60 + 60 * number), line, fill="black", font=letters)
    out = io.BytesIO()
    page.rotate(turned, expand=True).save(out, format=kind)
    return out.getvalue()
