"""Stretches of text on an upright page, in rows: what fields are looked for in."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from guardrails.normalizing import normalize
from knowledge.passages import Box
from knowledge.reading.ocr import PageSeen

_SAME_ROW = 0.55
_LINE = 0.025  # of the height of a page that is only text
_GAP = "  "
_ASKEW = 0.13


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One stretch of text, placed in units of the upright page's height; `box` is where it stands in the picture."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    score: float
    box: Box | None = None

    @property
    def middle(self) -> float:
        """How far down it stands."""
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        """Of its line."""
        return self.bottom - self.top


def pieces_of_picture(seen: PageSeen, *, aspect: float) -> list[Piece]:
    """Turned upright and level. `aspect` is width by height of the picture that was read."""
    upright = aspect if seen.turns % 2 == 0 else 1 / aspect
    out: list[Piece] = []
    for text in seen.texts:
        if text.angle and abs(text.angle - seen.slant) > _ASKEW:
            # A watermark across the page, such as people write on copies of their papers.
            continue
        box = text.box
        for _ in range(seen.turns):
            box = Box(left=box.top, top=1 - box.right, right=box.bottom, bottom=1 - box.left)
        wide, high = (box.right - box.left) * upright, box.bottom - box.top
        x, y = (box.left + box.right) / 2 * upright, (box.top + box.bottom) / 2
        if abs(seen.slant) > 0.005:  # noqa: PLR2004 - level enough
            x, y, wide, high = _leveled(x, y, wide, high, seen.slant)
        out.append(
            Piece(
                text=normalize(text.text).strip(),
                left=x - wide / 2,
                top=y - high / 2,
                right=x + wide / 2,
                bottom=y + high / 2,
                score=text.score,
                box=text.box,
            )
        )
    return [piece for piece in out if piece.text]


def _leveled(x: float, y: float, wide: float, high: float, slant: float) -> tuple[float, float, float, float]:
    """A line that falls by `slant` within an upright box, laid level around the page's corner."""
    cos, sin = math.cos(-slant), math.sin(-slant)
    steep = abs(math.tan(slant))
    thin = max(high * 0.25, (high - wide * steep) / max(0.5, 1 - steep * steep))
    return x * cos - y * sin, x * sin + y * cos, max(thin, wide - thin * steep), thin


def pieces_of_text(text: str) -> list[Piece]:
    """Lines without places, such as those of a DOCX: a line a row, cells two spaces apart."""
    out: list[Piece] = []
    for row, line in enumerate(text.splitlines()):
        at = 0
        for cell in _cells(line):
            start = line.find(cell, at)
            at = start + len(cell)
            out.append(
                Piece(
                    text=normalize(cell).strip(),
                    left=start * _LINE,
                    top=row * _LINE * 1.5,
                    right=at * _LINE,
                    bottom=row * _LINE * 1.5 + _LINE,
                    score=1.0,
                )
            )
    return [piece for piece in out if piece.text]


def _cells(line: str) -> list[str]:
    return [cell for cell in line.replace("\t", _GAP).replace("|", _GAP).split(_GAP) if cell.strip()]


def in_rows(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """From top to bottom, each row from left to right."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: p.middle):
        fits = rows and abs(rows[-1][-1].middle - piece.middle) < _SAME_ROW * min(rows[-1][-1].height, piece.height)
        if rows and fits:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda p: p.left) for row in rows]


def text_of(rows: Sequence[Sequence[Piece]]) -> str:
    """The page as lines, for people and for the search by patterns."""
    lines: list[str] = []
    for row in rows:
        line = row[0].text
        for before, after in pairwise(row):
            line += (_GAP if after.left - before.right > before.height * 0.8 else "") + after.text
        lines.append(line)
    return "\n".join(lines)
