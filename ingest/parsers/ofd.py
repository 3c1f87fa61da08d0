"""OFD (GB/T 33190), the Chinese layout format: placed text of each page and of the page's template; scans by OCR."""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from ingest.blocks import ParsedFile
from ingest.errors import Unreadable
from ingest.parsers.pages import PageAssembler
from ingest.parsers.picture import pictures_of
from knowledge.passages import Box
from knowledge.reading.lines import in_reading_order
from knowledge.reading.ocr import Seen

_DAMAGED = "OFD 文件已损坏，无法打开。请重新导出，或提供 PDF 或 Word 版本"
_LOCKED = "OFD 文件加了密，无法打开。请提供没有密码的文件"
_EMPTY = "OFD 文件里没有文字，也没有可以辨认的图片。请检查文件是否完整"
_MAX_PAGES = 2_000
_LARGEST_PART = 200 * 1024 * 1024
_DEFAULT_SIZE = (210.0, 297.0)
_FEWEST_CHARACTERS_A_PAGE = 10


def parse_ofd(content: bytes) -> ParsedFile:
    """All pages of all documents in the file, line by line with their places."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if any(name.lower().endswith("encryptions.xml") for name in archive.namelist()):
                raise Unreadable(_LOCKED)
            return _parsed(_Package(archive))
    except (zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, KeyError, OSError, ValueError) as error:
        raise Unreadable(_DAMAGED) from error


def _parsed(package: "_Package") -> ParsedFile:
    assembler = PageAssembler()
    root = package.xml("OFD.xml")
    bodies = [path for path in _texts(root, "DocRoot") if path]
    if not bodies:
        raise Unreadable(_DAMAGED)
    count = 0
    for body in bodies:
        for page in _Document(package, body).pages():
            count += 1
            if count > _MAX_PAGES:
                break
            _add(assembler, page)
    if not assembler.characters:
        raise Unreadable(_EMPTY)
    title = next((text.strip() for text in _texts(root, "Title") if text.strip()), None)
    return assembler.parsed(title, (f"文件超过{_MAX_PAGES}页，只读取了前面的部分",) if count > _MAX_PAGES else ())


def _add(assembler: PageAssembler, page: "_Page") -> None:
    if sum(len(text.text) for text in page.texts) < _FEWEST_CHARACTERS_A_PAGE and page.pictures:
        for raw in page.pictures:
            try:
                for picture in pictures_of(raw):
                    assembler.add_picture(picture)
            except Unreadable:
                # A seal or a picture in a format of its own says nothing against the page.
                continue
    else:
        assembler.add_lines(in_reading_order(page.texts))
    assembler.end_page()


@dataclass(slots=True)
class _Page:
    texts: list[Seen] = field(default_factory=list)
    pictures: list[bytes] = field(default_factory=list)


class _Package:
    """Parts of the archive by path; XML without anything from outside."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {name.lower().lstrip("/"): name for name in archive.namelist()}

    def read(self, path: str) -> bytes:
        name = self._names[posixpath.normpath(path).lstrip("/").lower()]
        info = self._archive.getinfo(name)
        if info.file_size > _LARGEST_PART:
            raise ValueError(name)
        return self._archive.read(info)

    def xml(self, path: str) -> etree._Element:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True, huge_tree=False)
        root = etree.fromstring(self.read(path), parser)
        if root is None:
            raise ValueError(path)
        return root


class _Document:
    """One document of the package: its pages, templates and media."""

    def __init__(self, package: _Package, path: str) -> None:
        self._package = package
        self._folder = posixpath.dirname(path.lstrip("/"))
        self._root = package.xml(path)
        self._size = _size_of(self._root) or _DEFAULT_SIZE
        self._templates = {
            node.get("ID") or "": self._path(node.get("BaseLoc") or "") for node in _nodes(self._root, "TemplatePage")
        }
        self._media = dict(self._media_files())

    def pages(self) -> Iterator[_Page]:
        """In order; a page that cannot be read is empty."""
        for node in _nodes(self._root, "Page"):
            page = _Page()
            try:
                root = self._package.xml(self._path(node.get("BaseLoc") or ""))
            except (KeyError, ValueError, etree.XMLSyntaxError):
                yield page
                continue
            size = _size_of(root) or self._size
            for used in _nodes(root, "Template"):
                path = self._templates.get(used.get("TemplateID") or "")
                if path:
                    self._content(self._package.xml(path), size, page)
            self._content(root, size, page)
            yield page

    def _content(self, root: etree._Element, size: tuple[float, float], page: _Page) -> None:
        for node in _nodes(root, "TextObject"):
            page.texts.extend(_placed(node, size))
        for node in _nodes(root, "ImageObject"):
            path = self._media.get(node.get("ResourceID") or "")
            if path:
                try:
                    page.pictures.append(self._package.read(path))
                except (KeyError, ValueError):
                    continue

    def _media_files(self) -> Iterator[tuple[str, str]]:
        for kind in ("DocumentRes", "PublicRes"):
            for place in _texts(self._root, kind):
                try:
                    resources = self._package.xml(self._path(place))
                except (KeyError, ValueError, etree.XMLSyntaxError):
                    continue
                base = posixpath.join(posixpath.dirname(self._path(place)), resources.get("BaseLoc") or "")
                for media in _nodes(resources, "MultiMedia"):
                    for name in _texts(media, "MediaFile"):
                        yield media.get("ID") or "", name.lstrip("/") if name.startswith("/") else f"{base}/{name}"

    def _path(self, place: str) -> str:
        return place.lstrip("/") if place.startswith("/") else posixpath.join(self._folder, place)


def _placed(node: etree._Element, size: tuple[float, float]) -> Iterator[Seen]:
    """A text object; its lines are as high as its letters, whatever frame was drawn around them."""
    frame = _numbers(node.get("Boundary"))
    letters = _number(node.get("Size"), 4.0)
    scale_x, scale_y, shift_x, shift_y = _matrix(_numbers(node.get("CTM")))
    if len(frame) != 4:  # noqa: PLR2004 - left, top, width, height
        return
    for code in _nodes(node, "TextCode"):
        text = "".join(code.itertext()).strip("\r\n")
        if not text.strip():
            continue
        left = frame[0] + _number(code.get("X"), 0.0) * scale_x + shift_x
        base = frame[1] + _number(code.get("Y"), letters) * scale_y + shift_y
        height = letters * scale_y
        width = min(frame[2], sum(0.5 if ch.isascii() else 1.0 for ch in text) * letters * scale_x * 1.1) or height
        yield Seen(
            text=text.strip(),
            score=1.0,
            box=Box(
                left=left / size[0],
                top=(base - height) / size[1],
                right=(left + width) / size[0],
                bottom=base / size[1],
            ),
        )


def _matrix(values: list[float]) -> tuple[float, float, float, float]:
    if len(values) != 6:  # noqa: PLR2004 - a b c d e f
        return 1.0, 1.0, 0.0, 0.0
    return abs(values[0]) or 1.0, abs(values[3]) or 1.0, values[4], values[5]


def _size_of(root: etree._Element) -> tuple[float, float] | None:
    for name in ("PhysicalBox",):
        for text in _texts(root, name):
            values = _numbers(text)
            if len(values) == 4 and values[2] > 0 and values[3] > 0:  # noqa: PLR2004 - left, top, width, height
                return values[2], values[3]
    return None


def _nodes(root: etree._Element, name: str) -> Iterator[etree._Element]:
    """By local name: producers disagree about the namespace."""
    found: Iterator[etree._Element] = root.iter(f"{{*}}{name}")
    return found


def _texts(root: etree._Element, name: str) -> Iterator[str]:
    return ((node.text or "").strip() for node in _nodes(root, name))


def _numbers(text: str | None) -> list[float]:
    try:
        return [float(part) for part in (text or "").split()]
    except ValueError:
        return []


def _number(text: str | None, otherwise: float) -> float:
    values = _numbers(text)
    return values[0] if values else otherwise
