"""Puts broken lines together again and takes page furniture out: page numbers, running headers and footers."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.blocks import BlockKind
from ingest.marks import (
    ARTICLE,
    begins_something,
    is_addressee,
    is_date_line,
    is_guide_section,
    is_number_line,
    is_signed,
    is_title_like,
    mark_of,
)
from ingest.traced import Traced, joined

_PAGE_NUMBER = re.compile(
    r"^(?:[-—–·.\s]+\d{1,4}[-—–·.\s]+|第\s?[\d一二三四五六七八九十百]{1,4}\s?页(?:\s?[/，,共]\s?(?:共)?\s?\d{1,4}\s?页?)?|共\s?\d{1,4}\s?页|page\s?\d{1,4}(?:\s?of\s?\d{1,4})?|\d{1,4}\s?/\s?\d{1,4})$",
    re.IGNORECASE,
)
_WEB_FURNITURE = re.compile(
    r"^[【\[（(]?(?:分享(?:到.*)?|打印(?:本页)?|关闭(?:窗口|本页)?|返回顶部|收藏|扫一扫.{0,20}|上一篇.{0,60}|下一篇.{0,60}|字[号体][:：\s].{0,12}|(?:审核|责任|责)?编辑[:：\s].{1,10}|浏览次数[:：]?\s?\d*)[】\]）)]?$"
)
_BARE_NUMBER = re.compile(r"^\d{1,4}$")
_RULE = re.compile(r"^[_\-—━─=＝*·.~\s]{3,}$")
_ADDRESS = re.compile(r"^https?://\S+$")
_DIGITS = re.compile(r"\d+")
_ENDS_SENTENCE = re.compile(r"[。！？；：!?;:…][”’》）)」』\"]*$|\.[”’》）)」』\"]*$")
_GOES_ON = re.compile(r"[，、,（(《“—\-／]$|(?:的|和|与|及|或|在|对|为|将|把|由|向|从|并|等|是|第)$")
_OPENS_SENTENCE = re.compile(
    r"近年来|近日|日前|今天|今年|昨天|去年|目前|此次|同时|过去|根据|按照|为了?[^何]|据|随着|自\d|\d{4}年"
)
_PUNCTUATION = re.compile(r"[，。、；：“”,.;:]")
_OPEN_PAIRS = (("《", "》"), ("（", "）"), ("(", ")"), ("〔", "〕"), ("«", "»"))
_LONGEST_WRAPPED_LINE = 60
_WRAPPED_SHARE = 0.3
_LONGEST_HEADLINE = 40
_GAPS_SAY_NOTHING = 0.8
_SLACK = 3.0
_INDENT = 2.0
_EDGE_LINES = 2
_FEWEST_REPEATS = 3
_FEWEST_LINES = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A whole paragraph or heading. `gap` says that blank space stood before it, `page` counts from 1.

    `faults` are the spans of garbled sentences, once `mending` has found them.
    """

    kind: BlockKind
    text: Traced
    level: int = 0
    gap: bool = False
    indented: bool = False
    page: int = 1
    faults: tuple[tuple[int, int], ...] = ()


def without_furniture(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Lines that belong to the page and not to the text are left out; the original keeps them."""
    repeated = _repeated_edges(paragraphs)
    edges = _edges(paragraphs)
    numbers = [p for p in paragraphs if p.kind is BlockKind.LINE and _BARE_NUMBER.match(p.text.text.strip())]
    counting = _counts_up([int(p.text.text) for p in numbers])
    kept: list[Paragraph] = []
    for index, paragraph in enumerate(paragraphs):
        bare = paragraph.text.text.strip()
        if paragraph.kind is BlockKind.PARAGRAPH and _WEB_FURNITURE.match(bare):
            continue
        if paragraph.kind is BlockKind.LINE:
            at_edge = index in edges and paragraph.page >= 1
            if _PAGE_NUMBER.match(bare) or (_BARE_NUMBER.match(bare) and (counting or at_edge)):
                continue
            if _WEB_FURNITURE.match(bare) or _ADDRESS.match(bare) or _RULE.match(bare):
                continue
            if at_edge and _DIGITS.sub("#", bare) in repeated:
                continue
        if bare:
            kept.append(paragraph)
    return kept


def _edges(paragraphs: Sequence[Paragraph]) -> set[int]:
    """Places of the first and last lines of each page, where a file has pages."""
    by_page: dict[int, list[int]] = {}
    for index, paragraph in enumerate(paragraphs):
        if paragraph.kind is BlockKind.LINE:
            by_page.setdefault(paragraph.page, []).append(index)
    if len(by_page) < 2:  # noqa: PLR2004 - one page has no running header
        return set()
    return {index for places in by_page.values() for index in (*places[:_EDGE_LINES], *places[-_EDGE_LINES:])}


def _repeated_edges(paragraphs: Sequence[Paragraph]) -> set[str]:
    counts = Counter(_DIGITS.sub("#", paragraphs[index].text.text.strip()) for index in _edges(paragraphs))
    return {text for text, count in counts.items() if count >= _FEWEST_REPEATS and len(text) <= _LONGEST_WRAPPED_LINE}


def _counts_up(numbers: list[int]) -> bool:
    """Page numbers alone on their lines go up by one."""
    steps = [b - a for a, b in pairwise(numbers)]
    return len(numbers) >= _FEWEST_REPEATS and sum(1 for step in steps if step == 1) >= len(steps) * 0.8


def rejoined(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Lines whose sentence goes on in the next line become one paragraph."""
    width = _wrap_width(paragraphs)
    if sum(1 for p in paragraphs if p.gap) > len(paragraphs) * _GAPS_SAY_NOTHING:
        paragraphs = [replace(p, gap=False) for p in paragraphs]
    paragraphs = _orphans_returned(paragraphs, _LONGEST_HEADLINE / 2 if width is None else _LONGEST_WRAPPED_LINE)
    out: list[Paragraph] = []
    group: list[Paragraph] = []
    for paragraph in paragraphs:
        if group and not _continues(group, paragraph, width):
            out.append(merged(group))
            group = []
        group.append(paragraph)
    if group:
        out.append(merged(group))
    return out


def _wrap_width(paragraphs: Sequence[Paragraph]) -> float | None:
    """The width at which the lines of a text were wrapped, or None where most lines are whole paragraphs."""
    widths = [_width(p.text.text) for p in paragraphs if p.kind is BlockKind.LINE]
    if len(widths) < _FEWEST_LINES:
        return None
    full = sorted(widths)[int(len(widths) * 0.9)]
    near = sum(1 for width in widths if full - _SLACK <= width <= full + _SLACK)
    return full if full <= _LONGEST_WRAPPED_LINE and near >= len(widths) * _WRAPPED_SHARE else None


def _width(text: str) -> float:
    """Width in full-width characters; punctuation of Chinese text is full-width even where it was typed otherwise."""
    return sum(0.5 if ch.isascii() and (ch.isalnum() or ch == " ") else 1.0 for ch in text.strip())


def _continues(group: Sequence[Paragraph], after: Paragraph, wrap: float | None) -> bool:
    before = group[-1]
    if before.kind is not BlockKind.LINE or after.kind is not BlockKind.LINE or after.indented:
        return False
    ending, beginning = before.text.text.strip(), after.text.text.strip()
    so_far = "".join(p.text.text.strip() for p in group)
    if _is_whole(ending, beginning, first=so_far == ending):
        return False
    if _open_bracket(so_far):
        return True
    headline = after.gap and so_far == ending and not _PUNCTUATION.search(ending)
    if headline or begins_something(beginning):
        return False
    return _sentence_goes_on(before, after, so_far, wrap)


def _sentence_goes_on(before: Paragraph, after: Paragraph, so_far: str, wrap: float | None) -> bool:
    """Judged by the width at which lines were wrapped; without one, by how the line ends and the next begins."""
    ending, beginning = before.text.text.strip(), after.text.text.strip()
    width = _width(ending)
    if _ENDS_SENTENCE.search(ending):
        return wrap is not None and width >= wrap - 1 and not after.gap and not before.gap
    # The first line of a paragraph is narrower by its indent, which the text of a PDF does not show.
    indent = _INDENT if so_far == ending else 0.0
    if wrap is None or width < wrap - _SLACK - indent:
        return _runs_on(ending, so_far, beginning, gap=after.gap)
    return True


def _is_whole(ending: str, beginning: str, *, first: bool) -> bool:
    """Lines that are complete by what they are, whatever their width."""
    alone = is_date_line(ending) or is_number_line(ending) or is_signed(ending) or is_addressee(ending)
    alone = alone or (first and is_guide_section(ending))
    return alone or ending.endswith("文件") or (first and len(beginning) > 1 and _is_title(ending))


def _is_title(line: str) -> bool:
    """A line that names a document. One that names it in passing has a comma before, or goes on."""
    return is_title_like(line) and not _GOES_ON.search(line) and not any(comma in line for comma in "，,")


def _runs_on(ending: str, so_far: str, beginning: str, *, gap: bool) -> bool:
    """Without a wrap width to compare with: a sentence goes on unless the line looks like a headline."""
    if _GOES_ON.search(ending):
        return True
    mark = mark_of(so_far)
    if mark is not None and mark.rank != ARTICLE and not any(stop in so_far for stop in "。；：.;:"):
        return False
    headline = _width(ending) <= min(_LONGEST_HEADLINE, 0.6 * _width(beginning)) and so_far == ending
    if headline and not any(ch in ending for ch in "。；：，,;:"):
        return False
    return not (so_far == ending and _width(ending) < 12 and gap)  # noqa: PLR2004 - a short line alone is a label


def _open_bracket(text: str) -> bool:
    tail = text[-120:]
    return any(tail.count(opening) > tail.count(closing) for opening, closing in _OPEN_PAIRS)


def merged(group: Sequence[Paragraph]) -> Paragraph:
    """One paragraph of several broken ones; Latin words are kept apart."""
    first = group[0]
    if len(group) == 1:
        return first
    parts: list[Traced] = []
    for paragraph in group:
        part = paragraph.text.strip()
        if parts and _latin(parts[-1].text[-1:]) and _latin(part.text[:1]):
            parts[-1] = joined([parts[-1], Traced(" ", [parts[-1].end - 1])])
        parts.append(part)
    return Paragraph(
        kind=first.kind, text=joined(parts), level=first.level, gap=first.gap, indented=first.indented, page=first.page
    )


def _latin(character: str) -> bool:
    return character.isascii() and character.isalpha()


def _orphans_returned(lines: Sequence[Paragraph], long: float) -> list[Paragraph]:
    """In columns the end of a sentence can stand a few paragraphs further down: a few words and a stop.

    Only lines wider than `long` can have lost it.
    """
    out: list[Paragraph] = []
    for line in lines:
        place = _broken_off(out, long) if _is_orphan(line, out) else None
        if place is None:
            out.append(line)
        else:
            out.insert(place + 1, replace(line, gap=False))
    return out


def _is_orphan(line: Paragraph, before: list[Paragraph]) -> bool:
    text = line.text.text.strip()
    short = line.kind is BlockKind.LINE and 2 <= len(text) <= 8 and text.endswith("。")  # noqa: PLR2004 - a few words
    return short and bool(before) and _complete(before[-1]) and not begins_something(text)


def _complete(line: Paragraph) -> bool:
    return _ENDS_SENTENCE.search(line.text.text.strip()) is not None


def _broken_off(before: list[Paragraph], long: float) -> int | None:
    """The nearest long line that breaks off although a new sentence begins after it."""
    for place in range(len(before) - 2, max(-1, len(before) - 7), -1):
        line, following = before[place], before[place + 1].text.text.strip()
        wide = line.kind is BlockKind.LINE and _width(line.text.text) > long
        if wide and not _complete(line) and _OPENS_SENTENCE.match(following):
            return place
    return None
