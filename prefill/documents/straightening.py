"""Photos made like scans: the page cut out of its surroundings and laid flat, shadows evened, red ink lifted off."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from knowledge.passages import Box
from knowledge.reading.ocr import Picture

Points = NDArray[np.float32]
_LOOKED_AT = 700  # pixels of the longer side in which the page's edges are looked for
_SMALLEST_SHARE, _LARGEST_SHARE = 0.12, 0.97
_APART = 22.0  # how much brighter the page is than what lies around it, of 255
_UNEVEN, _DARK = 34.0, 165.0
_PAPER = 236.0
_RED_FROM, _RED_TO = 12, 165
_COLORFUL, _LIT = 60, 60
_CONTRAST, _PALE = 70.0, 0.72


@dataclass(frozen=True, slots=True, kw_only=True)
class Flat:
    """The page as it is read. `back` leads from its pixels to those of the picture; None where it was not cut out."""

    picture: Picture
    back: NDArray[np.float64] | None
    original: tuple[int, int]
    cut_off: bool = False

    def placed(self, box: Box) -> Box:
        """A box of the flat page on the picture as it was uploaded."""
        if self.back is None:
            return box
        height, width = self.picture.shape[:2]
        corners = np.array(
            [[[x * width, y * height]] for x in (box.left, box.right) for y in (box.top, box.bottom)],
            dtype=np.float32,
        )
        seen = cv2.perspectiveTransform(corners, self.back)[:, 0, :]
        high, wide = self.original
        (left, top), (right, bottom) = seen.min(axis=0).tolist(), seen.max(axis=0).tolist()
        return Box(
            left=max(0.0, left / wide),
            top=max(0.0, top / high),
            right=min(1.0, right / wide),
            bottom=min(1.0, bottom / high),
        )


def flatten(picture: Picture) -> Flat:
    """The page cut out and laid flat where its edges are seen; else the picture itself."""
    original = (picture.shape[0], picture.shape[1])
    corners = _corners(picture)
    if corners is None:
        return Flat(picture=picture, back=None, original=original)
    width = int(max(np.hypot(*(corners[1] - corners[0])), np.hypot(*(corners[2] - corners[3]))))
    height = int(max(np.hypot(*(corners[3] - corners[0])), np.hypot(*(corners[2] - corners[1]))))
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(corners, flat)
    warped = cv2.warpPerspective(picture, matrix, (width, height), flags=cv2.INTER_LINEAR)
    return Flat(
        picture=warped.astype(np.uint8, copy=False),
        back=np.linalg.inv(np.asarray(matrix, dtype=np.float64)).astype(np.float64),
        original=original,
        cut_off=_touches(corners, original),
    )


def _touches(corners: Points, size: tuple[int, int]) -> bool:
    """Whether a corner of the page lies outside the picture."""
    high, wide = size
    near = 2.0
    return bool(
        ((corners[:, 0] < near) | (corners[:, 0] > wide - near)).sum() >= 3  # noqa: PLR2004 - beyond one edge
        or ((corners[:, 1] < near) | (corners[:, 1] > high - near)).sum() >= 3  # noqa: PLR2004 - as above
    )


def _corners(picture: Picture) -> Points | None:
    scale = min(1.0, _LOOKED_AT / max(picture.shape[:2]))
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA).astype(np.uint8, copy=False)
    gray = cv2.GaussianBlur(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), (5, 5), 0)
    best: Points | None = None
    largest = 0.0
    for mask in _masks(gray):
        contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        for contour in sorted(contours, key=cv2.contourArea, reverse=True)[:4]:
            hull = cv2.convexHull(contour)
            area = cv2.contourArea(hull)
            share = area / gray.size
            four = cv2.approxPolyDP(hull, 0.03 * cv2.arcLength(hull, closed=True), closed=True)
            fits = len(four) == 4 and _SMALLEST_SHARE < share < _LARGEST_SHARE  # noqa: PLR2004 - corners
            if fits and share > largest and _stands_out(gray, four):
                best, largest = _ordered(four.reshape(4, 2).astype(np.float32) / np.float32(scale)), share
    return best


def _masks(gray: "NDArray[np.uint8] | cv2.typing.MatLike") -> list["cv2.typing.MatLike"]:
    """Bright areas, and areas within strong edges."""
    _, bright = cv2.threshold(gray, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    kernel = np.ones((9, 9), np.uint8)
    edges = cv2.dilate(cv2.Canny(gray, 40, 120), np.ones((3, 3), np.uint8), iterations=2)
    return [cv2.morphologyEx(bright, cv2.MORPH_CLOSE, kernel), cv2.morphologyEx(edges, cv2.MORPH_CLOSE, kernel)]


def _stands_out(gray: "cv2.typing.MatLike", four: "cv2.typing.MatLike") -> bool:
    """A page is brighter than the desk just around it; a table printed on a page is not."""
    inside = np.zeros(gray.shape[:2], np.uint8)
    cv2.fillPoly(inside, [four], 255)
    ring = cv2.dilate(inside, np.ones((15, 15), np.uint8)) - cv2.dilate(inside, np.ones((5, 5), np.uint8))
    rim = inside - cv2.erode(inside, np.ones((25, 25), np.uint8))
    around, within = gray[ring > 0], gray[rim > 0]
    if around.size < 200 or within.size < 200:  # noqa: PLR2004 - too few pixels to compare
        return False
    return float(np.median(within)) - float(np.median(around)) > _APART


def _ordered(corners: Points) -> Points:
    """Upper left, upper right, lower right, lower left."""
    total, difference = corners.sum(axis=1), np.diff(corners, axis=1)[:, 0]
    picks = [total.argmin(), difference.argmin(), total.argmax(), difference.argmax()]
    return corners[picks]


def evened(picture: Picture) -> Picture:
    """Without shadows: each part divided by the brightness of the paper around it; even pictures stay as they are."""
    gray = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    scale = min(1.0, 400 / max(gray.shape))
    small = cv2.resize(gray, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    paper = cv2.medianBlur(cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8)), 31)
    low, middle, high = (float(v) for v in np.percentile(paper, (5, 50, 95)))
    if high - low < _UNEVEN and middle > _DARK:
        return picture
    ground = cv2.resize(paper, (picture.shape[1], picture.shape[0]), interpolation=cv2.INTER_LINEAR).astype(np.float32)
    lifted = picture.astype(np.float32) * (_PAPER / np.maximum(ground, 24.0))[:, :, None]
    return np.clip(lifted, 0, 255).astype(np.uint8)


def without_pale(picture: Picture) -> Picture:
    """Paper made white down to the paleness of watermarks and patterns; ink keeps its own darkness."""
    gray = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    ink, paper = (float(v) for v in np.percentile(gray, (0.6, 60)))
    if paper - ink < _CONTRAST:
        return picture
    white = ink + _PALE * (paper - ink)
    steps = np.clip((np.arange(256) - ink) * (255.0 / (white - ink)), 0, 255).astype(np.uint8)
    return np.ascontiguousarray(cv2.LUT(picture, steps)).astype(np.uint8, copy=False)


def red_ink(picture: Picture) -> NDArray[np.bool_]:
    """Where red ink is."""
    hue, colorful, lit = cv2.split(cv2.cvtColor(picture, cv2.COLOR_BGR2HSV))
    red = ((hue < _RED_FROM) | (hue > _RED_TO)) & (colorful > _COLORFUL) & (lit > _LIT)
    return np.asarray(red, dtype=np.bool_)


def without_red(picture: Picture, box: tuple[int, int, int, int]) -> Picture:
    """Within a box (left, top, right, bottom) only what is dark in red light too: print under a seal."""
    left, top, right, bottom = box
    out = picture.copy()
    part = out[top:bottom, left:right]
    ink = cv2.dilate(red_ink(part).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    red = part[:, :, 2]
    bright = np.repeat(np.clip(red.astype(np.int16) + 30, 0, 255).astype(np.uint8)[:, :, None], 3, axis=2)
    part[ink] = bright[ink]
    return out
