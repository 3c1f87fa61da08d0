"""Known texts written into the formats that offices send, so that what was read can be compared letter by letter."""

import html
import io
import random
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import docx
from PIL import Image, ImageDraw, ImageFilter, ImageFont

_MARKS = re.compile(r"^\s*#{1,6}\s*|\*\*|<!--.*?-->|^\s*[-*+]\s+", re.MULTILINE | re.DOTALL)
_FONTS = ("/usr/share/fonts", "/usr/local/share/fonts")
_FONT_NAMES = ("NotoSerifCJK-Regular.ttc", "NotoSansCJK-Regular.ttc", "NotoSerifCJK-Bold.ttc", "NotoSansCJK-Bold.ttc")
_PAGE, _MARGIN, _LETTER, _LEADING, _A_LINE, _LINES = (1240, 1754), 130, 26, 42, 37, 35
_TURN, _NOISE, _BLUR, _QUALITY = 0.7, 18, 0.6, 55
_OFFICE_SECONDS = 180


def plain_lines(markdown: str) -> list[str]:
    """The lines of a regulation without the marks of Markdown."""
    return [line for raw in _MARKS.sub("", markdown).splitlines() if (line := " ".join(raw.split()))]


def as_docx(lines: Sequence[str]) -> bytes:
    """A Word file, one paragraph a line."""
    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def as_html(lines: Sequence[str], encoding: str) -> bytes:
    """A page with navigation and a footer around the text, as the sites of cities publish it."""
    body = "".join(f"<p>{html.escape(line)}</p>\n" for line in lines)
    page = (
        f'<html><head><meta charset="{encoding}"><title>{html.escape(lines[0])}</title>'
        "<script>var a = 1;</script></head><body><nav><a href='/'>首页</a><a href='/z'>政策</a></nav>"
        f"<div class='content'>{body}</div><footer>版权所有：某某网</footer></body></html>"
    )
    return page.encode(encoding, "xmlcharrefreplace")


def as_text(lines: Sequence[str], encoding: str) -> bytes:
    """Plain text in an encoding."""
    return "\r\n".join(lines).encode(encoding, "replace")


def by_office(documents: Mapping[str, bytes], target: str) -> dict[str, bytes]:
    """Word files converted by LibreOffice to `doc`, `rtf` or `pdf`; nothing where it is not installed."""
    program = shutil.which("soffice")
    if program is None:
        return {}
    with tempfile.TemporaryDirectory() as folder:
        home, source, made = (Path(folder, name) for name in ("home", "source", "made"))
        source.mkdir()
        for name, content in documents.items():
            (source / f"{name}.docx").write_bytes(content)
        files = [str(source / f"{name}.docx") for name in documents]
        command = [program, f"-env:UserInstallation=file://{home}", "--headless", "--convert-to", target]
        subprocess.run(  # noqa: S603 - a program of the system, on files of our own
            [*command, "--outdir", str(made), *files], check=False, capture_output=True, timeout=_OFFICE_SECONDS
        )
        return {
            name: (made / f"{name}.{target}").read_bytes() for name in documents if (made / f"{name}.{target}").exists()
        }


def text_by_office(content: bytes, suffix: str) -> str | None:
    """An independent reading of a real Word or RTF file."""
    program = shutil.which("soffice")
    if program is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, f"a.{suffix}")
        source.write_bytes(content)
        command = [program, f"-env:UserInstallation=file://{folder}/home", "--headless", "--convert-to"]
        subprocess.run(  # noqa: S603 - as above
            [*command, "txt:Text (encoded):UTF8", "--outdir", folder, str(source)],
            check=False,
            capture_output=True,
            timeout=_OFFICE_SECONDS,
        )
        made = Path(folder, "a.txt")
        return made.read_text(encoding="utf-8-sig", errors="replace") if made.exists() else None


def a_font() -> Path | None:
    """A Chinese font of the system."""
    found = {path.name: path for folder in _FONTS for path in Path(folder).rglob("*.tt[cf]")}
    return next((found[name] for name in _FONT_NAMES if name in found), None)


def page_of(lines: Sequence[str]) -> list[str]:
    """The lines of the first page: wrapped, paragraphs indented by two characters."""
    wrapped = [
        part
        for line in lines
        for part in re.findall(f".{{1,{_A_LINE}}}", ("\u3000\u3000" if len(line) > _A_LINE else "") + line)
    ]
    return wrapped[:_LINES]


def as_scan(wrapped: Sequence[str], font: Path, *, worn: bool) -> Image.Image:
    """A page at 150 dots an inch; `worn` is a copy that was laid in slanted, blurred, speckled and saved small."""
    letters = ImageFont.truetype(str(font), _LETTER)
    page = Image.new("L", _PAGE, 255)
    draw = ImageDraw.Draw(page)
    for number, line in enumerate(wrapped):
        draw.text((_MARGIN, _MARGIN + number * _LEADING), line, fill=15, font=letters)
    if not worn:
        return page
    noise = random.Random(7)  # noqa: S311 - the same speckles every time
    page = page.rotate(_TURN, fillcolor=250, resample=Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(_BLUR))
    grain = Image.frombytes("L", (310, 438), bytes(noise.randrange(255 - 4 * _NOISE, 256) for _ in range(310 * 438)))
    return Image.blend(page, grain.resize(_PAGE), 0.15)


def as_picture(page: Image.Image, kind: str) -> bytes:
    """The page as a JPEG, a PNG or the only picture of a PDF."""
    out = io.BytesIO()
    page.convert("RGB").save(out, format=kind, **({"quality": _QUALITY} if kind == "JPEG" else {}))
    return out.getvalue()
