"""The title of a document: the line that names it, put together where it was set in several lines."""

import math
import re
from collections import Counter
from collections.abc import Sequence

from ingest.marks import is_addressee, is_date_line, is_number_line, is_title_like, mark_of
from ingest.rejoining import Paragraph

_HEAD = 40
_SPACE = re.compile(r"\s+")
_LABEL = re.compile(r"^(?:[■●◆▲★#\s]+|(?:名\s?称|标\s?题|题\s?名|文件名称)\s?[:：]\s?)")
_NO_TITLE = re.compile(r"□|首页|位置|政务公开|网上|>|https?:|附件|[?？!！]$|：|_{3}")
_ONLY_A_KIND = re.compile(r"(?:令|目录|说明|公告|通告)$")
_UNWORDED = re.compile(r"[\W_]+")
_WORDED = re.compile(r"[一-鿿]{2}")
_SENTENCE_MARK = re.compile(r"[。；，：]")
_SITE = re.compile(r"\s*(?:[-_|—–]{1,2}|\sat\s).*$")
_FIRST_LINE = re.compile(r"关于|印发|转发|[省市县区局委厅部府院会](?:文件)?$")
_SHORTEST, _LONGEST_HEADLINE = 8, 45
_LONGEST = 120
_SHORTEST_LINE, _LONGEST_LINE = 4, 50
_MOST_MASKS = 2
_LINES_OF_A_TITLE = 4


def title_of(paragraphs: Sequence[Paragraph], *, official: bool, named: str | None, file_name: str) -> str:
    """Never empty. `named` is the title that the format carries, `official` that the document has a number.

    Among lines that look like the name of a document: the one that the file's name or `named` also has, then one that
    says what it is about, then the first. An order's own name (令) comes after what it orders.
    """
    head = [p for p in paragraphs[:_HEAD] if p.text.text.strip()]
    texts = [p.text.text.strip() for p in head]
    likely = [found for i in range(len(texts)) if (found := _likely(texts, i)) is not None]
    known = _bare(f"{named or ''}{_stem(file_name)}")
    confirmed = next((t for t in likely if len(_bare(t)) >= _SHORTEST and _bare(t) in known), None)
    about = next((t for t in likely if "关于" in t), None)
    telling = next((t for t in likely if not _ONLY_A_KIND.search(t)), None)
    first = likely[0] if official and likely else None
    whole = [p.text.text.strip() for p in paragraphs]
    return (
        confirmed
        or about
        or telling
        or first
        or (None if official else _headline(head))
        or _of_the_page(named or "")
        or _fallback(whole, file_name)
    )


def _likely(texts: Sequence[str], index: int) -> str | None:
    text = _LABEL.sub("", texts[index])
    if not is_title_like(text) or mark_of(text) is not None:
        return None
    lines = [text]
    # Lines above belong to the title where it would begin inside a bracket, or where they say 关于 or name the issuer.
    for above in reversed(texts[max(0, index - _LINES_OF_A_TITLE + 1) : index]):
        unopened = sum(line.count("》") - line.count("《") for line in lines) > 0
        if not _is_title_line(above) or not (unopened or _FIRST_LINE.search(above)):
            break
        lines.insert(0, above)
    title = _SPACE.sub("", "".join(lines))
    usable = _SHORTEST_LINE < len(title) <= _LONGEST and _WORDED.search(title) and not _NO_TITLE.search(title)
    return title if usable else None


def _is_title_line(text: str) -> bool:
    alone = is_date_line(text) or is_number_line(text) or is_addressee(text) or text.endswith("文件")
    return len(text) <= _LONGEST_LINE and not alone and not is_title_like(text) and not _SENTENCE_MARK.search(text)


def _headline(head: Sequence[Paragraph]) -> str | None:
    """The first heading, or the first short line without a stop."""
    for paragraph in head:
        text = paragraph.text.text.strip()
        if paragraph.level and _WORDED.search(text) and not _NO_TITLE.search(text):
            return _trimmed(text)
    first = head[0].text.text.strip() if head else ""
    short = _SHORTEST_LINE <= len(first) <= _LONGEST_LINE and _WORDED.search(first) and mark_of(first) is None
    return first if short and not _SENTENCE_MARK.search(first) and not _NO_TITLE.search(first) else None


def _fallback(texts: Sequence[str], file_name: str) -> str:
    """The file's name where it says something; else the line without a stop that is most about the text."""
    stem = _stem(file_name)
    if _WORDED.search(stem):
        return stem
    whole = "".join(texts)
    counts = Counter(whole[i : i + 2] for i in range(len(whole) - 1))
    legible = [text for text in texts if text.count("□") <= _MOST_MASKS and not _SENTENCE_MARK.search(text)]
    lines = [" ".join(text.replace("□", " ").split()) for text in legible]
    lines = [line for line in lines if _SHORTEST <= len(line) <= _LONGEST_HEADLINE and _WORDED.search(line)]
    return max(lines, key=lambda line: _aboutness(line, counts), default=stem)


def _aboutness(line: str, counts: Counter[str]) -> float:
    return sum(counts[line[i : i + 2]] for i in range(len(line) - 1)) / math.sqrt(len(line))


def _of_the_page(named: str) -> str | None:
    """The page's title without the name of the site, unless too little is left."""
    short = _SITE.sub("", named)
    return _trimmed(short if len(short) >= _SHORTEST else named)


def _bare(title: str) -> str:
    return _UNWORDED.sub("", title)


def _trimmed(title: str) -> str | None:
    return _SPACE.sub(" ", title).strip()[:_LONGEST] or None


def _stem(file_name: str) -> str:
    base = file_name.replace("\\", "/").rsplit("/", 1)[-1]
    stem, dot, suffix = base.rpartition(".")
    return (stem if dot and suffix.isalnum() and len(suffix) <= 5 and stem else base) or "未命名文件"  # noqa: PLR2004 - longer is no suffix
