"""A file is what its bytes say; what cannot be read is refused with a sentence that says what to do."""

import io
import struct
import zipfile
import zlib

import docx
import pytest
from PIL import Image

from prefill.documents.errors import DocumentRefused
from prefill.documents.files import LARGEST_FILE, open_file


def png_of(width: int, height: int) -> bytes:
    """A tiny file that claims to be a huge picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


def zip_of(name: str, content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return packed.getvalue()


def tiny_picture() -> bytes:
    packed = io.BytesIO()
    Image.new("RGB", (40, 40)).save(packed, "PNG")
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "空的"),
        (b"\0" * 100, "空的"),
        ("你好，这是文字".encode(), "不是照片"),
        (b"MZ\x90\0" + b"\0" * 200, "不是照片"),
        (b"<html><script>alert(1)</script></html>", "不是照片"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512, "旧格式"),
        (b"\xff\xd8\xff\xe0broken", "损坏"),
        (b"%PDF-1.7\nbroken", "损坏"),
        (b"PK\x03\x04broken", "损坏"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 64, "损坏"),
        (zip_of("notes.txt", b"x"), "不是照片"),
        (zip_of("word/document.xml", b"\0" * (90 * 1024 * 1024)), "损坏"),
        (zip_of("word/document.xml", b"<broken"), "损坏"),
        (png_of(60_000, 60_000), "像素太多"),
        (tiny_picture(), "太小"),
        (b"\xff\xd8\xff" + b"\0" * LARGEST_FILE, "20MB"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_cannot_be_read_says_what_to_do(content: bytes, said: str) -> None:
    with pytest.raises(DocumentRefused, match=said) as refused:
        open_file(content)
    assert "请" in str(refused.value)


def test_the_text_of_a_word_file_is_read_without_a_picture() -> None:
    document = docx.Document()
    document.add_paragraph("收入证明")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "姓名", "钱安柏"
    document.add_paragraph("月收入为人民币8000元，特此证明，情况属实，可以核对。")
    packed = io.BytesIO()
    document.save(packed)
    (page,) = open_file(packed.getvalue()).pages
    assert page.picture is None
    assert "姓名  钱安柏" in page.text
