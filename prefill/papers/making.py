"""Making papers: every text approved by the guard first, then set as PDF and DOCX."""

import hashlib
import io
import re
from collections.abc import Callable
from typing import Final

import pypdfium2 as pdfium
from PIL.PngImagePlugin import PngInfo

from guardrails.labels import ContentLabel
from prefill.papers.content import PaperContent, content_of
from prefill.papers.fonts import ChineseFont, chinese_font
from prefill.papers.paper import _MAKER, Paper
from prefill.papers.request import PaperFormat, PaperRequest
from prefill.papers.typesetting import typeset
from prefill.papers.word_file import word_file

_MEDIA_TYPES: Final = {
    PaperFormat.PDF: "application/pdf",
    PaperFormat.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
_NOT_IN_NAMES = re.compile(r"[^\w\u3400-\u9fff（）()·-]+")
_LONGEST_NAME = 60
_DOTS_A_POINT = 1.6


def make_papers(
    request: PaperRequest, *, find_font: Callable[[], ChineseFont | None] = chinese_font
) -> tuple[Paper, ...]:
    """The papers of one application, in the order of `request.kinds` and `request.formats`.

    Without any Chinese font on the machine only DOCX is made. Takes tenths of a second: call it off the event loop.
    """
    font = find_font()
    formats = [f for f in request.formats if f is not PaperFormat.PDF or font is not None]
    contents = [content for kind in request.kinds if (content := content_of(kind, request)) is not None]
    return tuple(_paper(content, format_, request, font) for content in contents for format_ in formats)


def _paper(content: PaperContent, format_: PaperFormat, request: PaperRequest, font: ChineseFont | None) -> Paper:
    label = ContentLabel(produce_id=f"{request.case_code}-{content.kind.value}", reserved_code=_digest(content))
    as_pdf = format_ is PaperFormat.PDF
    made = typeset(content, label, font) if as_pdf and font is not None else word_file(content, label)
    stem = "-".join((request.item_name, content.title.text, request.case_code))
    return Paper(
        kind=content.kind,
        format=format_,
        file_name=f"{_NOT_IN_NAMES.sub('_', stem)[:_LONGEST_NAME]}.{format_.value}",
        media_type=_MEDIA_TYPES[format_],
        title=f"{content.subtitle.text} {content.title.text}",
        content=made,
        withheld=content.withheld,
        maker=_MAKER,
    )


def _digest(content: PaperContent) -> str:
    """Of all that is said, so that a changed paper can be told."""
    return hashlib.sha256(repr(content).encode()).hexdigest()[:32]


def preview(paper: Paper) -> tuple[bytes, ...]:
    """The pages of a PDF paper as PNG pictures, rendered from the very file that is handed out; none for a DOCX."""
    if paper.format is not PaperFormat.PDF:
        return ()
    document = pdfium.PdfDocument(paper.content)
    try:
        pages: list[bytes] = []
        for page in document:
            packed = io.BytesIO()
            page.render(scale=_DOTS_A_POINT).to_pil().save(packed, "PNG", pnginfo=_label_of(paper))
            pages.append(packed.getvalue())
        return tuple(pages)
    finally:
        document.close()


def _label_of(paper: Paper) -> PngInfo:
    """A page taken along as a picture says unseen what it is, as its paper does."""
    said = PngInfo()
    said.add_itxt("AIGC", ContentLabel(produce_id=f"{paper.kind}-page").as_json())
    return said
