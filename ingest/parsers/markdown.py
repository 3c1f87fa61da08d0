"""Markdown: headings by their marks, pipe tables as rows, comments and front matter out; the rest are lines."""

import re

from ingest.blocks import Block, BlockKind, ParsedFile
from ingest.parsers.tables import readable_rows
from ingest.parsers.text import line_blocks

_HEADING = re.compile(r"^\s{0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_RULE = re.compile(r"^\s*(?:-{3,}|\*{3,}|_{3,}|={3,}|```.*)\s*$")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_FRONT_MATTER = re.compile(r"\A\s*---\r?\n(?:[\w-]+\s*:.*\r?\n|\s+.*\r?\n)+---\r?\n")
_TABLE_ROW = re.compile(r"^\s*\|(.+)\|\s*$")
_TABLE_RULE = re.compile(r"^[\s|:\-]+$")


def parse_markdown(text: str) -> ParsedFile:
    """Markdown and the markdown-like text that converters make. Front matter and comments give no blocks."""
    hidden = [match.span() for match in _COMMENT.finditer(text)]
    front = _FRONT_MATTER.match(text)
    if front:
        hidden.append(front.span())
    blocks: list[Block] = []
    for line in line_blocks(text):
        if any(start <= line.start < end for start, end in hidden):
            continue
        block = _block(text, line)
        if block is not None:
            blocks.append(block)
    return _with_tables(text, blocks)


def _block(text: str, line: Block) -> Block | None:
    content = text[line.start : line.end]
    if line.kind is BlockKind.PAGE:
        return line
    if _RULE.match(content):
        return None
    heading = _HEADING.match(content)
    if heading is None:
        return line
    if not heading.group(2):
        return None
    start = line.start + heading.start(2)
    return Block(kind=BlockKind.HEADING, start=start, end=line.start + heading.end(2), level=len(heading.group(1)))


def _with_tables(text: str, blocks: list[Block]) -> ParsedFile:
    """Pipe tables become readable rows; those texts are appended to the decoded original, where nothing moves."""
    out: list[Block] = []
    table: list[Block] = []
    appended: list[str] = []
    length = len(text)

    def flush() -> None:
        nonlocal length
        cells = [[cell.strip() for cell in text[b.start : b.end].strip().strip("|").split("|")] for b in table]
        kept = [row for row in cells if not all(_TABLE_RULE.match(cell or "-") for cell in row)]
        if len(kept) < 2:  # noqa: PLR2004 - a single line between bars is no table
            out.extend(table)
        else:
            for row in readable_rows(kept):
                appended.append("\n" + row)
                out.append(Block(kind=BlockKind.ROW, start=length + 1, end=length + 1 + len(row)))
                length += len(row) + 1
        table.clear()

    for block in blocks:
        if block.kind is BlockKind.LINE and _TABLE_ROW.match(text[block.start : block.end]):
            table.append(block)
            continue
        if table:
            flush()
        out.append(block)
    if table:
        flush()
    return ParsedFile(text=text + "".join(appended), blocks=tuple(out))
