"""Routes of the reports: a day, a week or a month on the page, as a table, and to print."""

from dataclasses import asdict
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response

from assistant.clerk.outcomes import Outcomes, Share
from assistant.clerk.suggestion import SuggestionKind
from assistant.handoff.counting import Counting, Figure
from assistant.handoff.exporting import as_csv
from assistant.handoff.hours import OFFICE_TIME
from assistant.handoff.reporting import Period, Report, Reporting, Span, span_of
from assistant.handoff.sheets import Sheet, Table, as_page, as_spreadsheet, report_sheet
from assistant.identity.people import Action, Person
from assistant.web import handoff_supervision_schemas as wire
from assistant.web.clerk_schemas import SuggestionShare
from assistant.web.handoff_parts import HandoffParts
from assistant.web.staff import Staff
from guardrails.labels import SHORT_ZH

_KINDS = {
    SuggestionKind.ANSWER: "按来源的回答",
    SuggestionKind.QUESTION: "反问",
    SuggestionKind.CASE: "一次告知",
    SuggestionKind.GREETING: "问候",
    SuggestionKind.CANNED: "常用语",
}
_FIRST, _LAST = date(2000, 1, 1), date(2199, 12, 31)  # a period around a day has to fit into the calendar
Day = Annotated[date | None, Query(ge=_FIRST, le=_LAST, description="Any day of it; today where it is left out.")]


def reports_router(parts: HandoffParts, staff: Staff, counting: Counting) -> APIRouter:
    """The routes, bound to the parts."""
    router = APIRouter()
    reporting = Reporting(parts.handoff.log.engine, counting)
    outcomes = Outcomes(parts.handoff.log.engine)
    may = Depends(staff.may(Action.SUPERVISE_HELP))
    sees = Depends(staff.may_see(Action.SUPERVISE_HELP))

    def of(period: Period, day: date | None) -> Report:
        now = parts.handoff.log.clock()
        return reporting.report(period, day or now.astimezone(OFFICE_TIME).date(), now)

    def sheet(period: Period, day: date | None) -> Sheet:
        found = of(period, day)
        return report_sheet(found, _suggestions(_shares(outcomes, found.span)))

    @router.get("/report")
    def report(period: Period = Period.DAY, day: Day = None, person: Person = may) -> wire.Report:
        """Figures with their definitions: whole, by team, reason, channel, language, by hour or day; suggestions."""
        found = of(period, day)
        return wire.Report(
            period=found.period,
            begins=found.span.begins,
            ends=found.span.ends,
            figures=figure_views(found.figures),
            groups=[
                wire.ReportGroup(by=one.by, label=one.label, figures=figure_views(one.figures)) for one in found.groups
            ],
            slices=[wire.ReportSlice(label=one.label, figures=figure_views(one.figures)) for one in found.slices],
            suggestions=[SuggestionShare(**asdict(one)) for one in _shares(outcomes, found.span)],
        )

    @router.get("/report.csv", response_class=Response)
    def report_csv(period: Period = Period.DAY, day: Day = None, person: Person = sees) -> Response:
        """The same for a spreadsheet."""
        return download(as_spreadsheet(sheet(period, day)), "text/csv", f"handoff-report-{period}.csv")

    @router.get("/report.html", response_class=Response)
    def report_html(period: Period = Period.DAY, day: Day = None, person: Person = sees) -> Response:
        """The same to print."""
        return download(as_page(sheet(period, day)), "text/html", f"handoff-report-{period}.html")

    @router.get("/export.csv", response_class=Response)
    def export(period: Period = Period.MONTH, day: Day = None, person: Person = sees) -> Response:
        """The tickets themselves as a table: times and numbers, nobody's words."""
        today = parts.handoff.log.clock().astimezone(OFFICE_TIME).date()
        span = span_of(period, day or today)
        return download(as_csv(counting.tickets(span.begins, span.ends)), "text/csv", f"handoff-{period}.csv")

    return router


def download(content: str, media_type: str, name: str) -> Response:
    """A file to keep: never shown inside our own pages."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(content, media_type=f"{media_type}; charset=utf-8", headers=headers)


def figure_views(figures: tuple[Figure, ...]) -> list[wire.WireFigure]:
    """Figures as the page gets them."""
    return [wire.WireFigure(**asdict(one)) for one in figures]


def _shares(outcomes: Outcomes, span: Span) -> tuple[Share, ...]:
    return outcomes.usefulness(span.begins, span.ends).shares


def _suggestions(shares: tuple[Share, ...]) -> Table:
    rows = tuple(
        (_KINDS[one.kind], *(str(n) for n in (one.shown, one.sent, one.edited, one.rejected))) for one in shares
    )
    header = ("建议的种类", "处理过", "原样发", "改过发", "不用")
    return Table(heading=f"建议回复的采用（建议是{SHORT_ZH}，由工作人员定）", header=header, rows=rows)
