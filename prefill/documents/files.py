"""Uploaded files opened: what they are is decided by their bytes, and none may cost more than the limits."""

import ctypes
import io
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import docx
import numpy as np
import pi_heif
import pypdfium2 as pdfium
from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from PIL import Image, ImageOps

from knowledge.reading.ocr import Picture
from prefill.documents.errors import DocumentRefused

LARGEST_FILE: Final = 20 * 1024 * 1024
_LARGEST_PIXELS = 80_000_000
_LONGEST_SIDE, _SMALLEST_SIDE = 2400, 200
_MOST_PAGES = 12
_FEWEST_CHARACTERS = 30
_DOTS = 200 / 72
_PASSWORD_NEEDED = 4
_MOST_UNPACKED, _MOST_MEMBERS = 80 * 1024 * 1024, 2_000
_WORD = "word/document.xml"
_HEIC = (b"ftypheic", b"ftypheix", b"ftyphevc", b"ftypmif1", b"ftypmsf1")
_AVIF = b"ftypavif"
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\0", b"MM\0*", b"BM", b"GIF8")

_WAY_ON = "请上传照片（JPG、PNG、HEIC）、PDF 或 Word（.docx）文件。"
EMPTY = "文件是空的，可能没有上传完整。请重新选择文件上传。"
TOO_LARGE = "文件超过20MB，没有读取。请用手机重新拍照，或压缩后再上传。"
NOT_A_DOCUMENT = "这个文件不是照片、PDF 或 Word 文档，没有读取。" + _WAY_ON
DAMAGED = "文件已损坏，打不开。请重新拍照或重新导出后再上传。"
TOO_MANY_PIXELS = "照片的像素太多，没有读取。请用手机的普通模式重新拍照后上传。"
LOCKED = "PDF 有密码，打不开。请去掉密码后再上传。"
TOO_SMALL = "图片太小，看不清上面的字。请靠近一些重新拍照后上传。"
NOTHING_INSIDE = "Word 文件里没有文字，也没有照片。请检查文件后重新上传。"
OLD_OFFICE = "这是旧格式或加密的 Office 文件，读不了。请另存为 PDF 或 .docx 后再上传。"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedPage:
    """A page: a picture (blue, green, red), or text where the file has it."""

    picture: Picture | None = None
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedFile:
    """The pages that are read, and how many the file has."""

    pages: tuple[OpenedPage, ...]
    count: int


def open_file(content: bytes) -> OpenedFile:
    """Raises DocumentRefused with a sentence for the person who uploaded it."""
    if not content.strip(b"\0 \t\r\n"):
        raise DocumentRefused(EMPTY)
    if len(content) > LARGEST_FILE:
        raise DocumentRefused(TOO_LARGE)
    if b"%PDF-" in content[:1024]:
        return _pdf(content)
    if content.startswith(b"PK\x03\x04"):
        return _word(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise DocumentRefused(OLD_OFFICE)
    riff = content.startswith(b"RIFF") and content[8:12] == b"WEBP"
    if content.startswith(_PICTURES) or content[4:12] in {*_HEIC, _AVIF} or riff:
        return OpenedFile(pages=(OpenedPage(picture=_photo(content)),), count=1)
    raise DocumentRefused(NOT_A_DOCUMENT)


def _photo(content: bytes) -> Picture:
    try:
        with warnings.catch_warnings():
            # Pillow warns of large pictures; the bound here is our own, and nothing is decoded before it is checked.
            warnings.simplefilter("ignore")
            with _image(content) as image:
                if image.width * image.height > _LARGEST_PIXELS:
                    raise DocumentRefused(TOO_MANY_PIXELS)
                image.draft("RGB", (_LONGEST_SIDE, _LONGEST_SIDE))
                return _plain(image)
    except (OSError, SyntaxError, ValueError, EOFError, MemoryError) as error:
        raise DocumentRefused(DAMAGED) from error
    except Image.DecompressionBombError as error:
        raise DocumentRefused(TOO_MANY_PIXELS) from error


def _image(content: bytes) -> Image.Image:
    if content[4:12] not in _HEIC:
        return Image.open(io.BytesIO(content))
    heif = pi_heif.open_heif(content, convert_hdr_to_8bit=True)
    if heif.size[0] * heif.size[1] > _LARGEST_PIXELS:
        raise DocumentRefused(TOO_MANY_PIXELS)
    image: Image.Image = heif.to_pillow()
    return image


def _plain(image: Image.Image) -> Picture:
    """Turned as the camera was held, on white, no larger than reading needs."""
    image.thumbnail((_LONGEST_SIDE * 2, _LONGEST_SIDE * 2))
    upright = ImageOps.exif_transpose(image)
    if upright.mode.startswith("I"):
        upright = Image.fromarray((np.asarray(upright).astype(np.uint32) >> 8).astype(np.uint8))
    if upright.has_transparency_data:
        clear = upright.convert("RGBA")
        upright = Image.new("RGBA", clear.size, "white")
        upright.alpha_composite(clear)
    plain = upright.convert("RGB")
    plain.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE), Image.Resampling.LANCZOS)
    if max(plain.size) < _SMALLEST_SIDE:
        raise DocumentRefused(TOO_SMALL)
    return np.ascontiguousarray(np.asarray(plain)[:, :, ::-1])


def _pdf(content: bytes) -> OpenedFile:
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        locked = getattr(error, "err_code", None) == _PASSWORD_NEEDED or "password" in str(error).lower()
        raise DocumentRefused(LOCKED if locked else DAMAGED) from error
    try:
        count = len(document)
        if count == 0:
            raise DocumentRefused(DAMAGED)
        return OpenedFile(pages=tuple(_sheet(document, n) for n in range(min(count, _MOST_PAGES))), count=count)
    finally:
        document.close()


def _sheet(document: pdfium.PdfDocument, number: int) -> OpenedPage:
    """The page as a picture: a text layer can say other things than what is shown, and shows no seal."""
    try:
        page = document[number]
        width, height = page.get_size()
        scale = min(_DOTS, _LONGEST_SIDE / max(width, height, 1.0))
        array = page.render(scale=scale).to_numpy()
    except (pdfium.PdfiumError, ctypes.ArgumentError) as error:
        raise DocumentRefused(DAMAGED) from error
    layers = array.reshape(*array.shape[:2], -1)
    three = np.repeat(layers, 3, axis=2) if layers.shape[2] == 1 else layers[:, :, :3]
    return OpenedPage(picture=np.ascontiguousarray(three))


def _word(content: bytes) -> OpenedFile:
    _check_package(content)
    try:
        document = docx.Document(io.BytesIO(content))
        text = "\n".join(_lines(document.element.body))
        pictures = [] if len(text) >= _FEWEST_CHARACTERS else list(_wrapped(document))
    except Exception as error:  # a damaged package fails anywhere in python-docx, lxml or zipfile
        raise DocumentRefused(DAMAGED) from error
    pages = [OpenedPage(text=text)] if text.strip() else []
    pages += [OpenedPage(picture=_photo(raw)) for raw in pictures[:_MOST_PAGES]]
    if not pages:
        raise DocumentRefused(NOTHING_INSIDE)
    return OpenedFile(pages=tuple(pages), count=max(1, len(pages)))


def _check_package(content: bytes) -> None:
    """Before anything is unpacked: a Word file, and no larger inside than one can be."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, IndexError) as error:
        raise DocumentRefused(DAMAGED) from error
    if _WORD not in {member.filename for member in members}:
        raise DocumentRefused(NOT_A_DOCUMENT)
    if len(members) > _MOST_MEMBERS or sum(member.file_size for member in members) > _MOST_UNPACKED:
        raise DocumentRefused(DAMAGED)


def _lines(body: BaseOxmlElement) -> Iterator[str]:
    """Paragraphs, and rows of tables with their cells apart."""
    for child in body.iterchildren():
        if child.tag == qn("w:p"):
            yield _text(child)
        elif child.tag == qn("w:tbl"):
            for row in child.iter(qn("w:tr")):
                yield "  ".join(_text(cell) for cell in row.iter(qn("w:tc")))


def _text(element: BaseOxmlElement) -> str:
    parts = (node.text or "" if node.tag == qn("w:t") else "  " for node in element.iter(qn("w:t"), qn("w:tab")))
    return "".join(parts)


def _wrapped(document: Document) -> Iterator[bytes]:
    """The pictures of a Word file that only wraps photos."""
    for blip in document.element.body.iter(qn("a:blip")):
        relation = document.part.rels.get(blip.get(qn("r:embed")) or "")
        if relation is not None and not relation.is_external:
            yield relation.target_part.blob
