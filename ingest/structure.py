"""Gives each paragraph its place: the path of headings above it and its clause, as it would be cited."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from ingest.articles import Article
from ingest.blocks import BlockKind
from ingest.marks import (
    ARTICLE,
    FIRST,
    FOURTH,
    SECOND,
    THIRD,
    Mark,
    is_answer,
    is_closing,
    is_guide_section,
    is_question,
    is_title_like,
    mark_of,
)
from ingest.rejoining import Paragraph


class UnitKind(StrEnum):
    """How a unit may be cut and joined. ITEM keeps to itself, PROSE may join its neighbours, ROW its table."""

    PROSE = "prose"
    ITEM = "item"
    ARTICLE = "article"
    ROW = "row"
    QUESTION = "question"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One numbered item, article, question with its answer, table row or stretch of prose, with its paragraphs."""

    kind: UnitKind
    paragraphs: tuple[Paragraph, ...]
    heading: str
    clause: str | None


_LONGEST_HEADING = 60
_LONGEST_RUN_IN = 45
_FEWEST_ARTICLES = 2
_FEWEST_SECTIONS = 3
_SECTION_OF_A_GUIDE = 7
_SPACE = re.compile(r"\s+")
_RUN_IN = re.compile(r"^[^。：:；]{2,45}(?=[。：:])")
_ORDINALS = "一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class _Heading:
    rank: int
    text: str
    label: str


def outline(articles: Sequence[Article], title: str) -> tuple[Unit, ...]:
    """Units in reading order. A heading that only repeats the document's title is left out of the paths."""
    units: list[Unit] = []
    for article in articles:
        regulation = sum(1 for p in article.paragraphs if _is_article(p)) >= _FEWEST_ARTICLES
        top = article.title if len(articles) > 1 else ""
        guide = sum(1 for p in article.paragraphs if is_guide_section(p.text.text)) >= _FEWEST_SECTIONS
        walk = _Walk(top=top, title=title, regulation=regulation, guide=guide)
        for paragraph in article.paragraphs:
            walk.take(paragraph)
        units.extend(walk.finished())
    return tuple(units)


def _is_article(paragraph: Paragraph) -> bool:
    mark = mark_of(paragraph.text.text)
    return mark is not None and mark.rank == ARTICLE


class _Walk:
    """One pass over an article's paragraphs with the stack of headings above the current one."""

    def __init__(self, *, top: str, title: str, regulation: bool, guide: bool) -> None:
        self._top = top
        self._title = _SPACE.sub("", title)
        self._regulation = regulation
        self._guide = guide
        self._stack: list[_Heading] = []
        self._units: list[Unit] = []
        self._kind = UnitKind.PROSE
        self._open: list[Paragraph] = []
        self._last_was_heading = False

    def take(self, paragraph: Paragraph) -> None:
        """Place one paragraph."""
        text = paragraph.text.text.strip()
        mark = mark_of(text)
        heading = self._section(paragraph, text, mark) or self._heading(paragraph, text, mark)
        if heading is not None:
            self._push(heading)
            return
        self._last_was_heading = False
        if paragraph.kind is BlockKind.ROW:
            self._begin(UnitKind.ROW)
        elif is_question(text):
            self._begin(UnitKind.QUESTION)
        elif mark is not None:
            self._numbered(text, mark)
        elif is_closing(text) and not self._regulation:
            self._cut_back(FIRST)
            self._begin(UnitKind.PROSE)
        elif self._kind is UnitKind.ROW or (self._kind is UnitKind.QUESTION and not (self._open or is_answer(text))):
            self._begin(UnitKind.PROSE)
        self._open.append(paragraph)

    def finished(self) -> tuple[Unit, ...]:
        """All units."""
        self._close()
        return tuple(self._units)

    def _section(self, paragraph: Paragraph, text: str, mark: Mark | None) -> _Heading | None:
        """A section of a service guide, which has no number of its own."""
        plain = self._guide and mark is None and paragraph.kind is not BlockKind.ROW
        return _Heading(_SECTION_OF_A_GUIDE, text.rstrip(":："), "") if plain and is_guide_section(text) else None

    def _heading(self, paragraph: Paragraph, text: str, mark: Mark | None) -> _Heading | None:
        flat = _SPACE.sub(" ", text)
        if paragraph.kind is BlockKind.ROW:
            return None
        short = len(text) <= _LONGEST_HEADING and not any(stop in text for stop in "。；")
        if mark is not None and mark.rank < ARTICLE and len(text) <= _LONGEST_HEADING:
            return _Heading(mark.rank, flat, mark.label)
        if (
            mark is not None
            and mark.rank in {FIRST, SECOND, THIRD}
            and short
            and not text.endswith(("：", ":", "，", "、"))
        ):
            # In a regulation （一） numbers a condition; there, and for 1. anywhere, only a marked heading is one.
            if paragraph.kind is BlockKind.HEADING or (mark.rank == FIRST and not self._regulation):
                return _Heading(mark.rank, flat, mark.label)
            return None
        if paragraph.kind is BlockKind.HEADING and mark is None:
            return _Heading(max(1, min(paragraph.level, 6)), flat, "")
        repeats_title = len(text) > 4 and is_title_like(text) and _SPACE.sub("", text) in self._title  # noqa: PLR2004
        return (
            _Heading(2, flat, "") if repeats_title and paragraph.kind is not BlockKind.HEADING and self._units else None
        )

    def _push(self, heading: _Heading) -> None:
        self._close()
        plain = not heading.label
        if plain and self._last_was_heading and self._stack and not self._stack[-1].label:
            last = self._stack.pop()
            heading = _Heading(min(last.rank, heading.rank), f"{last.text} {heading.text}", "")
        self._cut_back(heading.rank)
        self._stack.append(heading)
        self._kind = UnitKind.PROSE
        self._last_was_heading = True

    def _numbered(self, text: str, mark: Mark) -> None:
        if mark.rank == ARTICLE:
            self._cut_back(ARTICLE)
            self._begin(UnitKind.ARTICLE)
            self._stack.append(_Heading(ARTICLE, "", mark.label))
            return
        if self._kind is UnitKind.ARTICLE:
            return
        within_item = any(h.rank in {FIRST, SECOND} for h in self._stack) and mark.rank >= FOURTH
        if within_item or (self._kind is UnitKind.QUESTION):
            return
        self._cut_back(mark.rank)
        self._begin(UnitKind.ITEM)
        run_in = _RUN_IN.match(text)
        longest = _LONGEST_RUN_IN if mark.rank < THIRD else _LONGEST_RUN_IN // 2
        named = run_in is not None and len(text) > run_in.end() + 1 and run_in.end() <= longest and mark.rank < FOURTH
        self._stack.append(_Heading(mark.rank, run_in.group() if run_in and named else "", mark.label))

    def _begin(self, kind: UnitKind) -> None:
        self._close()
        self._kind = kind

    def _cut_back(self, rank: int) -> None:
        """Close what is open and leave every heading of this rank and below."""
        self._close()
        while self._stack and self._stack[-1].rank >= rank:
            self._stack.pop()

    def _close(self) -> None:
        if self._open:
            self._units.append(
                Unit(kind=self._kind, paragraphs=tuple(self._open), heading=self._path(), clause=self._clause())
            )
        self._open = []
        if self._kind in {UnitKind.ROW, UnitKind.QUESTION}:
            self._kind = UnitKind.PROSE

    def _path(self) -> str:
        texts = [self._top, *(h.text for h in self._stack if not self._is_title(h))]
        return " / ".join(text for text in texts if text)

    def _is_title(self, heading: _Heading) -> bool:
        bare = _SPACE.sub("", heading.text)
        return not heading.label and (bare in self._title or self._title in bare)

    def _clause(self) -> str | None:
        if self._regulation:
            labels = [h.label for h in self._stack if h.rank == ARTICLE]
        else:
            labels = [h.label for h in self._stack if h.rank >= FIRST and h.label]
        return "".join(labels).rstrip("、.") or None


def paragraph_clause(article: str, number: int) -> str:
    """第十五条 and 2 give 第十五条第二款."""
    ones = _ORDINALS[number - 1] if number <= len(_ORDINALS) else str(number)
    return f"{article}第{ones}款"
