"""Reports as sheets of tables: one for spreadsheets, one to print. Numbers counted from records, no generated text."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

from assistant.handoff.counting import Figure, Unit
from assistant.handoff.exporting import table
from assistant.handoff.hours import OFFICE_TIME
from assistant.handoff.rating_report import RatingReport
from assistant.handoff.ratings import Aside, Rating, RatingState
from assistant.handoff.reporting import Grouping, Report

GROUPINGS = {
    Grouping.TEAM: "按团队",
    Grouping.REASON: "按原因",
    Grouping.CHANNEL: "按渠道",
    Grouping.LANGUAGE: "按语言",
}
ASIDES = {Aside.FALSE: "与事实不符", Aside.MALICIOUS: "恶意", Aside.NOT_OURS: "不针对本次服务"}
STATES = {
    RatingState.COUNTED: "计入",
    RatingState.NEW: "待核实",
    RatingState.SET_ASIDE: "已剔除",
    RatingState.OWNED: "整改中",
    RatingState.CALLED_BACK: "已回访",
    RatingState.MENDED: "待复核",
    RatingState.CLOSED: "已办结",
}
_COUNTED_BY_MACHINE = "本表由系统按记录逐条统计，没有使用生成式人工智能；每个数的算法写在数旁边。"
_STYLE = (
    "body{font:14px/1.5 sans-serif;margin:24px;color:#222}h1{font-size:22px}h2{font-size:17px;margin:24px 0 8px}"
    "table{border-collapse:collapse;width:100%}th,td{border:1px solid #999;padding:4px 8px;text-align:left;"
    "vertical-align:top}th{background:#eee}tr{break-inside:avoid}p{max-width:60em}@media print{body{margin:0}}"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with its heading."""

    heading: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Tables under one title. `notes` stand above them."""

    title: str
    tables: tuple[Table, ...]
    notes: tuple[str, ...] = (_COUNTED_BY_MACHINE,)


def as_spreadsheet(sheet: Sheet) -> str:
    """One table below the other, each with its heading; no cell computes."""
    rows: list[Sequence[str]] = [(note,) for note in sheet.notes]
    for one in sheet.tables:
        rows += [(), (one.heading,), one.header, *one.rows]
    return table((sheet.title,), rows)


def as_page(sheet: Sheet) -> str:
    """A page that stands alone, to be printed or kept; nothing in it runs or is loaded."""
    parts = [f"<h1>{escape(sheet.title)}</h1>", *(f"<p>{escape(note)}</p>" for note in sheet.notes)]
    for one in sheet.tables:
        head = "".join(f"<th>{escape(cell)}</th>" for cell in one.header)
        body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in one.rows)
        parts.append(
            f"<h2>{escape(one.heading)}</h2><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        )
    head = f'<meta charset="utf-8"><title>{escape(sheet.title)}</title><style>{_STYLE}</style>'
    return f'<!doctype html><html lang="zh-CN"><head>{head}</head><body>{"".join(parts)}</body></html>'


def told(figure: Figure) -> str:
    """A figure as people write it; a dash where there is nothing to count."""
    if figure.value is None:
        return "—"
    match figure.unit:
        case Unit.SHARE:
            return f"{figure.value:.1%}"
        case Unit.SECONDS:
            return f"{figure.value:.1f}秒"
        case Unit.STARS:
            return f"{figure.value:.2f}星"
        case Unit.COUNT:
            return f"{figure.value:.0f}"


def report_sheet(report: Report, suggestions: Table | None = None) -> Sheet:
    """The report on help by people."""
    last = report.span.ends.astimezone(OFFICE_TIME)
    title = f"人工帮办报表 {report.span.begins:%Y-%m-%d} 起，{last:%Y-%m-%d} 止（不含）"
    tables = [_figures("总体", report.figures)]
    for by, groups in groupby(report.groups, key=lambda one: one.by):
        some = list(groups)
        header = (GROUPINGS[by].removeprefix("按"), *(figure.label for figure in some[0].figures))
        rows = tuple((one.label, *(told(figure) for figure in one.figures)) for one in some)
        tables.append(Table(heading=GROUPINGS[by], header=header, rows=rows))
    if report.slices:
        header = ("时段", *(figure.label for figure in report.slices[0].figures))
        rows = tuple((one.label, *(told(figure) for figure in one.figures)) for one in report.slices)
        tables.append(Table(heading="分时段", header=header, rows=rows))
    if suggestions is not None:
        tables.append(suggestions)
    return Sheet(title=title, tables=tuple(tables))


def rating_sheet(report: RatingReport, names: dict[str, str]) -> Sheet:
    """The monthly report on 好差评. `names`: of staff, by id; what citizens wrote is masked when it is kept."""
    stars = tuple((f"{n}星", str(count)) for n, count in enumerate(report.stars, start=1))
    tables = [
        _figures("总体", report.figures),
        Table(heading="各星级", header=("星级", "条数"), rows=stars),
        Table(
            heading="剔除的理由",
            header=("理由", "条数"),
            rows=tuple((ASIDES[kind], str(count)) for kind, count in report.asides),
        ),
        Table(
            heading="责任人",
            header=("责任人", "分到", "未办结", "超期"),
            rows=tuple(
                (names.get(one.owner, one.owner), str(one.given), str(one.open), str(one.late)) for one in report.owners
            ),
        ),
        Table(
            heading="问题归类与趋势",
            header=("问题", *report.months, "未办结", "判断"),
            rows=tuple(
                (
                    one.problem,
                    *(str(n) for n in one.months),
                    str(one.open),
                    trend_words(one.is_new, one.recurs, one.grows),
                )
                for one in report.problems
            ),
        ),
        Table(
            heading="差评逐条",
            header=(
                "时间",
                "星",
                "原因",
                "内容（号码已遮盖）",
                "状态",
                "剔除理由",
                "问题归类",
                "责任人",
                "期限",
                "整改",
            ),
            rows=tuple(_bad(one, names) for one in report.bad),
        ),
    ]
    return Sheet(title=f"好差评月报 {report.span.begins:%Y年%m月}", tables=tuple(tables))


def trend_words(is_new: bool, recurs: bool, grows: bool) -> str:
    """What a trend means, in a word: new, recurring, growing."""
    words = [
        word
        for word, holds in (("萌芽", is_new), ("反复", recurs and not is_new), ("增多", grows and not is_new))
        if holds
    ]
    return "、".join(words)


def _figures(heading: str, figures: Sequence[Figure]) -> Table:
    rows = tuple((one.label, told(one), str(one.of), one.definition) for one in figures)
    return Table(heading=heading, header=("指标", "数值", "依据条数", "怎么算的"), rows=rows)


def _bad(one: Rating, names: dict[str, str]) -> tuple[str, ...]:
    due = f"{one.due_at.astimezone(OFFICE_TIME):%Y-%m-%d}" if one.due_at else ""
    return (
        f"{one.rated_at.astimezone(OFFICE_TIME):%Y-%m-%d %H:%M}",
        str(one.stars),
        "、".join(one.reasons),
        one.text,
        STATES[one.state],
        one.set_aside or "",
        one.problem or "",
        names.get(one.owner, one.owner) if one.owner else "",
        due,
        one.mended or "",
    )
