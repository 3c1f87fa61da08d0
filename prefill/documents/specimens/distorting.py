"""What a camera and a hurry do to a document: turned, slanted, at an angle, shadowed, blurred, noisy, sealed over."""

import io
from collections.abc import Callable, Mapping

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from prefill.documents.specimens.drawing import Sheet

Distortion = Callable[[Image.Image], Image.Image]


def _array(image: Image.Image) -> NDArray[np.uint8]:
    return np.asarray(image.convert("RGB"))


def _desk(height: int, width: int) -> NDArray[np.uint8]:
    """A brownish table with a grain."""
    noise = np.random.default_rng(7).normal(0, 5, (height, width, 1))
    return np.clip(np.array([104, 82, 66]) + noise, 0, 255).astype(np.uint8)


def turned(quarters: int) -> Distortion:
    """By quarters of a turn against the clock."""
    return lambda image: image.rotate(90 * quarters, expand=True)


def slanted(degrees: float) -> Distortion:
    """Laid crookedly on the glass of a scanner."""
    return lambda image: image.rotate(
        degrees, expand=True, fillcolor=(252, 252, 252), resample=Image.Resampling.BICUBIC
    )


def at_an_angle(image: Image.Image) -> Image.Image:
    """Photographed from the side, lying on a table."""
    pixels = _array(image)
    height, width = pixels.shape[:2]
    side = int(max(height, width) * 0.14)
    big_height, big_width = height + 2 * side, width + 2 * side
    edges = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    seen = np.array(
        [
            [side + 0.10 * width, side + 0.06 * height],
            [side + 0.93 * width, side - 0.01 * height],
            [side + 1.02 * width, side + 0.97 * height],
            [side - 0.01 * width, side + 1.03 * height],
        ],
        dtype=np.float32,
    )
    matrix = cv2.getPerspectiveTransform(edges, seen)
    out = _desk(big_height, big_width)
    warped = cv2.warpPerspective(pixels, matrix, (big_width, big_height))
    mask = cv2.warpPerspective(np.full((height, width), 255, dtype=np.uint8), matrix, (big_width, big_height))
    out[mask > 0] = warped[mask > 0]
    return Image.fromarray(out)


def shadowed(image: Image.Image) -> Image.Image:
    """The hand with the telephone in front of the lamp."""
    pixels = _array(image).astype(np.float32)
    height, width = pixels.shape[:2]
    y, x = np.mgrid[0:height, 0:width]
    across = 0.62 + 0.38 * (x / width)
    hand = 1 - 0.45 / (1 + np.exp(-((x + y * 0.6 - width * 0.75) / (0.03 * width))))
    return Image.fromarray(np.clip(pixels * (across * hand)[:, :, None], 0, 255).astype(np.uint8))


def blurred(radius: float) -> Distortion:
    """Out of focus."""
    return lambda image: Image.fromarray(cv2.GaussianBlur(_array(image), (0, 0), radius))


def noisy(image: Image.Image) -> Image.Image:
    """Sent through three chats: small, grainy, strongly compressed."""
    pixels = _array(image).astype(np.float32)
    grain = np.random.default_rng(11).normal(0, 9, pixels.shape)
    small = Image.fromarray(np.clip(pixels + grain, 0, 255).astype(np.uint8))
    small = small.resize((int(small.width * 0.75), int(small.height * 0.75)))
    packed = io.BytesIO()
    small.save(packed, "JPEG", quality=32)
    return Image.open(packed).convert("RGB")


def sealed_over(image: Image.Image) -> Image.Image:
    """A second seal across the text in the middle of the page."""

    sheet = Sheet(*image.size)
    sheet.image.paste(image)
    sheet.seal(int(image.width * 0.42), int(image.height * 0.5), "样章专用骑缝章", int(min(image.size) * 0.17))
    return sheet.image


def dark(image: Image.Image) -> Image.Image:
    """In the evening without a lamp."""
    return Image.fromarray((_array(image).astype(np.float32) * 0.32).astype(np.uint8))


DISTORTIONS: Mapping[str, Distortion] = {
    "none": lambda image: image,
    "turned 90": turned(1),
    "turned 180": turned(2),
    "turned 270": turned(3),
    "slanted 4": slanted(4),
    "at an angle": at_an_angle,
    "shadow": shadowed,
    "slightly blurred": blurred(1.6),
    "noisy JPEG": noisy,
    "seal over text": sealed_over,
    "dark": dark,
    "angle and shadow": lambda image: shadowed(at_an_angle(image)),
}
