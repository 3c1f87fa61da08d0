"""Pages of lines with their places, put together to one decoded original; pictures of pages read where needed."""

import time
from collections.abc import Sequence
from itertools import zip_longest

from ingest.alive import still_working
from ingest.blocks import Block, BlockKind, ParsedFile
from ingest.places import Region
from knowledge.passages import Box
from knowledge.reading.lines import in_reading_order
from knowledge.reading.ocr import Picture, Seen, see

DOUBTFUL_SCORE = 0.85
_SECONDS_A_PAGE = 60.0
# For the pictures of one file: what was read of an endless scan until then is kept, and said to be a part.
_SECONDS_A_FILE = 1800.0


class PageAssembler:
    """Builds the decoded original of a format that has pages."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._blocks: list[Block] = []
        self._regions: list[Region] = []
        self._length = 0
        self._page = 1
        self._scanned: list[int] = []
        self._cut_off: list[int] = []
        self._left_for_pictures = _SECONDS_A_FILE

    @property
    def characters(self) -> int:
        """How much text there is so far."""
        return sum(region.end - region.start for region in self._regions)

    def add_text(self, page: str, lines: Sequence[Block], boxes: Sequence[Box | None] = ()) -> None:
        """A page whose text the format has; `lines` count from the beginning of the page, `boxes` place them on it."""
        for line, box in zip_longest(lines, boxes[: len(lines)]):
            start, end = line.start + self._length, line.end + self._length
            self._blocks.append(Block(kind=line.kind, start=start, end=end))
            self._regions.append(Region(start=start, end=end, page=self._page, box=box))
        self._put(page)

    def add_lines(self, lines: Sequence[Seen], *, certain: bool = True) -> None:
        """A page of placed lines. Of a scan they are not `certain`: each keeps how sure its reader was."""
        at = self._length
        for line in lines:
            end = at + len(line.text)
            self._blocks.append(Block(kind=BlockKind.LINE, start=at, end=end))
            score = 1.0 if certain else line.score
            self._regions.append(Region(start=at, end=end, page=self._page, box=line.box, score=score))
            at = end + 1
        self._put("".join(line.text + "\n" for line in lines))

    def add_picture(self, picture: Picture) -> None:
        """A page that is a picture."""
        begun = time.monotonic()
        seen = (
            see(picture, seconds=min(_SECONDS_A_PAGE, self._left_for_pictures)) if self._left_for_pictures > 0 else None
        )
        self._left_for_pictures -= time.monotonic() - begun
        still_working()
        if seen is None or not seen.complete:
            self._cut_off.append(self._page)
        if seen is None:
            return
        self._scanned.append(self._page)
        self.add_lines(in_reading_order(seen.texts), certain=False)

    def end_page(self) -> None:
        """What comes next stands on the next page."""
        self._put("\f")
        self._blocks.append(Block(kind=BlockKind.PAGE, start=self._length, end=self._length))
        self._page += 1

    def _put(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def parsed(self, title: str | None = None, warnings: Sequence[str] = ()) -> ParsedFile:
        """What was added so far."""
        return ParsedFile(
            text="".join(self._parts),
            blocks=tuple(self._blocks),
            title=title,
            warnings=(*warnings, *self._notes()),
            regions=tuple(self._regions),
        )

    def _notes(self) -> list[str]:
        notes: list[str] = []
        if self._scanned:
            unsure = sum(1 for region in self._regions if region.score < DOUBTFUL_SCORE)
            doubt = f"，其中{unsure}行看不清，里面的数字不会被引用" if unsure else ""
            notes.append(f"scanned_pages：有{len(self._scanned)}页是图片，文字由识别得到{doubt}")
        if self._cut_off:
            pages = "、".join(str(page) for page in self._cut_off[:10]) + ("等" if len(self._cut_off) > 10 else "")  # noqa: PLR2004
            notes.append(f"scan_cut_off：第{pages}页的图片没有识别完（用时超过上限）。请提供文字版，或拆成小份再上传")
        return notes
