"""Can pictures be read on this machine: a line is drawn and read back."""

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from knowledge.reading.ocr import see
from prefill.papers.fonts import chinese_font

_SECONDS = 30.0


def read_back(text: str) -> str | None:
    """What is read of a picture that shows the text; None where no font is there to draw with."""
    font = chinese_font()
    if font is None:
        return None
    page = Image.new("RGB", (900, 240), "white")
    face = ImageFont.truetype(str(font.path), 64, index=font.face)
    ImageDraw.Draw(page).text((60, 80), text, font=face, fill="black")
    found = see(np.asarray(page), seconds=_SECONDS)
    return "".join(one.text for one in found.texts)
