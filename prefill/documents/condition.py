"""What is wrong with a picture, said so that a person can do better: blurred, glaring, dark, cut off, too small."""

from collections.abc import Sequence
from typing import Final

import cv2
import numpy as np

from knowledge.reading.ocr import Picture, Seen
from prefill.documents.document import Problem, ProblemCode

_SHARP = 0.05
_DARK, _BRIGHT = 70.0, 250
_GLARE_SHARE, _GRAY_PAGE = 0.025, 232.0
_SMALL_LETTERS = 11.0  # pixels
_AT_THE_EDGE, _FEWEST_CUT = 0.004, 3
_SENTENCES: Final = {
    ProblemCode.BLURRED: "照片不清晰（对焦不准或手抖了）。请把证件放平，擦干净镜头，等对焦清楚后再拍一次。",
    ProblemCode.GLARE: "照片有反光，挡住了部分文字。请避开灯光或关闭闪光灯，换个角度再拍一次。",
    ProblemCode.TOO_DARK: "照片太暗，看不清文字。请到光线亮的地方再拍一次。",
    ProblemCode.CUT_OFF: "证件没有拍完整，边上被截掉了。请让四个角都在画面里再拍一次。",
    ProblemCode.TOO_SMALL: "字太小，看不清楚。请靠近一些，让证件占满画面再拍一次，或上传原图（不要用截图）。",
}


def problem(code: ProblemCode, page: int) -> Problem:
    """With its sentence."""
    return Problem(code=code, sentence=_SENTENCES[code], page=page)


def sharpness(picture: Picture, texts: Sequence[Seen]) -> float:
    """How steep the edges of the letters are against their contrast; about 0.1 and more where print is crisp."""
    gray = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY).astype(np.float32)
    high, wide = gray.shape[:2]
    found: list[float] = []
    for text in sorted(texts, key=lambda t: -(t.box.right - t.box.left))[:12]:
        box = text.box
        part = gray[int(box.top * high) : int(box.bottom * high), int(box.left * wide) : int(box.right * wide)]
        if part.shape[0] < 6 or part.shape[1] < 12:  # noqa: PLR2004 - nothing to measure
            continue
        contrast = float(np.percentile(part, 97) - np.percentile(part, 3))
        if contrast > 12:  # noqa: PLR2004 - as above
            steep = np.percentile(np.abs(np.diff(part, axis=1)), 97)
            found.append(float(steep) / contrast * min(part.shape) / 40)
    return float(np.median(found)) if found else 0.0


def problems_of(picture: Picture, texts: Sequence[Seen], page: int, *, cut_off: bool) -> list[Problem]:
    """Everything that may explain why a page could not be read well; ask only where it was not."""
    gray = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    found: list[ProblemCode] = []
    if float(np.percentile(gray, 90)) < _DARK:
        found.append(ProblemCode.TOO_DARK)
    if _glares(gray):
        found.append(ProblemCode.GLARE)
    if cut_off or _runs_off(texts):
        found.append(ProblemCode.CUT_OFF)
    upright = [
        min((t.box.bottom - t.box.top) * gray.shape[0], (t.box.right - t.box.left) * gray.shape[1]) for t in texts
    ]
    if upright and float(np.median(upright)) < _SMALL_LETTERS:
        found.append(ProblemCode.TOO_SMALL)
    if not found or sharpness(picture, texts) < _SHARP:
        found.insert(0, ProblemCode.BLURRED)
    return [problem(code, page) for code in dict.fromkeys(found)]


def _glares(gray: "cv2.typing.MatLike") -> bool:
    """A burnt-out spot on a page that is not white as a whole."""
    if float(np.median(gray)) > _GRAY_PAGE:
        return False
    burnt = cv2.morphologyEx(np.asarray(gray > _BRIGHT).astype(np.uint8), cv2.MORPH_OPEN, np.ones((9, 9), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(burnt)
    return count > 1 and int(stats[1:, cv2.CC_STAT_AREA].max()) > _GLARE_SHARE * gray.size


def _runs_off(texts: Sequence[Seen]) -> bool:
    """Lines that begin or end at the edge of the picture."""
    cut = [t for t in texts if t.box.left < _AT_THE_EDGE or t.box.right > 1 - _AT_THE_EDGE]
    return len(cut) >= _FEWEST_CUT
