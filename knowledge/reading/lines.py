"""Stretches of text with their boxes put into reading order: rows from left to right, columns one after the other."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from knowledge.passages import Box
from knowledge.reading.ocr import Seen

_SAME_ROW = 0.5
_GUTTER = 0.02
_FEWEST_LINES_OF_A_COLUMN = 5
_WORDS_OF_A_COLUMN = 9
_WIDE_GAP = 1.2
_INDENT_FROM, _INDENT_TO = 1.2, 4.0


def in_reading_order(texts: Sequence[Seen]) -> list[Seen]:
    """One entry a line of the page; texts beside each other in a table are kept apart by two spaces."""
    return [line for column in _columns(list(texts)) for line in _indented(_rows(column))]


def _columns(texts: list[Seen]) -> Iterator[list[Seen]]:
    """A page of columns is cut at its gutter; cells of a table beside each other are short and stay in their row."""
    for cut in _gutters(texts):
        left = [t for t in texts if t.box.right <= cut]
        right = [t for t in texts if t.box.left >= cut]
        if len(left) + len(right) == len(texts) and _is_column(left) and _is_column(right):
            yield from _columns(left)
            yield from _columns(right)
            return
    yield texts


def _gutters(texts: Sequence[Seen]) -> Iterator[float]:
    """Middles of the empty vertical stripes, the widest first."""
    gaps: list[tuple[float, float]] = []
    reach = 0.0
    for text in sorted(texts, key=lambda t: t.box.left):
        if reach and text.box.left - reach > _GUTTER:
            gaps.append((text.box.left - reach, (text.box.left + reach) / 2))
        reach = max(reach, text.box.right)
    yield from (middle for _, middle in sorted(gaps, reverse=True))


def _is_column(texts: Sequence[Seen]) -> bool:
    return len(texts) >= _FEWEST_LINES_OF_A_COLUMN and median(len(t.text) for t in texts) >= _WORDS_OF_A_COLUMN


def _rows(texts: Sequence[Seen]) -> list[Seen]:
    rows: list[list[Seen]] = []
    for text in sorted(texts, key=lambda t: (t.box.top + t.box.bottom) / 2):
        if rows and _beside(rows[-1], text):
            rows[-1].append(text)
        else:
            rows.append([text])
    return [_joined(sorted(row, key=lambda t: t.box.left)) for row in rows]


def _beside(row: Sequence[Seen], text: Seen) -> bool:
    """On the same line as the last of the row: their middles differ by less than half a line, and neither covers."""
    last = row[-1].box
    height = min(last.bottom - last.top, text.box.bottom - text.box.top)
    near = abs((last.top + last.bottom) - (text.box.top + text.box.bottom)) / 2 < height * _SAME_ROW
    return near and not any(_overlap(t.box, text.box) for t in row)


def _overlap(one: Box, other: Box) -> bool:
    shared = min(one.right, other.right) - max(one.left, other.left)
    return shared > _SAME_ROW * min(one.right - one.left, other.right - other.left)


def _joined(row: Sequence[Seen]) -> Seen:
    text = row[0].text
    for before, after in pairwise(row):
        size = (before.box.right - before.box.left) / max(1, len(before.text))
        text += ("  " if after.box.left - before.box.right > _WIDE_GAP * size else "") + after.text
    return Seen(
        text=text,
        score=min(t.score for t in row),
        box=Box(
            left=row[0].box.left,
            top=min(t.box.top for t in row),
            right=max(t.box.right for t in row),
            bottom=max(t.box.bottom for t in row),
        ),
    )


def _indented(lines: Sequence[Seen]) -> list[Seen]:
    """Where a line begins further right than the column, by the two characters of a paragraph, spaces show it."""
    if len(lines) < _FEWEST_LINES_OF_A_COLUMN:
        return list(lines)
    margin = sorted(line.box.left for line in lines)[len(lines) // 5]
    sizes = [
        (line.box.right - line.box.left) / max(1, len(line.text))
        for line in lines
        if len(line.text) > _WORDS_OF_A_COLUMN
    ]
    if not sizes:
        return list(lines)
    size = median(sizes)
    return [
        Seen(text="\u3000\u3000" + line.text, box=line.box, score=line.score)
        if _INDENT_FROM * size < line.box.left - margin < _INDENT_TO * size
        else line
        for line in lines
    ]
