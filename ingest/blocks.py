"""What every parser hands over: the decoded original as one text, and the blocks it is made of, by position."""

from dataclasses import dataclass
from enum import StrEnum

from ingest.places import Region


class BlockKind(StrEnum):
    """What a block is in its file.

    LINE is a physical line that may be the middle of a sentence and is rejoined later. PARAGRAPH is whole already.
    ROW is one row of a table, already readable as text. PAGE ends a page.
    """

    HEADING = "heading"
    LINE = "line"
    PARAGRAPH = "paragraph"
    ROW = "row"
    PAGE = "page"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A span of the decoded original. `level` is the level of a heading, 1 the highest, 0 for all else."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFile:
    """The decoded original and its blocks in reading order. `title` is the one the format itself names.

    `regions` are the lines with their pages, in order, where the format has pages.
    """

    text: str
    blocks: tuple[Block, ...]
    title: str | None = None
    warnings: tuple[str, ...] = ()
    regions: tuple[Region, ...] = ()


class TextAssembler:
    """Builds the decoded original of a format that has no plain text of its own (HTML, DOCX, a sheet)."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._blocks: list[Block] = []
        self._length = 0

    @property
    def length(self) -> int:
        """How long the decoded original is so far."""
        return self._length

    def add(self, kind: BlockKind, text: str, level: int = 0) -> None:
        """Append one block; empty text adds nothing."""
        if not text.strip():
            return
        start = self._length
        self._parts.append(text + "\n\n")
        self._length += len(text) + 2
        self._blocks.append(Block(kind=kind, start=start, end=start + len(text), level=level))

    def parsed(self, title: str | None = None, warnings: tuple[str, ...] = ()) -> ParsedFile:
        """What was added so far."""
        return ParsedFile(text="".join(self._parts), blocks=tuple(self._blocks), title=title, warnings=warnings)
