"""Drawing a document: text at places, rules, a red seal, and the mark that says it is a specimen."""

import math
from collections.abc import Sequence

from PIL import Image, ImageChops, ImageDraw, ImageFont

from prefill.papers.fonts import chinese_font

Color = tuple[int, int, int]
INK: Color = (25, 25, 28)
RED: Color = (196, 30, 32)
_MARK: Color = (214, 216, 222)


def font(size: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    """The Chinese font in a size of pixels."""
    found = chinese_font()
    if found is None:
        raise RuntimeError("No Chinese font: install the package manimgx-fonts-cjk, which carries one.")
    face = ImageFont.truetype(str(found.path), size, index=found.face)
    if found.variable:
        face.set_variation_by_axes([700 if bold else 400])
    return face


class Sheet:
    """A page or card that is drawn on; places in pixels."""

    def __init__(self, width: int, height: int, paper: Color = (250, 250, 247)) -> None:
        self.image = Image.new("RGB", (width, height), paper)
        self._draw = ImageDraw.Draw(self.image)
        self._watermark()

    def _watermark(self) -> None:
        """Under everything else, pale, across the page."""
        size = max(self.image.size)
        layer = Image.new("L", (size, size), 0)
        pen = ImageDraw.Draw(layer)
        face = font(size // 14, bold=True)
        for step in range(3):
            pen.text((size // 9, size // 6 + step * size // 3), "样张 SPECIMEN 样张", font=face, fill=150)
        turned = layer.rotate(24).crop((0, 0, *self.image.size))
        self.image.paste(Image.new("RGB", self.image.size, _MARK), mask=turned)

    def write(
        self, left: int, top: int, text: str, size: int = 30, *, bold: bool = False, color: Color = INK, gap: int = 0
    ) -> int:
        """One line; returns where it ends. `gap` is put between the characters."""
        face = font(size, bold=bold)
        if not gap:
            self._draw.text((left, top), text, font=face, fill=color)
            return left + int(face.getlength(text))
        for character in text:
            self._draw.text((left, top), character, font=face, fill=color)
            left += int(face.getlength(character)) + gap
        return left

    def center(self, top: int, text: str, size: int, *, bold: bool = True, color: Color = INK, gap: int = 0) -> None:
        """One line in the middle of the page."""
        width = font(size, bold=bold).getlength(text) + gap * (len(text) - 1)
        self.write(int((self.image.width - width) / 2), top, text, size, bold=bold, color=color, gap=gap)

    def wrap(self, left: int, top: int, text: str, size: int, width: int, *, leading: float = 1.5) -> int:
        """Lines of at most `width`; returns where the next paragraph begins."""
        face = font(size)
        line = ""
        for character in text:
            if face.getlength(line + character) > width:
                self.write(left, top, line, size)
                line, top = "", top + int(size * leading)
            line += character
        self.write(left, top, line, size)
        return top + int(size * leading)

    def pairs(
        self, left: int, top: int, pairs: Sequence[tuple[str, str]], *, size: int = 30, label: int = 200, step: int = 62
    ) -> int:
        """Labels with their values beside them, a line each."""
        for name, value in pairs:
            self.write(left, top, name, size, color=(70, 70, 80))
            width = self.image.width - left - label - 40
            lines = self.wrap(left + label, top, value, size, width, leading=1.35)
            top += max(step, lines - top + 10)
        return top

    def table(self, left: int, top: int, rows: Sequence[Sequence[str]], widths: Sequence[int], *, step: int) -> int:
        """Cells with borders."""
        for row in rows:
            at = left
            for cell, width in zip(row, widths, strict=True):
                self._draw.rectangle((at, top, at + width, top + step), outline=(120, 120, 120), width=2)
                size = 28
                while font(size).getlength(cell) > width - 20 and size > 16:  # noqa: PLR2004 - still to be read
                    size -= 1
                self.write(at + 10, top + (step - int(size * 1.4)) // 2, cell, size)
                at += width
            top += step
        return top

    def rule(self, left: int, top: int, right: int) -> None:
        """A line to write on."""
        self._draw.line((left, top, right, top), fill=(90, 90, 90), width=2)

    def box(self, left: int, top: int, right: int, bottom: int, color: Color = (205, 212, 220)) -> None:
        """A filled area, where a portrait would be."""
        self._draw.rectangle((left, top, right, bottom), fill=color, outline=(150, 150, 160), width=2)

    def sign(self, left: int, top: int, name: str, size: int = 46) -> None:
        """A name in slanted blue ink."""
        face = font(size)
        layer = Image.new("L", (int(face.getlength(name)) + size, size * 2), 0)
        ImageDraw.Draw(layer).text((size // 2, size // 4), name, font=face, fill=255)
        layer = layer.transform(layer.size, Image.Transform.AFFINE, (1, 0.28, -size * 0.25, 0.06, 1, 0)).rotate(4)
        self.image.paste(Image.new("RGB", layer.size, (28, 44, 120)), (left, top), layer)

    def seal(self, x: int, y: int, text: str, radius: int = 120, *, strength: int = 205) -> None:
        """A round red seal around a star, its text along the edge."""
        side = radius * 2 + 8
        layer = Image.new("L", (side, side), 0)
        pen = ImageDraw.Draw(layer)
        pen.ellipse((4, 4, side - 4, side - 4), outline=strength, width=max(4, radius // 18))
        middle, size = side / 2, max(14, radius // 5)
        star = [
            (
                middle + radius * (0.36 if n % 2 == 0 else 0.15) * math.sin(math.pi * n / 5),
                middle - radius * (0.36 if n % 2 == 0 else 0.15) * math.cos(math.pi * n / 5),
            )
            for n in range(10)
        ]
        pen.polygon(star, fill=strength)
        face = font(size, bold=True)
        spread = min(2.3 * math.pi / 2, 0.36 * len(text))
        for number, character in enumerate(text):
            angle = -spread / 2 + spread * (number / max(1, len(text) - 1))
            one = Image.new("L", (size * 2, size * 2), 0)
            ImageDraw.Draw(one).text((size // 2, size // 4), character, font=face, fill=strength)
            one = one.rotate(-math.degrees(angle))
            at = (
                int(middle + radius * 0.74 * math.sin(angle) - size),
                int(middle - radius * 0.74 * math.cos(angle) - size),
            )
            layer.paste(strength, (at[0], at[1], at[0] + one.width, at[1] + one.height), one)
        # Ink lies over what is printed without hiding it.
        ink = Image.composite(
            Image.new("RGB", layer.size, RED), Image.new("RGB", layer.size, "white"), layer.rotate(-8)
        )
        at = (x - side // 2, y - side // 2)
        under = self.image.crop((*at, at[0] + side, at[1] + side))
        self.image.paste(ImageChops.multiply(under, ink), at)

    def mark(self) -> Image.Image:
        """The finished specimen, with the words that say so along its lower edge."""
        size = max(14, self.image.width // 62)
        text = "样张 SPECIMEN · 虚构人物 · 由程序绘制 · 无任何效力"
        width = font(size, bold=True).getlength(text)
        top = self.image.height - int(size * 1.7)
        self.write(int((self.image.width - width) / 2), top, text, size, bold=True, color=(150, 150, 156))
        return self.image
