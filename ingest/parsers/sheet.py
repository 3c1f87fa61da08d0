"""Spreadsheets: XLSX by openpyxl, XLS by calamine, CSV by the standard library; each row becomes readable text."""

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

import olefile
from openpyxl import load_workbook
from openpyxl.utils.cell import range_boundaries
from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from ingest.blocks import BlockKind, ParsedFile, TextAssembler
from ingest.errors import Unreadable
from ingest.parsers.tables import readable_rows

_Row = TypeVar("_Row")
_MAX_ROWS = 50_000
_MAX_COLUMNS = 200
_TRUNCATED = f"表格超过{_MAX_ROWS}行，只读取了前面的部分"
_DAMAGED = "Excel 文件已损坏，无法打开。请用 Excel 重新另存为 .xlsx 后再上传"
_LOCKED = "Excel 文件有密码保护，无法打开。请去掉密码后再上传"
_MERGED = re.compile(rb"""<(?:\w+:)?mergeCell\s[^>]*?ref=["']([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})["']""")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Merged:
    """Cells shown as one, both ends within; rows and columns count from 0 at the first row that is read."""

    top: int
    left: int
    bottom: int
    right: int


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
                merged = _merged_of(content, getattr(sheet, "_worksheet_path", ""))
                _add(assembler, sheet.title, _filled(rows, merged))
            book.close()
    except Exception as error:  # a damaged workbook fails anywhere in openpyxl, its XML or zipfile
        raise Unreadable(_DAMAGED) from error
    return assembler.parsed(warnings=notes)


def parse_xls(content: bytes) -> ParsedFile:
    """Every visible sheet of an Excel 97 to 2003 file; formulas give their last computed value."""
    assembler = TextAssembler()
    notes: tuple[str, ...] = ()
    try:
        _check_container(content)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for described in book.sheets_metadata:
            if described.visible is not SheetVisibleEnum.Visible:
                continue
            sheet = book.get_sheet_by_name(described.name)
            values = sheet.to_python(nrows=_MAX_ROWS)
            top, left = sheet.start or (0, 0)
            merged = [
                _Merged(top=a - top, left=b - left, bottom=c - top, right=d - left)
                for (a, b), (c, d) in sheet.merged_cell_ranges or ()
            ]
            notes = (_TRUNCATED,) if len(values) == _MAX_ROWS else notes
            rows = [[_cell(value) for value in row[:_MAX_COLUMNS]] for row in values]
            _add(assembler, described.name, _filled(rows, merged))
    except PasswordError as error:
        raise Unreadable(_LOCKED) from error
    except (CalamineError, OSError, ValueError) as error:
        raise Unreadable(_DAMAGED) from error
    except BaseException as error:
        # A bound that calamine does not check ends in a panic, which is no Exception and would end the process.
        if type(error).__name__ != "PanicException":
            raise
        raise Unreadable(_DAMAGED) from error
    return assembler.parsed(warnings=notes)


def _check_container(content: bytes) -> None:
    """calamine follows a damaged chain of sectors for ever; olefile finds it out. Raises OSError."""
    with olefile.OleFileIO(io.BytesIO(content), raise_defects=olefile.DEFECT_INCORRECT) as ole:
        for entry in ole.listdir(streams=True):
            ole.openstream(entry).read()


def _merged_of(content: bytes, path: str) -> list[_Merged]:
    """openpyxl tells merged cells only where it loads the whole sheet, which a large one does not allow."""
    if not path:
        return []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        found = _MERGED.findall(archive.read(path))
    bounds = [range_boundaries(ref.decode("ascii")) for ref in found]
    return [_Merged(top=b - 1, left=a - 1, bottom=d - 1, right=c - 1) for a, b, c, d in bounds]


def _filled(rows: list[list[str]], merged: Sequence[_Merged]) -> list[list[str]]:
    """A merged cell is repeated in each place that it covers, so that every row can be read on its own."""
    for area in merged:
        if area.top < 0 or area.left < 0 or area.top >= len(rows) or area.left >= len(rows[area.top]):
            continue
        value = rows[area.top][area.left]
        for row in rows[area.top : area.bottom + 1]:
            for column in range(area.left, min(area.right + 1, len(row))):
                row[column] = value
    return rows


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
    while len(square) > 1 and len({cell for cell in square[0] if cell.strip()}) == 1 and len(used) > 1:
        assembler.add(BlockKind.PARAGRAPH, next(cell for cell in square.pop(0) if cell.strip()))
    for text in readable_rows(square):
        assembler.add(BlockKind.ROW, text)
