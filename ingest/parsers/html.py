"""HTML by selectolax: the page's own text without navigation, tables as readable rows, headings by tag."""

import re
from collections.abc import Iterator
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ingest.blocks import Block, BlockKind, ParsedFile, TextAssembler
from ingest.characters import HAN
from ingest.parsers.tables import readable_rows

_DROPPED = [
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "nav",
    "footer",
    "aside",
    "select",
    "option",
    "button",
    "iframe",
    "object",
    "embed",
    "textarea",
    "input",
    "link",
    "meta",
    "map",
    "audio",
    "video",
    "canvas",
]
_BLOCKS = frozenset(
    [
        "html",
        "body",
        "div",
        "p",
        "section",
        "article",
        "main",
        "header",
        "li",
        "ul",
        "ol",
        "dl",
        "dt",
        "dd",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "table",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "blockquote",
        "pre",
        "center",
        "fieldset",
        "figure",
        "figcaption",
        "address",
        "details",
        "summary",
        "caption",
        "hr",
    ]
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_HAN_CHARACTER = re.compile(f"[{HAN}]")
_CHINESE_PAGE = 100
_FOREIGN = re.compile(rf"^(?=[^{HAN}]*[A-Za-z]{{2}})[^{HAN}]*$")
_TRAIL = re.compile(
    r"^.{0,12}(?:当前|所在|您的|现在)(?:的)?位置.{0,120}$|^.{0,80}(?:访问|浏览|点击|阅读)(?:次数|量|数)\s?[:：].{0,30}$|"
    r"^.{0,40}(?:字体|字号)\s?[:：].{0,30}$|^(?:首页|主页)\s?[>》|].{0,80}$|ICP备\d|(?:版权所有|主办单位|技术支持)\s?[:：]"
)
_MAX_SPAN = 50
_LINK_SHARE_OF_NAVIGATION = 0.6
_LONGEST_NAVIGATION = 120


def parse_html(text: str) -> ParsedFile:
    """Blocks in document order. The decoded original of a page is its visible text, not its tags."""
    tree = LexborHTMLParser(text)
    title_node = tree.css_first("title")
    title = title_node.text().strip() if title_node is not None else ""
    for selector in _DROPPED:
        for node in tree.css(selector):
            node.decompose()
    assembler = TextAssembler()
    if tree.body is not None:
        _Walk(assembler, tree).run()
    parsed = assembler.parsed(title=title or None)
    return replace(parsed, blocks=_without_furniture(parsed))


def _without_furniture(parsed: ParsedFile) -> tuple[Block, ...]:
    """Blocks of a Chinese page that say something: no foreign interface words, trails of links, counters of visits."""
    texts = [parsed.text[block.start : block.end] for block in parsed.blocks]
    if sum(len(_HAN_CHARACTER.findall(text)) for text in texts) < _CHINESE_PAGE:
        return parsed.blocks
    kept = zip(parsed.blocks, texts, strict=True)
    return tuple(
        block
        for block, text in kept
        if block.kind is BlockKind.ROW or not (_FOREIGN.match(text) or _TRAIL.search(text))
    )


class _Walk:
    """One pass over the page: text is gathered until the enclosing block changes."""

    def __init__(self, assembler: TextAssembler, tree: LexborHTMLParser) -> None:
        self._assembler = assembler
        self._tree = tree
        self._tables = {table.mem_id for table in tree.css("table") if _is_data(table)}
        self._buffer: list[str] = []
        self._linked = 0
        self._block: LexborNode | None = None

    def run(self) -> None:
        body = self._tree.body
        if body is None:
            return
        for node in body.traverse(include_text=True):
            if node.tag == "br":
                self._flush()
            elif node.tag == "table" and node.mem_id in self._tables:
                self._flush()
                for row in readable_rows(_cells(node)):
                    self._assembler.add(BlockKind.ROW, row)
            elif node.tag == "-text":
                self._take(node)
        self._flush()

    def _take(self, node: LexborNode) -> None:
        block, linked, inside = _surroundings(node, self._tables)
        if inside:
            return
        if self._block is None or block.mem_id != self._block.mem_id:
            self._flush()
            self._block = block
        text = node.text_content or ""
        self._buffer.append(text)
        if linked:
            self._linked += len(text.strip())

    def _flush(self) -> None:
        text = " ".join("".join(self._buffer).split())
        linked, self._linked = self._linked, 0
        self._buffer.clear()
        if not text or self._block is None:
            return
        level = _HEADINGS.get(self._block.tag or "", 0)
        navigation = linked >= len(text) * _LINK_SHARE_OF_NAVIGATION and len(text) <= _LONGEST_NAVIGATION
        if navigation and not level:
            return
        kind = BlockKind.HEADING if level else BlockKind.PARAGRAPH
        self._assembler.add(kind, text, level=level)


def _surroundings(node: LexborNode, tables: set[int]) -> tuple[LexborNode, bool, bool]:
    """The nearest block, whether the text is a link, and whether it stands in a data table."""
    block: LexborNode | None = None
    linked = inside = False
    parent = node.parent
    while parent is not None:
        if block is None and parent.tag in _BLOCKS:
            block = parent
        linked = linked or parent.tag == "a"
        inside = inside or (parent.tag == "table" and parent.mem_id in tables)
        parent = parent.parent
    return block if block is not None else node, linked, inside


def _rows(table: LexborNode) -> Iterator[list[LexborNode]]:
    for row in table.css("tr"):
        yield [cell for cell in row.iter() if cell.tag in {"td", "th"}]


def _is_data(table: LexborNode) -> bool:
    """A table of data has no table inside and mostly rows of several filled cells; the others are page layout."""
    if len(table.css("table")) > 1:
        return False
    filled = [sum(1 for cell in row if cell.text().strip()) for row in _rows(table)]
    rows = [count for count in filled if count]
    return len(rows) > 1 and sum(1 for count in rows if count > 1) >= len(rows) / 2


def _cells(table: LexborNode) -> list[list[str]]:
    """A square grid: a merged cell is repeated in each place it covers."""
    grid: list[list[str]] = []
    carried: dict[int, tuple[int, str]] = {}
    for row in _rows(table):
        line: list[str] = []
        pending = list(row)
        while pending or len(line) in carried:
            column = len(line)
            if column in carried:
                left, value = carried.pop(column)
                line.append(value)
                if left > 1:
                    carried[column] = (left - 1, value)
                continue
            cell = pending.pop(0)
            value = cell.text(separator=" ", strip=True)
            for _ in range(_span(cell, "colspan")):
                rows_down = _span(cell, "rowspan") - 1
                if rows_down:
                    carried[len(line)] = (rows_down, value)
                line.append(value)
        carried = {column: kept for column, kept in carried.items() if kept[0] > 0}
        grid.append(line)
    return grid


def _span(cell: LexborNode, attribute: str) -> int:
    value = cell.attributes.get(attribute) or "1"
    return min(_MAX_SPAN, max(1, int(value))) if value.isascii() and value.isdigit() else 1
