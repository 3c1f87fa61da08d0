"""Plain text: one LINE block a physical line, so that broken sentences can be rejoined later."""

from ingest.blocks import Block, BlockKind, ParsedFile


def parse_text(text: str) -> ParsedFile:
    """The text itself is the decoded original; a form feed ends a page."""
    return ParsedFile(text=text, blocks=tuple(line_blocks(text)))


def line_blocks(text: str, begin: int = 0) -> list[Block]:
    """LINE blocks of `text`, their offsets counted from `begin`; blank lines give none."""
    blocks: list[Block] = []
    offset = begin
    for line in text.splitlines(keepends=True):
        bare = line.rstrip("\r\n\f\v\x1c\x1d\x1e\x85\u2028\u2029")
        if bare.strip():
            blocks.append(Block(kind=BlockKind.LINE, start=offset, end=offset + len(bare)))
        if line.endswith("\f"):
            blocks.append(Block(kind=BlockKind.PAGE, start=offset + len(line), end=offset + len(line)))
        offset += len(line)
    return blocks
