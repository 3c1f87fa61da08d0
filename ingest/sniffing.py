"""Which format a file really is, decided by its bytes; the name is only used between two kinds of plain text."""

import io
import re
import zipfile
from dataclasses import dataclass
from enum import StrEnum

from ingest.decoding import Decoded, decode, is_text


class Format(StrEnum):
    """Formats that are told apart."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    CSV = "csv"
    PDF = "pdf"
    DOCX = "docx"
    XLSX = "xlsx"
    ZIP = "zip"
    DOC = "doc"
    XLS = "xls"
    PPT = "ppt"
    PPTX = "pptx"
    LOCKED_OFFICE = "locked_office"
    RTF = "rtf"
    OFD = "ofd"
    IMAGE = "image"
    PHONE_PHOTO = "phone_photo"
    ARCHIVE = "archive"
    EMPTY = "empty"
    UNKNOWN = "unknown"


MEDIA_TYPES = {
    Format.TEXT: "text/plain",
    Format.MARKDOWN: "text/markdown",
    Format.HTML: "text/html",
    Format.CSV: "text/csv",
    Format.PDF: "application/pdf",
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.DOC: "application/msword",
    Format.XLS: "application/vnd.ms-excel",
    Format.RTF: "application/rtf",
    Format.OFD: "application/ofd",
}
_PICTURES = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG": "image/png",
    b"GIF8": "image/gif",
    b"BM": "image/bmp",
    b"RIFF": "image/webp",
    b"II*\0": "image/tiff",
    b"MM\0*": "image/tiff",
}


def media_type_of(format_: "Format", content: bytes) -> str:
    """The media type under which the original is handed out."""
    if format_ is Format.IMAGE:
        return next(
            (found for mark, found in _PICTURES.items() if content.startswith(mark)), "application/octet-stream"
        )
    return MEDIA_TYPES.get(format_, "application/octet-stream")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sniffed:
    """The format, and the decoded text where the format is a text."""

    format: Format
    decoded: Decoded | None = None


_IMAGES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a", b"BM", b"II*\0", b"MM\0*")
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ\0")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(r"<\s*(?:!doctype\s+html|html|head|body|meta|table|div|p|span|script|title)\b", re.IGNORECASE)
_MARKDOWN = re.compile(r"^(?:#{1,6} \S|\|.+\|\s*$|```)", re.MULTILINE)
_MIN_BMP = 26


def sniff(content: bytes, name: str) -> Sniffed:
    """Never raises: what fits no format is UNKNOWN."""
    if not content.strip(b"\0 \t\r\n"):
        return Sniffed(format=Format.EMPTY)
    binary = _binary(content)
    if binary is not None:
        return Sniffed(format=binary)
    decoded = decode(content)
    if not is_text(decoded):
        return Sniffed(format=Format.UNKNOWN)
    if not decoded.text.strip():
        return Sniffed(format=Format.EMPTY)
    return Sniffed(format=_text_format(decoded.text, name.lower()), decoded=decoded)


def _binary(content: bytes) -> Format | None:  # noqa: PLR0911 - a table of signatures
    head = content[:1024]
    if b"%PDF-" in head:
        return Format.PDF
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zip_format(content)
    if head.startswith(_OLE):
        return _ole_format(content)
    if head.lstrip().startswith(b"{\\rtf"):
        return Format.RTF
    if head.startswith(_ARCHIVES):
        return Format.ARCHIVE
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return Format.IMAGE
    if head[4:12] in {b"ftypheic", b"ftypheix", b"ftypmif1", b"ftypavif"}:
        return Format.PHONE_PHOTO
    if head.startswith(_IMAGES) and (not head.startswith(b"BM") or b"\0" in head[:_MIN_BMP]):
        return Format.IMAGE
    return None


def _zip_format(content: bytes) -> Format:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, IndexError):
        return Format.ZIP
    for marker, found in (
        ("word/document.xml", Format.DOCX),
        ("xl/workbook.xml", Format.XLSX),
        ("ppt/presentation.xml", Format.PPTX),
        ("OFD.xml", Format.OFD),
    ):
        if marker in names:
            return found
    return Format.ZIP


def _ole_format(content: bytes) -> Format:
    """Names of the streams stand in UTF-16 in the directory of an OLE file."""
    for stream, found in (
        ("EncryptedPackage", Format.LOCKED_OFFICE),
        ("WordDocument", Format.DOC),
        ("Workbook", Format.XLS),
        ("PowerPoint Document", Format.PPT),
    ):
        if stream.encode("utf-16-le") in content:
            return found
    return Format.XLS if "Book".encode("utf-16-le") in content else Format.UNKNOWN


def _text_format(text: str, name: str) -> Format:
    head = text[:8192]
    tags = _HTML.findall(head)
    if head.lstrip("﻿ \t\r\n").startswith("<") and tags:
        return Format.HTML
    if len(tags) >= 5 and "</" in head:  # noqa: PLR2004 - a page whose doctype was cut off still has many tags
        return Format.HTML
    if name.endswith((".csv", ".tsv")) and _is_table(head):
        return Format.CSV
    if name.endswith((".md", ".markdown")) or _MARKDOWN.search(head):
        return Format.MARKDOWN
    return Format.TEXT


def _is_table(head: str) -> bool:
    lines = [line for line in head.splitlines() if line.strip()][:20]
    return bool(lines) and any(all(mark in line for line in lines) for mark in (",", "\t", ";", "，"))
