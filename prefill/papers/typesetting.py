"""PDF by typst from a fixed template: values come in as JSON, so that nothing in them is markup or code."""

import functools
import io
import json
import re
from datetime import UTC, datetime, time
from pathlib import Path

import segno
import typst

from guardrails.approved import Approved
from guardrails.labels import ContentLabel
from prefill.papers.content import PaperContent
from prefill.papers.fonts import ChineseFont
from prefill.papers.glyphs import MISSING, NOTE, showable

_TEMPLATE = Path(__file__).with_name("paper.typ")
_INFO = re.compile(rb"/Info (\d+) 0 R")
_ROOT = re.compile(rb"/Root (\d+) 0 R")
_SIZE = re.compile(rb"/Size (\d+)")
_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")


def typeset(content: PaperContent, label: ContentLabel, font: ChineseFont) -> bytes:
    """The PDF with its fonts embedded. The same content gives the same bytes."""
    compiler = typst.Compiler(
        _TEMPLATE.read_bytes(), font_paths=_fonts(font), sys_inputs={"data": json.dumps(_data(content, font))}
    )
    moment = datetime.combine(content.made_on, time(), tzinfo=UTC)
    pdf = compiler.compile(format="pdf", timestamp=moment)
    if not isinstance(pdf, bytes):
        raise TypeError("typst returned no single file for a PDF: the template must stay one document.")
    return labelled(pdf, label)


@functools.lru_cache(maxsize=1)
def _fonts(font: ChineseFont) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(font.path.parent)])


def _data(content: PaperContent, font: ChineseFont) -> dict[str, object]:
    def shown(text: Approved | None) -> str:
        return showable(text.text, font) if text is not None else ""

    facts = [[shown(name), shown(value)] for name, value in content.facts]
    rows = [[shown(cell) for cell in row] for row in content.rows]
    paragraphs = [shown(paragraph) for paragraph in content.paragraphs]
    lacking = any(MISSING in text for text in (*paragraphs, *(cell for row in (*facts, *rows) for cell in row)))
    return {
        "font": font.family,
        "title": shown(content.title),
        "author": "小申（上海政务服务助手）",
        "subtitle": shown(content.subtitle),
        "facts": facts,
        "paragraphs": paragraphs,
        "columns": [shown(name) for name in content.columns],
        "widths": list(content.widths),
        "rows": rows,
        "notes": [*map(shown, content.notes), *([NOTE] if lacking else [])],
        "signature": [shown(name) for name in content.signature],
        "label": shown(content.label),
        "footer": shown(content.footer),
        "qr_says": shown(content.qr_says),
        "qr": qr_drawing(content.qr_holds),
    }


def qr_drawing(holds: str) -> str:
    """The code as SVG."""
    drawing = io.BytesIO()
    segno.make(holds, error="m", micro=False).save(drawing, kind="svg", scale=4, border=2, xmldecl=False)
    return drawing.getvalue().decode()


def labelled(pdf: bytes, label: ContentLabel) -> bytes:
    """The file with the implicit label in its document information, as an update appended to it."""
    info, root, size, start = (pattern.search(pdf[-2000:]) for pattern in (_INFO, _ROOT, _SIZE, _START))
    if info is None or root is None or size is None or start is None:
        raise ValueError("The PDF has no plain trailer: check the version of typst against requirements/lock.txt.")
    number = int(info.group(1))
    found = re.search(rb"(?<!\d)%d 0 obj\s*<<(.*?)>>\s*endobj" % number, pdf, re.DOTALL)
    if found is None:
        raise ValueError("The PDF has no document information: check the version of typst against the lock.")
    value = ("\ufeff" + label.as_json()).encode("utf-16-be").hex().encode()
    at = len(pdf)
    entry = b"%d 0 obj\n<<%s/AIGC<%s>>>\nendobj\n" % (number, found.group(1), value)
    trailer = b"trailer\n<</Size %s/Root %s 0 R/Info %d 0 R/Prev %s>>\nstartxref\n%d\n%%%%EOF\n" % (
        size.group(1),
        root.group(1),
        number,
        start.group(1),
        at + len(entry),
    )
    return pdf + entry + b"xref\n%d 1\n%010d 00000 n \n" % (number, at) + trailer
