"""Characters that the font cannot show: a rare name must not come out as an empty box that nobody notices."""

import functools
from typing import Final

from PIL import ImageFont

from prefill.papers.fonts import ChineseFont

MISSING: Final = "〓"
NOTE: Final = "（“〓”处的字打印字体里没有，请用黑色水笔写清楚。）"
_NOWHERE = "\U0010ffff"
_COMMON_FROM, _COMMON_TO = "一", "鿋"  # every font that is taken has these


def showable(text: str, font: ChineseFont) -> str:
    """The text with 〓, the printers' sign for a missing type, for what the font lacks."""
    return "".join(character if _has(character, font) else MISSING for character in text)


@functools.lru_cache(maxsize=4096)
def _has(character: str, font: ChineseFont) -> bool:
    if character.isascii() or character.isspace() or _COMMON_FROM <= character <= _COMMON_TO:
        return True
    face = _face(font)
    return bytes(face.getmask(character)) != bytes(face.getmask(_NOWHERE))


@functools.lru_cache(maxsize=1)
def _face(font: ChineseFont) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(font.path), 24, index=font.face)
