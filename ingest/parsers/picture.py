"""Pictures: JPEG, PNG, TIFF, BMP, WEBP and GIF made upright and plain, then read by OCR."""

import io
import re
import warnings
from collections.abc import Iterator

import numpy as np
from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

from ingest.blocks import ParsedFile
from ingest.characters import HAN
from ingest.errors import Unreadable
from ingest.parsers.pages import PageAssembler
from knowledge.reading.ocr import Picture

_LARGEST_PIXELS = 120_000_000
_LARGEST_SIDE = 3600
_LONGEST_STRIP = 30_000
_MOST_FRAMES = 500
_SMALLEST_SIDE = 16
_FEWEST_HAN = 8
_DAMAGED = "图片已损坏，无法打开。请重新拍照或扫描后再上传"
_HAN_CHARACTER = re.compile(f"[{HAN}]")


def parse_picture(content: bytes) -> ParsedFile:
    """One page a frame; a picture without words to speak of is refused."""
    assembler = PageAssembler()
    for picture in pictures_of(content):
        assembler.add_picture(picture)
        assembler.end_page()
    parsed = assembler.parsed()
    if len(_HAN_CHARACTER.findall(parsed.text)) < _FEWEST_HAN:
        raise Unreadable("图片里几乎没有可以辨认的文字（可能是图标、照片，或者太模糊）。请提供清晰的扫描件或文字版")
    return parsed


def pictures_of(content: bytes) -> Iterator[Picture]:
    """The frames as arrays, turned as the camera was held, on white, no larger than reading needs."""
    try:
        with warnings.catch_warnings():
            # Pillow warns of large pictures; the bound here is our own.
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(content)) as image:
                if image.width * image.height > _LARGEST_PIXELS:
                    size = f"{image.width}×{image.height}"
                    raise Unreadable(f"图片太大（{size}像素），没有读取。请缩小到一亿像素以内再上传")
                frames = ImageSequence.Iterator(image) if image.format == "TIFF" else [image]
                for number, frame in enumerate(frames):
                    if number >= _MOST_FRAMES:
                        return
                    yield _plain(frame)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError) as error:
        raise Unreadable(_DAMAGED) from error


def _plain(frame: Image.Image) -> Picture:
    upright = ImageOps.exif_transpose(frame)
    if upright.mode.startswith("I"):
        # Sixteen bits a pixel: the upper eight.
        upright = Image.fromarray((np.asarray(upright).astype(np.uint32) >> 8).astype(np.uint8))
    if upright.has_transparency_data:
        clear = upright.convert("RGBA")
        upright = Image.new("RGBA", clear.size, "white")
        upright.alpha_composite(clear)
    image = upright.convert("RGB")
    if min(image.size) < _SMALLEST_SIDE:
        raise Unreadable("图片太小，里面不会有文字。请提供清晰的扫描件或文字版")
    narrow, wide = sorted(image.size)
    scale = min(1.0, _LARGEST_SIDE / narrow, max(_LARGEST_SIDE, min(wide, _LONGEST_STRIP, narrow * 20)) / wide)
    if scale < 1.0:
        image = image.resize((max(1, round(image.width * scale)), max(1, round(image.height * scale))))
    return np.ascontiguousarray(np.asarray(image)[:, :, ::-1])
