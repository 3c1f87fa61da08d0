"""The lists of a binary Word file: which number Word shows before a paragraph."""

import struct

from ingest.parsers.numbering import LEVELS, Level, Numbering, Numeral

_LIST, _LEVEL_HEAD, _USE, _OVERRIDE = 28, 28, 16, 8
_SIMPLE, _NEW_START, _NEW_LEVEL = 0x01, 0x10, 0x20
_CHINESE = {0x0A, 0x0B, 0x10, 0x21, 0x22, 0x23, 0x24, 0x25, 0x27, 0x28}
_NUMERALS = {
    0x01: Numeral.UPPER_ROMAN,
    0x02: Numeral.LOWER_ROMAN,
    0x03: Numeral.UPPER_LETTER,
    0x04: Numeral.LOWER_LETTER,
    0x11: Numeral.LEGAL,
    0x12: Numeral.CIRCLED,
    0x17: Numeral.BULLET,
    0x1C: Numeral.CIRCLED,
    0x1D: Numeral.BRACKETED,
    0x1E: Numeral.STEM,
    0x26: Numeral.LEGAL,
    0xFF: Numeral.BULLET,
    **dict.fromkeys(_CHINESE, Numeral.CHINESE),
}


class BinaryLists:
    """Numbers for the paragraphs of one file, asked for in reading order."""

    def __init__(self, table: bytes, lists: tuple[int, int], uses: tuple[int, int]) -> None:
        """`lists` and `uses` are offset and size of the two tables; a damaged one gives no numbers."""
        try:
            self._numbering = Numbering(_lists(table, *lists))
            self._uses, self._starts = _uses(table, *uses)
        except (struct.error, IndexError):
            self._numbering, self._uses, self._starts = Numbering({}), (), {}
        self._begun: set[tuple[int, int]] = set()

    def label(self, use: int, level: int) -> str:
        """The number of the next paragraph of this use (from 1; 0 is none) at this level."""
        if not 0 < use <= len(self._uses) or level >= LEVELS:
            return ""
        start = self._starts.get((use, level)) if (use, level) not in self._begun else None
        self._begun.add((use, level))
        return self._numbering.label(self._uses[use - 1], level, start=start)


def _lists(table: bytes, offset: int, size: int) -> dict[int, dict[int, Level]]:
    if size < 2:  # noqa: PLR2004 - not even the count of lists
        return {}
    (count,) = struct.unpack_from("<h", table, offset)
    heads = [table[offset + 2 + _LIST * i :][:_LIST] for i in range(max(0, count))]
    at = offset + 2 + _LIST * len(heads)
    found: dict[int, dict[int, Level]] = {}
    for head in heads:
        levels: dict[int, Level] = {}
        for number in range(1 if head[26] & _SIMPLE else LEVELS):
            levels[number], at = _level(table, at)
        found[struct.unpack_from("<i", head)[0]] = levels
    return found


def _level(table: bytes, at: int) -> tuple[Level, int]:
    start, form = struct.unpack_from("<iB", table, at)
    places = table[at + 6 : at + 15]
    characters, paragraphs = table[at + 24], table[at + 25]
    at += _LEVEL_HEAD + characters + paragraphs
    (length,) = struct.unpack_from("<H", table, at)
    text = table[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace")
    numbers = {place - 1 for place in places if place}
    parts = tuple(ord(ch) if i in numbers and ord(ch) < LEVELS else ch for i, ch in enumerate(text))
    return Level(start=start, numeral=_NUMERALS.get(form, Numeral.ARABIC), parts=parts), at + 2 + 2 * length


def _uses(table: bytes, offset: int, size: int) -> tuple[tuple[int, ...], dict[tuple[int, int], int]]:
    """The list of each use, and the levels that a use begins anew at a number."""
    if size < 4:  # noqa: PLR2004 - not even the count of uses
        return (), {}
    (count,) = struct.unpack_from("<I", table, offset)
    heads = [table[offset + 4 + _USE * i :][:_USE] for i in range(min(count, size // _USE))]
    at = offset + 4 + _USE * len(heads)
    starts: dict[tuple[int, int], int] = {}
    for number, head in enumerate(heads, start=1):
        at += 4
        for _ in range(head[12]):
            start, flags = struct.unpack_from("<iI", table, at)
            at += _OVERRIDE
            if flags & _NEW_LEVEL:
                level, at = _level(table, at)
                start = level.start
            if flags & _NEW_START:
                starts[number, flags & 0x0F] = start
    return tuple(struct.unpack_from("<i", head)[0] for head in heads), starts
