"""Numbers of help by people, each computed by query and told with its definition: nothing is counted on the side."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import fmean, median

from sqlalchemy import Engine, func, select

from assistant.handoff.clerks import Duty
from assistant.handoff.happenings import Kind, Outcome
from assistant.handoff.rows import clerk_of, ticket_of
from assistant.handoff.tables import ClerkRow, DutyRow, HappeningRow, TicketRow
from assistant.handoff.ticket import IN_LINE, State, Ticket
from assistant.handoff.visiting import expected_visits
from knowledge.storage.engine import reading

MINUTE = timedelta(seconds=60)
_LATELY = timedelta(minutes=10)


class Unit(StrEnum):
    """What a number counts."""

    COUNT = "count"
    SHARE = "share"
    SECONDS = "seconds"
    STARS = "stars"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A number with its definition. `value` is None where there is nothing to count yet; `of`: how many it rests on."""

    name: str
    label: str
    value: float | None
    unit: Unit
    definition: str
    of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """How a figure is computed from tickets of a time."""

    name: str
    label: str
    unit: Unit
    definition: str
    values: Callable[[Ticket, datetime], float | None]
    """What one ticket contributes; None: nothing."""
    together: Callable[[Sequence[float]], float] = fmean

    def figure(self, tickets: Iterable[Ticket], now: datetime) -> Figure:
        """The figure of these tickets."""
        found = [value for ticket in tickets if (value := self.values(ticket, now)) is not None]
        return Figure(
            name=self.name,
            label=self.label,
            unit=self.unit,
            definition=self.definition,
            value=self.together(found) if found else (0.0 if self.together is sum else None),
            of=len(found),
        )


def first_response(ticket: Ticket) -> timedelta | None:
    """From asking to the first words; None where there were none, or it was a call."""
    return ticket.answered_at - ticket.asked_at if ticket.answered_at and not ticket.calls else None


def _in_time(ticket: Ticket, now: datetime) -> float | None:
    """1 or 0; None while the minute runs, where the citizen took the wish back in it, or where nobody was on duty."""
    response = first_response(ticket)
    if response is not None:
        return float(response <= MINUTE)
    ended_early = ticket.ended_at is not None and ticket.ended_at - ticket.asked_at <= MINUTE
    if ended_early or ticket.state is State.CLOSED_NOW or now - ticket.asked_at <= MINUTE:
        return None
    return 0.0


def _person_or_choice(ticket: Ticket, now: datetime) -> float | None:
    told = ticket.choice_offered_at is not None and ticket.choice_offered_at - ticket.asked_at <= MINUTE
    in_time = _in_time(ticket, now)
    return 1.0 if told or ticket.state is State.CLOSED_NOW else in_time


def _solved(ticket: Ticket, _: datetime) -> float | None:
    outcomes = {outcome.value for outcome in Outcome}
    return float(ticket.ending != Outcome.UNSOLVED.value) if ticket.ending in outcomes else None


def _late(ordered: Sequence[float]) -> float:
    return sorted(ordered)[min(int(0.95 * len(ordered)), len(ordered) - 1)]


MEASURES = (
    Measure(
        name="asked",
        label="要求人工",
        unit=Unit.COUNT,
        definition="这段时间里开始要求人工的次数；同一次对话里重复点不重复计。",
        values=lambda ticket, now: 1.0,
        together=sum,
    ),
    Measure(
        name="answered_within_60s",
        label="60秒人工响应率",
        unit=Unit.SHARE,
        definition="工作人员的第一句话在提出要求后60秒内的次数÷已满60秒或已响应的次数；60秒内自己取消的、非工作时间的不计。",
        values=_in_time,
    ),
    Measure(
        name="person_or_choice_within_60s",
        label="60秒内有人或有选择",
        unit=Unit.SHARE,
        definition="60秒内有工作人员回复，或已给出继续等、回电、留电话、去窗口的选择的次数÷同上，非工作时间当即告知的计入。",
        values=_person_or_choice,
    ),
    Measure(
        name="first_response_median",
        label="首次响应(中位)",
        unit=Unit.SECONDS,
        definition="从提出要求到工作人员第一句话的秒数的中位数；回电不计。",
        values=lambda ticket, now: found.total_seconds() if (found := first_response(ticket)) else None,
        together=median,
    ),
    Measure(
        name="first_response_p95",
        label="首次响应(95%)",
        unit=Unit.SECONDS,
        definition="从提出要求到工作人员第一句话，95%的人不超过的秒数；回电不计。",
        values=lambda ticket, now: found.total_seconds() if (found := first_response(ticket)) else None,
        together=_late,
    ),
    Measure(
        name="talk_mean",
        label="平均通话",
        unit=Unit.SECONDS,
        definition="从接手到结束的秒数的平均数；只算已结束的。",
        values=lambda ticket, now: (
            (ticket.ended_at - ticket.accepted_at).total_seconds() if ticket.ended_at and ticket.accepted_at else None
        ),
    ),
    Measure(
        name="solved",
        label="人工解决率",
        unit=Unit.SHARE,
        definition="以「已解决」或「已指引到能办的地方」结束的次数÷由工作人员结束的次数；重新接上的以最后一次为准。",
        values=_solved,
    ),
    Measure(
        name="stars",
        label="评价均分",
        unit=Unit.STARS,
        definition="好差评星数的平均数，一星最低五星最高；只算评过的。",
        values=lambda ticket, now: float(ticket.stars) if ticket.stars is not None else None,
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamFigures:
    """The figures of one team; tickets that nobody took are of no team."""

    team: str
    figures: tuple[Figure, ...]


class Counting:
    """Reads tickets of a time and counts."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def tickets(self, begins: datetime, ends: datetime) -> tuple[Ticket, ...]:
        """The tickets asked for in this time."""
        query = select(TicketRow).where(TicketRow.asked_at >= begins, TicketRow.asked_at < ends)
        with reading(self._engine) as session:
            return tuple(ticket_of(row) for row in session.scalars(query.order_by(TicketRow.asked_at)))

    def figures(self, begins: datetime, ends: datetime, now: datetime) -> tuple[Figure, ...]:
        """The figures of a time."""
        found = self.tickets(begins, ends)
        return tuple(measure.figure(found, now) for measure in MEASURES)

    def by_team(self, begins: datetime, ends: datetime, now: datetime) -> tuple[TeamFigures, ...]:
        """The same for each team."""
        with reading(self._engine) as session:
            teams = {row.id: row.team for row in session.scalars(select(ClerkRow))}
        sorted_out: dict[str, list[Ticket]] = {}
        for ticket in self.tickets(begins, ends):
            if ticket.clerk is not None:
                sorted_out.setdefault(teams.get(ticket.clerk, "") or "未分组", []).append(ticket)
        return tuple(
            TeamFigures(team=team, figures=tuple(measure.figure(found, now) for measure in MEASURES))
            for team, found in sorted(sorted_out.items())
        )

    def now(self, now: datetime) -> tuple[Figure, ...]:
        """The state of the line and of the desks at this moment."""
        with reading(self._engine) as session:
            open_ = [
                ticket_of(r) for r in session.scalars(select(TicketRow).where(TicketRow.state != State.ENDED.value))
            ]
            clerks = [clerk_of(row) for row in session.scalars(select(ClerkRow))]
            expected = expected_visits(session, now)
        waiting = [ticket for ticket in open_ if ticket.state in IN_LINE and not ticket.is_call]
        live = sum(ticket.is_live for ticket in open_)
        on_duty = [clerk for clerk in clerks if clerk.takes_new(now)]
        seats = sum(clerk.skills.capacity for clerk in on_duty)
        oldest = max(((now - ticket.waiting_since).total_seconds() for ticket in waiting), default=None)
        resting = sum(clerk.duty is Duty.BREAK for clerk in clerks)
        late_calls = [t for t in open_ if t.is_call and t.state in IN_LINE]
        owed = [t for t in open_ if t.state is State.OWED_CALL]
        return (
            _count("waiting_now", "正在等", len(waiting), "已要求人工、还没有人接手的人数；等回电的不计。"),
            Figure(
                name="oldest_wait",
                label="最久已等",
                value=oldest,
                unit=Unit.SECONDS,
                definition="正在等的人里，等得最久的那位已等的秒数；断线后重新排的从断线算起。",
                of=len(waiting),
            ),
            _count("talking_now", "正在服务", live, "工作人员已接手、还没有结束的对话数。"),
            _count("on_duty", "在岗", len(on_duty), "已上岗、且工作台在最近12秒内有信号的人数；休息的不计。"),
            _count("on_break", "休息", resting, "点了休息的人数。"),
            Figure(
                name="occupancy_now",
                label="此刻占用率",
                value=live / seats if seats else None,
                unit=Unit.SHARE,
                definition="正在服务的对话数÷在岗人员可同时服务的对话数之和。",
                of=seats,
            ),
            _count("calls_owed", "待回电", len(owed), "已约好、还没到时间的回电数。"),
            _count("calls_late", "到点未回电", len(late_calls), "约定时间已到、还没有人接手的回电数。"),
            _count(
                "visits_expected", "今天约了窗口", len(expected.today), "约了今天去窗口、还没有记下来了没有的人数。"
            ),
            _count("visits_unmarked", "约过未记", len(expected.past), "约的日子已过，还没有记下来了没有的人数。"),
        )

    def lost(self, now: datetime) -> int:
        """How often a clerk fell silent in the last ten minutes."""
        lately = (HappeningRow.kind == Kind.CLERK_LOST.value, HappeningRow.at > now - _LATELY)
        with reading(self._engine) as session:
            return session.scalar(select(func.count()).select_from(HappeningRow).where(*lately)) or 0

    def occupancy(self, begins: datetime, ends: datetime) -> Figure:
        """How much of the seats' time on duty went into conversations."""
        seat_seconds = self._seat_seconds(begins, ends)
        found = [t for t in self.tickets(begins - timedelta(hours=4), ends) if t.accepted_at]
        busy = sum(_overlap(t.accepted_at or begins, t.ended_at or ends, begins, ends) for t in found)
        return Figure(
            name="occupancy",
            label="占用率",
            value=busy / seat_seconds if seat_seconds else None,
            unit=Unit.SHARE,
            definition="对话从接手到结束的秒数之和÷在岗秒数乘以每人可同时服务数之和；换过手的对话全部计入。",
            of=len(found),
        )

    def _seat_seconds(self, begins: datetime, ends: datetime) -> float:
        with reading(self._engine) as session:
            seats = {row.id: row.capacity for row in session.scalars(select(ClerkRow))}
            query = select(DutyRow).where(DutyRow.at < ends, DutyRow.at > begins - timedelta(days=1))
            changes = [(row.clerk, row.at, row.duty) for row in session.scalars(query.order_by(DutyRow.at, DutyRow.id))]
        since: dict[str, datetime] = {}
        total = 0.0
        for clerk, at, duty in changes:
            began = since.pop(clerk, None)
            if began is not None:
                total += seats.get(clerk, 1) * _overlap(began, at, begins, ends)
            if duty == Duty.ON.value:
                since[clerk] = at
        return total + sum(seats.get(clerk, 1) * _overlap(at, ends, begins, ends) for clerk, at in since.items())


def _overlap(begin: datetime, end: datetime, begins: datetime, ends: datetime) -> float:
    return max((min(end, ends) - max(begin, begins)).total_seconds(), 0.0)


def _count(name: str, label: str, value: int, definition: str) -> Figure:
    return Figure(name=name, label=label, value=float(value), unit=Unit.COUNT, definition=definition, of=value)
