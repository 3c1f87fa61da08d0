"""Tickets as a table for spreadsheets: numbers and times only, no words of anybody, and no cell that computes."""

import csv
import io
from collections.abc import Iterable, Sequence

from assistant.handoff.hours import OFFICE_TIME
from assistant.handoff.reasons import IN_CHINESE
from assistant.handoff.ticket import Ticket

_HEADER = ("编号", "提出时间", "原因", "事项", "部门", "区", "首次响应(秒)", "接手人", "结束时间", "结束方式", "星数")
_COMPUTES = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for a formula at the beginning of a cell, in full width too."""


def as_csv(tickets: Iterable[Ticket]) -> str:
    """The table, with the mark that lets spreadsheets read UTF-8."""
    return table(_HEADER, (_cells(ticket) for ticket in tickets))


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Any table for a spreadsheet, with the mark that lets it read UTF-8, and no cell that computes."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
    return "\ufeff" + out.getvalue()


def harmless(cell: str) -> str:
    """The cell as text: one that would compute gets an apostrophe in front."""
    return f"'{cell}" if cell.lstrip(" \u3000").startswith(_COMPUTES) else cell


def _cells(ticket: Ticket) -> tuple[str, ...]:
    response = (ticket.answered_at - ticket.asked_at).total_seconds() if ticket.answered_at else None
    ended = ticket.ended_at.astimezone(OFFICE_TIME).isoformat(sep=" ", timespec="seconds") if ticket.ended_at else ""
    return (
        ticket.id,
        ticket.asked_at.astimezone(OFFICE_TIME).isoformat(sep=" ", timespec="seconds"),
        IN_CHINESE[ticket.subject.reason],
        ticket.subject.item or "",
        ticket.subject.department or "",
        ticket.subject.district or "",
        f"{response:.1f}" if response is not None else "",
        ticket.clerk or "",
        ended,
        ticket.ending or ticket.state.value,
        str(ticket.stars) if ticket.stars is not None else "",
    )
