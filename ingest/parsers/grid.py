"""Table rows whose cells are given by their edges, as old Word and RTF files have them, made a square grid."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

_SAME_EDGE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgedCell:
    """A cell between two edges, in twentieths of a point. `continues` says that it is part of the cell above."""

    left: int
    right: int
    text: str
    continues: bool = False


def square(rows: Sequence[Sequence[EdgedCell]]) -> list[list[str]]:
    """A merged cell is repeated in each place that it covers, so that every row can be read on its own."""
    edges = _edges(rows)
    grid: list[list[str]] = []
    for row in rows:
        line = [""] * max(1, len(edges) - 1)
        for cell in row:
            begin = min(_place(edges, cell.left), len(line) - 1)
            for column in range(begin, max(begin + 1, min(_place(edges, cell.right), len(line)))):
                above = grid[-1][column] if grid else ""
                line[column] = above if cell.continues and not cell.text else cell.text
        grid.append(line)
    return grid


def _edges(rows: Sequence[Sequence[EdgedCell]]) -> list[int]:
    """All edges of the table; those that differ by less than a character are one."""
    kept: list[int] = []
    for edge in sorted({edge for row in rows for cell in row for edge in (cell.left, cell.right)}):
        if not kept or edge - kept[-1] > _SAME_EDGE:
            kept.append(edge)
    return kept


def _place(edges: Sequence[int], edge: int) -> int:
    return bisect_left(edges, edge - _SAME_EDGE)
