"""DOC: text of Word 97 to 2003 files (and of simple Word 95 ones), paragraph by paragraph, with its tables."""

import contextlib
import io
import re
import struct
from bisect import bisect_right
from collections.abc import Iterator

import olefile

from ingest.blocks import BlockKind, ParsedFile, TextAssembler
from ingest.errors import Unreadable
from ingest.parsers.grid import EdgedCell, square
from ingest.parsers.tables import readable_rows
from ingest.parsers.word_binary import LockedWord, NotWord, ParagraphLook, Piece, WordFile
from ingest.parsers.word_binary_lists import BinaryLists

_DAMAGED = "Word 文件已损坏，无法打开。请用 Word 打开并另存为 .docx 后再上传"
_LOCKED = "Word 文件有密码保护，无法打开。请去掉密码后再上传"
_MARK, _CELL, _SECTION = "\r", "\x07", "\x0c"
_FIELD_BEGIN, _FIELD_MIDDLE, _FIELD_END = "\x13", "\x14", "\x15"
_OBJECTS = re.compile("[\x01-\x06\x08\x0f-\x12\x16-\x1d\x1f]")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_LONGEST_HEADING = 80
_STREAM = "WordDocument"


def parse_doc(content: bytes) -> ParsedFile:
    """Body, notes and text boxes; headers, footers, comments, deleted and hidden text are left out."""
    try:
        word, title = _open(content)
        writer = _Writer(word.lists())
        for text, look in _paragraphs(word):
            writer.take(text, look)
        writer.finish()
    except LockedWord as error:
        raise Unreadable(_LOCKED) from error
    except (NotWord, OSError, struct.error, IndexError, ValueError, OverflowError) as error:
        raise Unreadable(_DAMAGED) from error
    return writer.assembler.parsed(title=title)


def _open(content: bytes) -> tuple[WordFile, str | None]:
    with olefile.OleFileIO(io.BytesIO(content)) as ole:
        if not ole.exists(_STREAM):
            raise NotWord
        main = ole.openstream(_STREAM).read()
        others = {n: ole.openstream(n).read() for n in ("0Table", "1Table", "Data") if ole.exists(n)}
        try:
            named = ole.get_metadata().title if ole.exists("\x05SummaryInformation") else None
        except (OSError, struct.error, IndexError, ValueError):
            named = None
    return WordFile(main, others, others.get("Data", b"")), _title(named)


def _title(named: bytes | None) -> str | None:
    for encoding in ("utf-8", "gb18030"):
        with contextlib.suppress(UnicodeDecodeError):
            return (named or b"").decode(encoding).strip("\0 ") or None
    return None


def _paragraphs(word: WordFile) -> Iterator[tuple[str, ParagraphLook]]:
    """Each paragraph with its mark as the last character, and what is known about it."""
    hidden = word.hidden()
    pieces = list(word.pieces())
    for begin, end in word.parts():
        fields: list[bool] = []
        text: list[str] = []
        for character, offset in _characters(pieces, begin, end, hidden):
            seen = _visible(character, fields)
            if character in {_MARK, _CELL, _SECTION}:
                yield "".join(text) + character, word.look(offset)
                text = []
            elif seen:
                text.append(character)
        if text:
            yield "".join(text) + _MARK, ParagraphLook()


def _characters(pieces: list[Piece], begin: int, end: int, hidden: list[tuple[int, int]]) -> Iterator[tuple[str, int]]:
    """Characters of a range of positions with their offsets in the file, without what is deleted or hidden."""
    starts = [span[0] for span in hidden]
    position = 0
    for piece in pieces:
        first, last = max(begin - position, 0), min(end - position, len(piece.text))
        for index in range(first, last):
            offset = piece.offset + index * piece.width
            place = bisect_right(starts, offset) - 1
            if place < 0 or offset >= hidden[place][1]:
                yield piece.text[index], offset
        position += len(piece.text)


def _visible(character: str, fields: list[bool]) -> bool:
    """Of a field (a link, a page number) its result is text, its instruction is not."""
    if character == _FIELD_BEGIN:
        fields.append(False)
    elif character == _FIELD_MIDDLE and fields:
        fields[-1] = True
    elif character == _FIELD_END and fields:
        fields.pop()
    else:
        return all(fields)
    return False


class _Writer:
    """Paragraphs and rows in the order of the page."""

    def __init__(self, lists: BinaryLists) -> None:
        self.assembler = TextAssembler()
        self._lists = lists
        self._cells: list[str] = []
        self._cell: list[str] = []
        self._rows: list[list[EdgedCell]] = []

    def take(self, text: str, look: ParagraphLook) -> None:
        """One paragraph; inside a table it is gathered until its row ends."""
        bare = _plain(text[:-1])
        if look.list_use and bare.strip():
            bare = self._lists.label(look.list_use, look.list_level) + bare.lstrip()
        if look.ends_row:
            self._end_row(look)
        elif look.in_table or text.endswith(_CELL):
            self._cell.append(bare)
            if text.endswith(_CELL):
                self._cells.append("\n".join(part for part in self._cell if part.strip()))
                self._cell = []
        else:
            self._end_table()
            self._add(bare, look.level)

    def finish(self) -> None:
        """Nothing more comes."""
        self._end_table()

    def _add(self, text: str, level: int) -> None:
        lines = text.split("\n")
        heading = level > 0 and len(text) <= _LONGEST_HEADING
        for line in lines:
            kind = BlockKind.HEADING if heading else BlockKind.PARAGRAPH
            self.assembler.add(kind, line, level=min(level, 6) if heading else 0)

    def _end_row(self, look: ParagraphLook) -> None:
        texts, self._cells = self._cells, []
        if look.cells and len(look.cells) == len(texts):
            pairs = zip(look.cells, texts, strict=True)
            row = [EdgedCell(left=c.left, right=c.right, text=text, continues=c.continues) for c, text in pairs]
        else:
            row = [EdgedCell(left=i * 1000, right=i * 1000 + 1000, text=text) for i, text in enumerate(texts)]
        if row:
            self._rows.append(row)

    def _end_table(self) -> None:
        if self._cells or self._cell:
            # A table whose last row has no end: its cells are still text.
            left = [*self._cells, *self._cell]
            self._cells, self._cell = [], []
            self._rows.append([EdgedCell(left=i * 1000, right=i * 1000 + 1000, text=t) for i, t in enumerate(left)])
        rows, self._rows = self._rows, []
        if not rows:
            return
        if max(map(len, rows)) == 1:
            # A frame drawn as a table of one column holds ordinary text.
            for row in rows:
                self._add(row[0].text, 0)
            return
        for text in readable_rows(square(rows)):
            self.assembler.add(BlockKind.ROW, text)


def _plain(text: str) -> str:
    """Line breaks as such, tabs as spaces, the marks of pictures and notes out, halves of pairs joined."""
    changed = text.replace("\x0b", "\n").replace("\x0e", "\n").replace("\t", " ").replace("\x1e", "-")
    changed = _OBJECTS.sub("", changed)
    return _PAIR.sub(lambda found: found.group().encode("utf-16", "surrogatepass").decode("utf-16"), changed)
