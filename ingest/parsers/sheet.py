"""Spreadsheets: XLSX by openpyxl, CSV by the standard library; each row becomes readable text."""

import csv
import io
import warnings
from collections.abc import Iterable
from datetime import date, datetime
from typing import TypeVar

from openpyxl import load_workbook

from ingest.blocks import BlockKind, ParsedFile, TextAssembler
from ingest.errors import Unreadable
from ingest.parsers.tables import readable_rows

_Row = TypeVar("_Row")
_MAX_ROWS = 50_000
_MAX_COLUMNS = 200
_TRUNCATED = f"表格超过{_MAX_ROWS}行，只读取了前面的部分"


def parse_xlsx(content: bytes) -> ParsedFile:
    """Every visible sheet under its own name; formulas give their last computed value."""
    assembler = TextAssembler()
    notes: tuple[str, ...] = ()
    try:
        with warnings.catch_warnings():
            # openpyxl warns about styles and extensions it drops; they carry no text.
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
            for sheet in book.worksheets:
                if sheet.sheet_state != "visible":
                    continue
                rows = [
                    [_cell(value) for value in row[:_MAX_COLUMNS]] for row in _first(sheet.iter_rows(values_only=True))
                ]
                notes = (_TRUNCATED,) if len(rows) == _MAX_ROWS else notes
                _add(assembler, sheet.title, rows)
            book.close()
    except Exception as error:  # a damaged workbook fails anywhere in openpyxl, its XML or zipfile
        raise Unreadable("Excel 文件已损坏，无法打开。请用 Excel 重新另存为 .xlsx 后再上传") from error
    return assembler.parsed(warnings=notes)


def parse_csv(text: str) -> ParsedFile:
    """Comma, tab or semicolon separated text."""
    sample = text[:8192]
    delimiter = max((",", "\t", ";", "，"), key=sample.count)
    assembler = TextAssembler()
    try:
        rows = [row[:_MAX_COLUMNS] for row in _first(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))]
    except csv.Error as error:
        raise Unreadable("CSV 文件格式有误，无法按行读取。请重新导出后再上传") from error
    _add(assembler, None, [list(row) for row in rows])
    return assembler.parsed(warnings=(_TRUNCATED,) if len(rows) == _MAX_ROWS else ())


def _first(rows: Iterable[_Row]) -> list[_Row]:
    kept: list[_Row] = []
    for row in rows:
        kept.append(row)
        if len(kept) == _MAX_ROWS:
            break
    return kept


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M").removesuffix(" 00:00")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _add(assembler: TextAssembler, name: str | None, rows: list[list[str]]) -> None:
    filled = [list(row) for row in rows if any(cell.strip() for cell in row)]
    if not filled:
        return
    if name and not name.lower().startswith("sheet"):
        assembler.add(BlockKind.HEADING, name, level=1)
    used = [i for i in range(max(map(len, filled))) if any(i < len(row) and row[i].strip() for row in filled)]
    square = [[row[i] if i < len(row) else "" for i in used] for row in filled]
    # A line or two above the table (its name, the unit) stands before the row that names the columns.
    while len(square) > 1 and sum(1 for cell in square[0] if cell.strip()) == 1 and len(used) > 1:
        assembler.add(BlockKind.PARAGRAPH, next(cell for cell in square.pop(0) if cell.strip()))
    for text in readable_rows(square):
        assembler.add(BlockKind.ROW, text)
