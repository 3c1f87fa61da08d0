"""Cuts a newspaper page into its articles, so that what is unrelated stays apart."""

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.blocks import BlockKind
from ingest.marks import is_byline, is_lead, is_signed
from ingest.rejoining import Paragraph, merged

_ENDS = "。！？；：”’）》…"
_LONGEST_SUBTITLE = 40
_PICTURE = ("■", "▲", "◆")


@dataclass(frozen=True, slots=True)
class Article:
    """One article. `title` is empty where the page shows none that certainly belongs to it."""

    title: str
    paragraphs: tuple[Paragraph, ...]


def cut_articles(paragraphs: Sequence[Paragraph]) -> tuple[Article, ...]:
    """One article for everything that is no newspaper page: there nobody signs as a reporter."""
    if not any(is_lead(p.text.text) or is_signed(p.text.text) for p in paragraphs):
        return (Article("", tuple(paragraphs)),)
    cut: list[Article] = []
    draft = _Draft()
    for index, paragraph in enumerate(paragraphs):
        following = paragraphs[index + 1] if index + 1 < len(paragraphs) else None
        if draft.ends_before(paragraph, following):
            cut.append(draft.finished())
            draft = _Draft()
        draft.take(paragraph)
    if draft.paragraphs:
        cut.append(draft.finished())
    return tuple(cut)


class _Draft:
    """The article being gathered."""

    def __init__(self) -> None:
        self.paragraphs: list[Paragraph] = []
        self._titles: list[str] = []
        self._level = 0
        self._signed = False
        self._broken = False

    def ends_before(self, paragraph: Paragraph, following: Paragraph | None) -> bool:
        """A signature, the opening words of the next report, or a new main headline after a finished sentence."""
        text = paragraph.text.text.strip()
        if not self.paragraphs:
            return False
        if self._signed:
            return not is_byline(text)
        has_body = any(p.kind is not BlockKind.HEADING for p in self.paragraphs)
        if is_lead(text) or text.startswith(_PICTURE):
            return has_body
        next_leads = following is not None and is_lead(following.text.text)
        return paragraph.kind is BlockKind.HEADING and has_body and next_leads and not self._interrupted()

    def take(self, paragraph: Paragraph) -> None:
        """Add it; a headline in the middle of a sentence of an article without title is that article's title."""
        text = paragraph.text.text.strip()
        if paragraph.kind is BlockKind.HEADING and self._is_title(paragraph):
            self._titles.append(text)
            self._level = min(self._level, paragraph.level) if self._level else paragraph.level
            self._broken = self._interrupted() and not self._last_text().startswith(_PICTURE)
            return
        if self._broken and paragraph.kind is BlockKind.LINE:
            if len(text) <= _LONGEST_SUBTITLE and text[-1:] not in _ENDS:
                self._titles.append(text)
                return
            self._broken = False
            paragraph = merged([self.paragraphs.pop(), paragraph])
        self._signed = self._signed or is_signed(text)
        self.paragraphs.append(paragraph)

    def _is_title(self, paragraph: Paragraph) -> bool:
        body = [p for p in self.paragraphs if p.kind is not BlockKind.HEADING]
        if not body:
            return not self._titles or paragraph.level <= self._level + 1
        return not self._titles and self._interrupted()

    def _interrupted(self) -> bool:
        last = self._last_text()
        return bool(last) and last[-1] not in _ENDS

    def _last_text(self) -> str:
        return self.paragraphs[-1].text.text.strip() if self.paragraphs else ""

    def finished(self) -> Article:
        """The article as gathered."""
        return Article(" ".join(self._titles), tuple(self.paragraphs))
