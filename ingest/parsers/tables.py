"""Rows of cells as text that a person can read: 「列名：值；列名：值」, so that a row makes sense on its own."""

import re
from collections.abc import Sequence

_LONGEST_HEADER_CELL = 24
_NUMBER = re.compile(r"^[\d.,%％〇零一二三四五六七八九十百千万元/\-—–\s]+$")
_SPACE = re.compile(r"\s+")
_KEY_VALUE_COLUMNS = 2
_BETWEEN = " | "


def readable_rows(rows: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """One text a row. Where the first row names the columns, each value carries its name.

    Repeated neighbours (merged cells) are said once. Rows without text are left out.
    """
    cleaned = [[_SPACE.sub(" ", cell).strip() for cell in row] for row in rows]
    cleaned = [row for row in cleaned if any(row)]
    if not cleaned:
        return ()
    folded = _one_header(cleaned)
    header = _header(folded)
    if header is None:
        return tuple(_plain(row) for row in cleaned)
    return (_beside(header), *(_named(header, row) for row in folded[1:]))


def _one_header(rows: list[list[str]]) -> list[list[str]]:
    """A header of two rows as one: 补贴 over 城镇 and 农村 gives 补贴 城镇 and 补贴 农村."""
    if len(rows) <= _KEY_VALUE_COLUMNS or len({len(row) for row in rows}) > 1:
        return rows
    above, below = rows[0], rows[1]
    if above == below:
        return rows[1:]
    spread = [
        i for i in range(len(above)) if above[i] and above[i] in {*above[max(0, i - 1) : i], *above[i + 1 : i + 2]}
    ]
    alone = [i for i in range(len(above)) if i not in spread]
    names = [below[i] for i in spread]
    whole = all(above[i] == below[i] and above[i] for i in alone) and all(names) and len(set(names)) > 1
    wordy = all(len(name) <= _LONGEST_HEADER_CELL and not _NUMBER.match(name) for name in names)
    if not spread or not alone or not whole or not wordy:
        return rows
    return [[f"{above[i]} {below[i]}" if i in spread else above[i] for i in range(len(above))], *rows[2:]]


def _header(rows: list[list[str]]) -> list[str] | None:
    first = rows[0]
    filled = [cell for cell in first if cell]
    # A name over several columns is repeated beside itself; repeated elsewhere it is data.
    names = [cell for cell, before in zip(filled, ["", *filled], strict=False) if cell != before]
    several = len(rows) > 1 and len(names) >= _KEY_VALUE_COLUMNS and len(set(names)) == len(names)
    short = all(len(cell) <= _LONGEST_HEADER_CELL and not _NUMBER.match(cell) for cell in filled)
    same_width = len(filled) == len(first) and all(len(row) == len(first) for row in rows)
    # Two columns without a wordy second one are labels and values: the first row is no header there.
    labels = len(first) == _KEY_VALUE_COLUMNS and len(first[1]) > len(first[0]) * 3
    return first if several and short and same_width and not labels else None


def _plain(row: list[str]) -> str:
    said = _beside(row).split(_BETWEEN)
    if len(said) == _KEY_VALUE_COLUMNS and len(said[0]) <= _LONGEST_HEADER_CELL and not _NUMBER.match(said[0]):
        return f"{said[0].rstrip('：:')}：{said[1]}"
    return _BETWEEN.join(said)


def _beside(row: list[str]) -> str:
    """The cells in order, a merged one once."""
    said: list[str] = []
    for cell in row:
        if cell and (not said or said[-1] != cell):
            said.append(cell)
    return _BETWEEN.join(said)


def _named(header: list[str], row: list[str]) -> str:
    if len(set(row)) == 1:
        return row[0]
    pairs: list[str] = []
    last: tuple[str, str] | None = None
    for name, value in zip(header, row, strict=False):
        if value and (name, value) != last:
            pairs.append(f"{name.rstrip('：:')}：{value}")
        last = (name, value)
    return "；".join(pairs)
