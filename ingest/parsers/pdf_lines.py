"""Where the lines of a PDF's text layer stand on their page."""

from collections.abc import Sequence

import pypdfium2 as pdfium

from ingest.blocks import Block
from knowledge.passages import Box

# PDFium ends lines with CR LF, and marks a hyphen at the end of a line with U+FFFE.
_DROPPED = "\ufffe"
_ENDS = "\r\f"


def plain_text(raw: str) -> tuple[str, list[int]]:
    """The text with LF as its only line end, and for each of its characters the index in `raw`."""
    kept: list[str] = []
    came_from: list[int] = []
    for index, sign in enumerate(raw):
        if sign == _DROPPED or (sign == "\n" and index and raw[index - 1] == "\r"):
            continue
        kept.append("\n" if sign in _ENDS else sign)
        came_from.append(index)
    return "".join(kept), came_from


def boxes_of(
    page: pdfium.PdfPage, textpage: pdfium.PdfTextPage, lines: Sequence[Block], came_from: Sequence[int], length: int
) -> list[Box | None]:
    """The rectangle of each line; empty where the file's own counting of characters is not that of its text.

    `length` is how many characters `came_from` counts in. A page that is turned has no rectangles: they would be
    those of the page before it was turned.
    """
    if page.get_rotation() or textpage.count_chars() != length:
        return []
    left, bottom, right, top = page.get_cropbox()
    if right <= left or top <= bottom:
        return []
    return [_box(textpage, came_from, line, (left, bottom, right, top)) for line in lines]


def _box(
    textpage: pdfium.PdfTextPage, came_from: Sequence[int], line: Block, page: tuple[float, float, float, float]
) -> Box | None:
    first, last = came_from[line.start], came_from[line.end - 1]
    rectangles = [textpage.get_rect(n) for n in range(textpage.count_rects(first, last - first + 1))]
    if not rectangles:
        return None
    left, bottom, right, top = page
    lefts, bottoms, rights, tops = zip(*rectangles, strict=True)
    return Box(
        left=_share(min(lefts) - left, right - left),
        top=_share(top - max(tops), top - bottom),
        right=_share(max(rights) - left, right - left),
        bottom=_share(top - min(bottoms), top - bottom),
    )


def _share(part: float, whole: float) -> float:
    return min(1.0, max(0.0, part / whole))
