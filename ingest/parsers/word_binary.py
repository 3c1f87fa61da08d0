"""The binary layout of Word 97 to 2003 files: where the text lies, and what is known about its paragraphs and runs."""

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.parsers.word_binary_lists import BinaryLists

_ENCRYPTED, _TABLE_1, _COMPLEX = 0x0100, 0x0200, 0x0004
_WORD_97 = 0xC1
_PAGE = 512
_CLX, _CHARACTERS, _PARAGRAPHS, _LISTS, _USES = 33, 12, 13, 73, 74
_PAIRS = 0x9A
_COUNTS = 0x4C
_COMPRESSED = 0x40000000
_DELETED, _HIDDEN = 0x0800, 0x083C
_IN_TABLE, _ROW_END, _OUTLINE, _CELLS, _LIST_LEVEL, _LIST_USE = 0x2416, 0x2417, 0x2640, 0xD608, 0x260A, 0x460B
_ELSEWHERE = {0x6645, 0x6646}
_TABS = 0xC615
_OPERAND_SIZES = (1, 1, 2, 4, 2, 2, -1, 3)
_BODY_LEVEL = 9
_CELL_SIZE = 20


class NotWord(Exception):
    """The bytes do not have the layout of a Word file."""


class LockedWord(Exception):
    """The file is encrypted with a password."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CellEdges:
    """One cell of a row as the row's last paragraph describes it; `continues` means merged with the one above."""

    left: int
    right: int
    continues: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphLook:
    """What is known about a paragraph. `level` is 1 to 9 for a heading, 0 for body text; `list_use` 0 is no list."""

    level: int = 0
    in_table: bool = False
    ends_row: bool = False
    cells: tuple[CellEdges, ...] = ()
    list_use: int = 0
    list_level: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of text that lies in one place of the file; `width` is the number of bytes a character takes."""

    text: str
    offset: int
    width: int


class WordFile:
    """The main stream and the table stream of a Word file. Every read is bounded by what is there."""

    def __init__(self, main: bytes, tables: dict[str, bytes], data: bytes = b"") -> None:
        if len(main) < _PAIRS or main[:2] not in {b"\xec\xa5", b"\xdc\xa5"}:
            raise NotWord
        (flags,) = struct.unpack_from("<H", main, 0x0A)
        if flags & _ENCRYPTED:
            raise LockedWord
        self._main = main
        self._data = data
        self._old = struct.unpack_from("<H", main, 2)[0] < _WORD_97
        self._complex = bool(flags & _COMPLEX)
        self._table = tables.get("1Table" if flags & _TABLE_1 else "0Table", b"")
        self._looks = _Runs() if self._old else self._paragraph_runs()

    def parts(self) -> tuple[tuple[int, int], ...]:
        """Ranges of character positions to read: the body, then foot- and endnotes and text boxes; no headers."""
        if self._old:
            return ((0, 1 << 30),)
        counts = struct.unpack_from("<8i", self._main, _COUNTS)
        starts = [sum(max(0, c) for c in counts[:i]) for i in range(len(counts))]
        body, notes, _, _, _, endnotes, boxes, _ = ((s, s + max(0, c)) for s, c in zip(starts, counts, strict=True))
        return tuple(part for part in (body, notes, endnotes, boxes) if part[0] < part[1])

    def pieces(self) -> Iterator[Piece]:
        """The text in reading order."""
        if self._old:
            yield self._old_text()
            return
        clx = self._block(_CLX)
        at = 0
        while at < len(clx) and clx[at] == 1:
            at += 3 + struct.unpack_from("<H", clx, at + 1)[0]
        if at + 5 > len(clx) or clx[at] != 2:  # noqa: PLR2004 - the mark of a piece table
            raise NotWord
        table = clx[at + 5 : at + 5 + struct.unpack_from("<I", clx, at + 1)[0]]
        count = (len(table) - 4) // 12
        positions = struct.unpack_from(f"<{count + 1}I", table)
        for index in range(count):
            (where,) = struct.unpack_from("<I", table, 4 * (count + 1) + 8 * index + 2)
            yield self._piece(where, positions[index + 1] - positions[index])

    def _piece(self, where: int, length: int) -> Piece:
        narrow = bool(where & _COMPRESSED)
        offset = (where & (_COMPRESSED - 1)) // 2 if narrow else where & (_COMPRESSED - 1)
        width = 1 if narrow else 2
        raw = self._main[offset : offset + max(0, length) * width]
        # One character for one unit, so that positions hold: halves of pairs are joined when the text is whole.
        text = raw.decode("cp1252", "replace") if narrow else _units(raw)
        return Piece(text=text, offset=offset, width=width)

    def _old_text(self) -> Piece:
        """Word 6 and 95 wrote bytes of the system's code page, in one stretch unless saved in haste."""
        if self._complex:
            raise NotWord
        begin, end = struct.unpack_from("<II", self._main, 0x18)
        (language,) = struct.unpack_from("<H", self._main, 6)
        raw = self._main[begin:end]
        return Piece(text=raw.decode("big5" if language == 0x0404 else "gb18030", "replace"), offset=begin, width=1)  # noqa: PLR2004

    def look(self, offset: int) -> ParagraphLook:
        """What is known about the paragraph whose mark stands at this offset of the main stream."""
        found = self._looks.at(offset)
        return _look(found + self._long_properties(found)) if found else ParagraphLook()

    def _long_properties(self, raw: bytes) -> bytes:
        """Properties too long for their page, as those of a row with many cells, lie in the data stream."""
        for code, value in _sprms(raw[2:]):
            if code in _ELSEWHERE and len(value) == 4:  # noqa: PLR2004 - an offset
                (at,) = struct.unpack("<I", value)
                if at + 2 <= len(self._data):
                    return self._data[at + 2 :][: struct.unpack_from("<H", self._data, at)[0]]
        return b""

    def lists(self) -> BinaryLists:
        """The numbers of its paragraphs."""
        return BinaryLists(b"" if self._old else self._table, self._pair(_LISTS), self._pair(_USES))

    def hidden(self) -> list[tuple[int, int]]:
        """Stretches of the main stream that a reader of the page does not see: deleted and hidden text."""
        if self._old:
            return []
        spans: list[tuple[int, int]] = []
        for begin, end, page, index, count in self._pages(_CHARACTERS):
            offset = page[4 * (count + 1) + index] * 2
            sprms = page[offset + 1 : offset + 1 + page[offset]] if offset else b""
            if any(code in {_DELETED, _HIDDEN} and value[:1] == b"\1" for code, value in _sprms(sprms)):
                spans.append((begin, end))
        return sorted(spans)

    def _paragraph_runs(self) -> "_Runs":
        runs = _Runs()
        for begin, end, page, index, count in self._pages(_PARAGRAPHS):
            offset = page[4 * (count + 1) + 13 * index] * 2
            size = page[offset] if offset < _PAGE else 0
            if size:
                raw = page[offset + 1 : offset + 2 * size]
            else:
                raw = page[offset + 2 : offset + 2 + 2 * page[offset + 1]] if 0 < offset < _PAGE - 1 else b""
            runs.add(begin, end, raw)
        return runs

    def _pages(self, which: int) -> Iterator[tuple[int, int, bytes, int, int]]:
        """Runs of the formatted pages: from, to, the page, the run's number and how many there are."""
        table = self._block(which)
        count = max(0, (len(table) - 4) // 8)
        for number in struct.unpack_from(f"<{count}I", table, 4 * (count + 1)) if count else ():
            page = self._main[(number & 0x3FFFFF) * _PAGE :][:_PAGE]
            runs = page[-1] if len(page) == _PAGE else 0
            if not runs or 4 * (runs + 1) + runs > _PAGE:
                continue
            ends = struct.unpack_from(f"<{runs + 1}I", page)
            for index in range(runs):
                yield ends[index], ends[index + 1], page, index, runs

    def _block(self, pair: int) -> bytes:
        offset, size = self._pair(pair)
        return self._table[offset : offset + size]

    def _pair(self, pair: int) -> tuple[int, int]:
        where = _PAIRS + 8 * pair
        if where + 8 > len(self._main):
            raise NotWord
        offset, size = struct.unpack_from("<II", self._main, where)
        return offset, size


class _Runs:
    """Stretches of the file with their properties, found by offset."""

    def __init__(self) -> None:
        self._found: dict[int, tuple[int, bytes]] = {}
        self._begins: list[int] | None = None

    def add(self, begin: int, end: int, raw: bytes) -> None:
        self._found[begin] = (end, raw)
        self._begins = None

    def at(self, offset: int) -> bytes | None:
        if self._begins is None:
            self._begins = sorted(self._found)
        place = bisect_right(self._begins, offset) - 1
        if place < 0:
            return None
        end, raw = self._found[self._begins[place]]
        return raw if offset < end else None


def _look(raw: bytes) -> ParagraphLook:
    style = struct.unpack_from("<H", raw)[0] if len(raw) >= 2 else 0  # noqa: PLR2004 - the size of a style's number
    level = style if 1 <= style <= _BODY_LEVEL else 0
    in_table = ends_row = False
    cells: tuple[CellEdges, ...] = ()
    list_use = list_level = 0
    for code, value in _sprms(raw[2:]):
        if code == _OUTLINE:
            level = 0 if value[0] >= _BODY_LEVEL else value[0] + 1
        elif code == _IN_TABLE:
            in_table = bool(value[0])
        elif code == _ROW_END:
            ends_row = bool(value[0])
        elif code == _CELLS:
            cells = _cells(value)
        elif code == _LIST_LEVEL:
            list_level = value[0]
        elif code == _LIST_USE and len(value) > 1:
            (list_use,) = struct.unpack("<H", value[:2])
    return ParagraphLook(
        level=level, in_table=in_table, ends_row=ends_row, cells=cells, list_use=list_use, list_level=list_level
    )


def _sprms(raw: bytes) -> Iterator[tuple[int, bytes]]:
    """Properties as pairs of code and operand; a list that breaks off ends there."""
    at = 0
    while at + 2 < len(raw):
        (code,) = struct.unpack_from("<H", raw, at)
        at += 2
        size = _OPERAND_SIZES[code >> 13]
        if size < 0:
            if code == _CELLS:
                size = struct.unpack_from("<H", raw, at)[0] - 1 if at + 2 <= len(raw) else 0
                at += 2
            else:
                size = raw[at]
                at += 1
                if code == _TABS and size == 0xFF:  # noqa: PLR2004 - the one list that does not say its length
                    return
        value = raw[at : at + size]
        if not value:
            return
        yield code, value
        at += size


def _cells(value: bytes) -> tuple[CellEdges, ...]:
    count = value[0]
    if len(value) < 1 + 2 * (count + 1):
        return ()
    edges = struct.unpack_from(f"<{count + 1}h", value, 1)
    out: list[CellEdges] = []
    for index in range(count):
        at = 1 + 2 * (count + 1) + _CELL_SIZE * index
        flags = struct.unpack_from("<H", value, at)[0] if at + 2 <= len(value) else 0
        vertical = (flags >> 5) & 3
        out.append(CellEdges(left=edges[index], right=edges[index + 1], continues=vertical == 1))
    return tuple(out)


def _units(raw: bytes) -> str:
    """UTF-16 unit by unit; a pair stays two halves for now."""
    return (
        raw[: len(raw) // 2 * 2].decode("utf-16-le", "surrogatepass")
        if not _has_pairs(raw)
        else "".join(chr(unit) for (unit,) in struct.iter_unpack("<H", raw[: len(raw) // 2 * 2]))
    )


def _has_pairs(raw: bytes) -> bool:
    return any(0xD8 <= high <= 0xDF for high in raw[1::2])  # noqa: PLR2004 - the range of halves of pairs
