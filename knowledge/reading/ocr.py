"""Text from pictures of pages by rapidocr, whose models come with the package; nothing is fetched, nothing leaves."""

import functools
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

import numpy as np
from numpy.typing import NDArray

from knowledge.passages import Box

Picture = NDArray[np.uint8]

_THREADS = 2
_DETECTION_SIDE = 1280
_LARGEST_SIDE = 2304
_TILE_SHAPE, _TILE_OVERLAP, _ONE_TILE = 1.6, 0.12, 1.2
_BATCH = 6
_TALL, _FEWEST_TALL = 1.5, 4
_NOISE, _NOISE_SCORE = 2, 0.6
_LOOKED_AT = 12
_LONG = 3.0  # times as wide as high


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A stretch of text in a picture. `score` is the mean certainty of its characters.

    `angle` is by how much its line falls to the right on the upright page, in radians; 0 where it is too short to tell.
    """

    text: str
    box: Box
    score: float
    angle: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSeen:
    """What was seen on one page; not `complete` where the time for the page ended.

    `turns` are the quarter turns against the clock that bring the page upright, `slant` the angle in radians by which
    its lines then still fall to the right. The boxes are those of the page as it came.
    """

    texts: tuple[Seen, ...]
    complete: bool = True
    turns: int = 0
    slant: float = 0.0


def see(picture: Picture, *, seconds: float) -> PageSeen:
    """Texts of one picture (blue, green, red) in the order of detection; turned pages are turned upright first.

    `seconds` are of computing, so that a busy machine reads the same as an idle one.
    """
    until = time.process_time() + seconds
    turns = 0
    tiles = _tiles(picture.shape[0], picture.shape[1])
    first: list[_Detected] | None = _detected(picture, tiles[0])
    turns = _turns(picture, first or [])
    # One or two characters are easily taken for being upside down: on a page whose lines were judged, none is turned.
    judged = len(first or []) >= _FEWEST_TALL
    if turns:
        picture = np.ascontiguousarray(np.rot90(picture, turns))
        tiles, first = _tiles(picture.shape[0], picture.shape[1]), None
    found: list[Seen] = []
    slants: list[float] = []
    for tile in tiles:
        boxes = first if first is not None else _detected(picture, tile)
        first = None
        slants.extend(angle for box in boxes if (angle := _angle(box)) is not None)
        boxes.sort(key=lambda box: (box.right - box.left) / max(1.0, box.bottom - box.top))
        for begin in range(0, len(boxes), _BATCH):
            if time.process_time() > until:
                return _page(found, turns, slants, complete=False)
            found.extend(_read(picture, boxes[begin : begin + _BATCH], judged=judged))
    return _page(found, turns, slants, complete=True)


def _page(found: Sequence[Seen], turns: int, slants: Sequence[float], *, complete: bool) -> PageSeen:
    return PageSeen(
        texts=tuple(_turned_back(seen, turns) for seen in found),
        complete=complete,
        turns=turns % 4,
        slant=median(slants) if slants else 0.0,
    )


def _angle(box: "_Detected") -> float | None:
    """Of the upper edge; None where the line is too short to tell."""
    edge, height = box.corners[1] - box.corners[0], box.corners[3] - box.corners[0]
    long = float(np.hypot(*edge)) > _LONG * float(np.hypot(*height))
    return math.atan2(float(edge[1]), float(edge[0])) if long else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Detected:
    """Where text stands, in pixels of the picture; `corners` in the order of reading."""

    left: float
    top: float
    right: float
    bottom: float
    corners: "NDArray[np.float32]"


@functools.lru_cache(maxsize=1)
def _engine() -> Any:  # noqa: ANN401 - an untyped library
    """Loaded when the first picture comes: most files need none of it."""
    import cv2  # noqa: PLC0415 - as above
    from rapidocr import RapidOCR  # noqa: PLC0415 - as above

    cv2.setNumThreads(1)
    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_vertical_padding": False,
            "EngineConfig.onnxruntime.intra_op_num_threads": _THREADS,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            "Det.limit_type": "max",
            "Det.limit_side_len": _LARGEST_SIDE,
        }
    )


def _tiles(height: int, width: int) -> list[tuple[int, int]]:
    """A long picture is read in parts, so that its letters are not shrunk; the parts overlap."""
    tallest = _tallest(width)
    if height <= tallest * _ONE_TILE:
        return [(0, height)]
    step = int(tallest * (1 - _TILE_OVERLAP))
    return [(top, min(height, top + tallest)) for top in range(0, height - (tallest - step), step)]


def _tallest(width: int) -> int:
    return int(max(width, 600) * _TILE_SHAPE)


def _detected(picture: Picture, tile: tuple[int, int]) -> list[_Detected]:
    """Text of a part whose middle does not lie in the half of the overlap that the part beside reads."""
    import cv2  # noqa: PLC0415 - loaded with the first picture

    top, bottom = tile
    part = picture[top:bottom]
    longest = max(part.shape[:2])
    scale = min(1.0, min(_LARGEST_SIDE, max(_DETECTION_SIDE, longest // 2)) / longest)
    size = (max(8, round(part.shape[1] * scale)), max(8, round(part.shape[0] * scale)))
    small = part if scale == 1.0 else cv2.resize(part, size, interpolation=cv2.INTER_AREA)
    result = _engine()._load_det_model()(np.ascontiguousarray(small))
    margin = _tallest(picture.shape[1]) * _TILE_OVERLAP / 2
    first = top + (margin if top else -1)
    last = bottom - (margin if bottom < picture.shape[0] else -1)
    found: list[_Detected] = []
    for corners in result.boxes if result.boxes is not None else ():
        points = np.asarray(corners, dtype=np.float32) / np.float32(scale) + np.array([0, top], dtype=np.float32)
        (left, high), (right, low) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
        if first <= (high + low) / 2 < last:
            found.append(_Detected(left=left, top=high, right=right, bottom=low, corners=points))
    return found


def _crops(picture: Picture, boxes: Sequence[_Detected]) -> list[Picture]:
    from rapidocr.utils.process_img import get_rotate_crop_image  # noqa: PLC0415 - loaded with the first picture

    return [get_rotate_crop_image(picture, box.corners.copy()) for box in boxes]


def _read(page: Picture, boxes: Sequence[_Detected], *, judged: bool) -> list[Seen]:
    height, width = page.shape[:2]
    crops = _crops(page, boxes)
    if not judged:
        crops, _ = _engine().cls_and_rotate(crops)
    result = _engine().recognize_txt(crops)
    return [
        Seen(
            text=text.strip(),
            score=float(score),
            angle=_angle(box) or 0.0,
            box=Box(left=box.left / width, top=box.top / height, right=box.right / width, bottom=box.bottom / height),
        )
        for text, score, box in zip(result.txts, result.scores, boxes, strict=True)
        if text.strip() and (len(text.strip()) > _NOISE or score >= _NOISE_SCORE)
    ]


def _turns(picture: Picture, boxes: Sequence[_Detected]) -> int:
    """Quarter turns against the clock that bring the lines of a page upright."""
    tall = sum(1 for box in boxes if box.bottom - box.top > _TALL * (box.right - box.left))
    lying = tall >= _FEWEST_TALL and tall > len(boxes) / 2
    longest = sorted(boxes, key=lambda box: min(box.left - box.right, box.top - box.bottom))[:_LOOKED_AT]
    if len(longest) < _FEWEST_TALL:
        return 0
    # A crop of a tall box is turned a quarter against the clock, as the page would be.
    _, judged = _engine().cls_and_rotate(_crops(picture, longest))
    headlong = sum(1 for label, _ in judged.cls_res if label == "180")
    return (1 if lying else 0) + (2 if headlong > len(longest) / 2 else 0)


def _turned_back(seen: Seen, turns: int) -> Seen:
    """The box on the page as it is stored."""
    box = seen.box
    for _ in range(turns % 4):
        box = Box(left=1 - box.bottom, top=box.left, right=1 - box.top, bottom=box.right)
    return Seen(text=seen.text, box=box, score=seen.score, angle=seen.angle)
