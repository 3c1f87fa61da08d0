"""Red seals and signatures: seen as ink, never read."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from knowledge.passages import Box
from knowledge.reading.ocr import Picture
from prefill.documents.straightening import red_ink

_LOOKED_AT = 1000
_SMALLEST, _LARGEST = 0.05, 0.45  # of the shorter side
_SQUARE = 1.7
_FEWEST_INK, _MOST_INK = 0.06, 0.75
_RIM = 0.55
_SECTORS = 16
_IN_COLOR, _NO_INK = 6.0, 0.0008
_PEN = 0.012  # share of dark pixels in the space for a signature


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """A round or oval seal; `box` in shares of the picture, `pixels` are left, top, right and bottom."""

    box: Box
    pixels: tuple[int, int, int, int]


def seals(picture: Picture) -> tuple[Seal, ...]:
    """Round or oval prints of red ink, the largest first."""
    scale = min(1.0, _LOOKED_AT / max(picture.shape[:2]))
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)
    ink = red_ink(small).astype(np.uint8)
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined)
    shorter = min(small.shape[:2])
    found: list[tuple[int, Seal]] = []
    for number in range(1, count):
        left, top, wide, high = (int(v) for v in stats[number, :4])
        size = max(wide, high)
        if not _SMALLEST * shorter < size < _LARGEST * shorter or size > _SQUARE * min(wide, high):
            continue
        part = ink[top : top + high, left : left + wide]
        if _FEWEST_INK < part.mean() < _MOST_INK and _is_round(part):
            found.append((size, _seal((left, top, left + wide, top + high), scale, picture)))
    return tuple(seal for _, seal in sorted(found, key=lambda f: -f[0]))


def is_without_seal(picture: Picture) -> bool | None:
    """False where a picture in color has no red ink; None where it cannot be told: a copy in black and white."""
    small = cv2.resize(picture, (300, 300), interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)
    colorful = float(cv2.cvtColor(small, cv2.COLOR_BGR2HSV)[:, :, 1].mean()) > _IN_COLOR
    return False if colorful and float(red_ink(small).mean()) < _NO_INK else None


def _is_round(part: "cv2.typing.MatLike") -> bool:
    """Ink lies near the ellipse that fills the box, all around; a portrait or an emblem is filled otherwise."""
    high, wide = part.shape[:2]
    y, x = np.nonzero(part)
    dx, dy = (x - wide / 2) / (wide / 2), (y - high / 2) / (high / 2)
    away, angle = np.hypot(dx, dy), np.arctan2(dy, dx)
    rim = (away > 0.84) & (away < 1.08)  # noqa: PLR2004 - the ring of a seal
    sectors = set(np.floor((angle[rim] + np.pi) / (2 * np.pi) * _SECTORS).astype(int).tolist())
    corners = float((away > 1.12).mean()) if away.size else 1.0  # noqa: PLR2004 - outside the ellipse
    return len(sectors) >= _SECTORS * _RIM and corners < 0.06  # noqa: PLR2004 - stray ink


def _seal(pixels: tuple[int, int, int, int], scale: float, picture: Picture) -> Seal:
    high, wide = picture.shape[:2]
    margin = 4
    left, top = max(0, int(pixels[0] / scale) - margin), max(0, int(pixels[1] / scale) - margin)
    right, bottom = min(wide, int(pixels[2] / scale) + margin), min(high, int(pixels[3] / scale) + margin)
    box = Box(left=left / wide, top=top / high, right=right / wide, bottom=bottom / high)
    return Seal(box=box, pixels=(left, top, right, bottom))


def is_signed(picture: Picture, spaces: Sequence[tuple[int, int, int, int]]) -> bool:
    """Whether there is handwriting in every space (left, top, right, bottom) beside a label that asks for it."""
    return bool(spaces) and all(_has_writing(picture, space) for space in spaces)


def _has_writing(picture: Picture, space: tuple[int, int, int, int]) -> bool:
    left, top, right, bottom = space
    part = picture[max(0, top) : bottom, max(0, left) : right]
    if part.size == 0:
        return False
    gray = cv2.cvtColor(part, cv2.COLOR_BGR2GRAY)
    paper = float(np.percentile(gray, 85))
    dark = np.asarray(gray < paper - 70).astype(np.uint8)
    # A printed line to write on is long and thin; writing is not.
    line = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((1, max(15, part.shape[1] // 3)), np.uint8))
    return float(((dark > 0) & (line == 0)).mean()) > _PEN
