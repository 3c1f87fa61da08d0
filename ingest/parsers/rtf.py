"""RTF: text by control words, with the code page of each font, Unicode escapes and tables."""

import re
from dataclasses import dataclass, field, replace

from ingest.blocks import BlockKind, ParsedFile, TextAssembler
from ingest.errors import Unreadable
from ingest.parsers.grid import EdgedCell, square
from ingest.parsers.tables import readable_rows

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\(.)|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.DOTALL
)
_SKIPPED = frozenset(
    b"colortbl stylesheet info pict object objdata themedata colorschememapping datastore latentstyles rsidtbl "
    b"generator header headerl headerr headerf footer footerl footerr footerf fldinst listtable listoverridetable "
    b"pgptbl xmlnstbl filetbl revtbl bkmkstart bkmkend annotation atnid atnauthor mmathPr wgrffmtfilter nonshppict "
    b"pntxtb pntxta shpinst fonttbl falt panose".split()
)
_CHARSETS = {134: "gb18030", 136: "big5", 128: "cp932", 129: "cp949", 0: "cp1252", 238: "cp1250", 204: "cp1251"}
_CODE_PAGES = {936: "gb18030", 950: "big5", 932: "cp932", 949: "cp949", 54936: "gb18030", 65001: "utf-8"}
_SIGNS = {
    b"tab": " ",
    b"line": "\n",
    b"emdash": "—",
    b"endash": "–",
    b"lquote": "‘",
    b"rquote": "’",
    b"ldblquote": "“",
    b"rdblquote": "”",
    b"bullet": "•",
    b"emspace": " ",
    b"enspace": " ",
}
_LONGEST_HEADING = 80
_DEEPEST = 2_000
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_HALF = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class _State:
    """What a group inherits and gives back at its end."""

    skipped: bool = False
    font: int = -1
    fallback: int = 1
    hidden: bool = False
    fonts: bool = False


def parse_rtf(content: bytes) -> ParsedFile:
    """Body and notes; headers, footers, pictures, style sheets and hidden text are left out."""
    reader = _Reader()
    reader.read(content)
    parsed = reader.finished()
    if not parsed.blocks:
        raise Unreadable("RTF 文件里没有文字，或者已损坏。请用 Word 打开并另存为 .docx 后再上传")
    return parsed


@dataclass(slots=True)
class _Table:
    """The table being read: edges of the current row, its finished cells, and the rows before."""

    edges: list[tuple[int, bool]] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    rows: list[list[EdgedCell]] = field(default_factory=list)
    continues: bool = False
    inside: bool = False


class _Reader:
    """One pass over the tokens."""

    def __init__(self) -> None:
        self._assembler = TextAssembler()
        self._state = _State()
        self._stack: list[_State] = []
        self._code_page = "cp1252"
        self._fonts: dict[int, str] = {}
        self._raw = bytearray()
        self._text: list[str] = []
        self._to_skip = 0
        self._level = 0
        self._table = _Table()

    def read(self, content: bytes) -> None:
        """All tokens; what follows the last brace is no text."""
        at = 0
        while at < len(content):
            found = _TOKEN.match(content, at)
            if found is None:
                at += 1
                continue
            at = found.end()
            word, number, code, sign, brace, text = found.groups()
            if word == b"bin":
                at += max(0, int(number or b"0"))
            elif word is not None:
                self._word(word, int(number) if number is not None else None)
            elif code is not None:
                self._bytes(bytes((int(code, 16),)))
            elif sign is not None:
                self._sign(sign)
            elif brace is not None and self._brace(brace):
                return
            elif text is not None:
                self._bytes(text)

    def finished(self) -> ParsedFile:
        """The blocks, once all is read."""
        self._end_paragraph()
        self._end_table()
        return self._assembler.parsed()

    def _brace(self, brace: bytes) -> bool:
        """True at the end of the document."""
        self._flush()
        if brace == b"{":
            if len(self._stack) > _DEEPEST:
                raise Unreadable("RTF 文件结构异常（嵌套太深），没有读取。请用 Word 另存为 .docx 后再上传")
            self._stack.append(self._state)
            return False
        if self._stack:
            self._state = self._stack.pop()
        return not self._stack

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            # A group that may be ignored by who does not know it.
            self._flush()
            self._state = replace(self._state, skipped=True)
        elif sign in b"{}\\":
            self._bytes(sign)
        elif sign == b"~":
            self._put(" ")
        elif sign == b"_":
            self._put("-")
        elif sign in b"\r\n":
            self._word(b"par", None)

    def _word(self, word: bytes, number: int | None) -> None:
        self._flush()
        if word == b"u":
            self._unicode(number or 0)
        elif word in _SKIPPED:
            self._state = replace(self._state, skipped=True, fonts=word == b"fonttbl" or self._state.fonts)
        elif word == b"f" and number is not None:
            self._state = replace(self._state, font=number)
        elif word == b"fcharset" and self._state.fonts:
            self._fonts[self._state.font] = _CHARSETS.get(number or 0, "")
        elif word == b"uc":
            self._state = replace(self._state, fallback=max(0, number if number is not None else 1))
        elif word == b"ansicpg":
            self._code_page = _CODE_PAGES.get(number or 0, f"cp{number}" if number in range(1250, 1259) else "cp1252")
        elif word in {b"v", b"deleted"}:
            self._state = replace(self._state, hidden=number != 0)
        elif word == b"plain":
            self._state = replace(self._state, hidden=False, font=-1)
        elif not self._state.skipped:
            self._layout(word, number)

    def _layout(self, word: bytes, number: int | None) -> None:
        if word in _SIGNS:
            self._put(_SIGNS[word])
        elif word in {b"par", b"sect", b"page"}:
            self._end_paragraph()
        elif word == b"pard":
            self._level, self._table.inside = 0, False
        elif word == b"outlinelevel" and number is not None:
            self._level = number + 1
        else:
            self._table_word(word, number)

    def _table_word(self, word: bytes, number: int | None) -> None:
        table = self._table
        if word == b"intbl":
            table.inside = True
        elif word == b"trowd":
            table.edges.clear()
            table.continues = False
        elif word == b"clvmrg":
            table.continues = True
        elif word == b"cellx" and number is not None:
            table.edges.append((number, table.continues))
            table.continues = False
        elif word in {b"cell", b"nestcell"}:
            table.cells.append("".join(self._text))
            self._text.clear()
        elif word == b"row":
            self._end_row()

    def _unicode(self, number: int) -> None:
        if not self._state.skipped:
            self._put(chr(number % 0x10000))
        self._to_skip = self._state.fallback

    def _bytes(self, raw: bytes) -> None:
        """Text in the code page of the font; after a Unicode escape its fallback is passed over."""
        if self._to_skip:
            passed = min(self._to_skip, len(raw))
            self._to_skip -= passed
            raw = raw[passed:]
        if raw and not self._state.skipped and not self._state.hidden:
            self._raw += raw

    def _flush(self) -> None:
        if self._raw:
            encoding = self._fonts.get(self._state.font) or self._code_page
            # Files of Chinese systems often name a Latin font for Chinese bytes.
            self._text.append(_decoded(bytes(self._raw), encoding, self._code_page))
            self._raw.clear()

    def _put(self, text: str) -> None:
        self._flush()
        if not self._state.skipped and not self._state.hidden:
            self._text.append(text)

    def _end_paragraph(self) -> None:
        self._flush()
        if self._table.inside:
            self._text.append("\n")
            return
        self._end_table()
        text = _whole("".join(self._text))
        self._text.clear()
        heading = 0 < self._level <= 9 and len(text) <= _LONGEST_HEADING  # noqa: PLR2004 - 9 is body text
        for line in text.split("\n"):
            kind = BlockKind.HEADING if heading else BlockKind.PARAGRAPH
            self._assembler.add(kind, line, level=min(self._level, 6) if heading else 0)

    def _end_row(self) -> None:
        self._flush()
        table = self._table
        if len(table.edges) == len(table.cells):
            lefts = [0, *(edge for edge, _ in table.edges)]
            row = [
                EdgedCell(left=left, right=right, text=_whole(text).strip(), continues=continues)
                for left, (right, continues), text in zip(lefts, table.edges, table.cells, strict=False)
            ]
        else:
            row = [
                EdgedCell(left=i * 1000, right=i * 1000 + 1000, text=_whole(t).strip())
                for i, t in enumerate(table.cells)
            ]
        table.cells.clear()
        if row:
            table.rows.append(row)

    def _end_table(self) -> None:
        if self._table.cells:
            self._end_row()
        rows, self._table.rows = self._table.rows, []
        if not rows:
            return
        if max(map(len, rows)) == 1:
            for row in rows:
                for line in row[0].text.split("\n"):
                    self._assembler.add(BlockKind.PARAGRAPH, line)
            return
        for text in readable_rows(square(rows)):
            self._assembler.add(BlockKind.ROW, text)


def _decoded(raw: bytes, encoding: str, code_page: str) -> str:
    for candidate in (encoding, code_page):
        try:
            return raw.decode(candidate)
        except UnicodeDecodeError:
            continue
    return raw.decode(code_page if code_page != "cp1252" else encoding, "replace")


def _whole(text: str) -> str:
    joined = _PAIR.sub(lambda found: found.group().encode("utf-16", "surrogatepass").decode("utf-16"), text)
    return _HALF.sub("\ufffd", joined)
