"""Reports of a day, a week or a month, derived by query: whole, and by team, reason, channel and language."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import Engine, select

from assistant.handoff.counting import MEASURES, Counting, Figure, Measure, Unit, first_response
from assistant.handoff.happenings import Choice, Kind, Outcome
from assistant.handoff.hours import OFFICE_TIME
from assistant.handoff.reasons import IN_CHINESE
from assistant.handoff.tables import ClerkRow, HappeningRow, TicketRow
from assistant.handoff.ticket import State, Ticket
from knowledge.storage.engine import reading

_COUNTED = (Kind.CHOSE, Kind.REOPENED, Kind.TRANSFERRED, Kind.CLERK_LOST)
_AGAIN = timedelta(days=7)
_DAYS_OF_A_WEEK = 7
_IN_SERIES = ("asked", "answered_within_60s", "person_or_choice_within_60s", "first_response_p95", "abandoned")
_BY_CLERK = frozenset(outcome.value for outcome in Outcome)
_GONE = frozenset({Kind.WITHDRAWN.value, Kind.ABANDONED.value})
_LANGUAGES = {"zh": "中文", "en": "英文"}
_CHOICES = {
    Choice.KEEP_WAITING: "选了继续等",
    Choice.CALL_BACK: "选了约时间回电",
    Choice.LEAVE_CONTACT: "选了留电话",
    Choice.WINDOW: "选了预约窗口",
}


class Period(StrEnum):
    """How long a report is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class Grouping(StrEnum):
    """By what tickets are sorted out."""

    TEAM = "team"
    REASON = "reason"
    CHANNEL = "channel"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From one midnight to another, in the time of the office."""

    begins: datetime
    ends: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The figures of the tickets that have something in common."""

    by: Grouping
    label: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Slice:
    """A few figures of a part of the time: an hour of a day, a day of a week or month."""

    label: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A report."""

    period: Period
    span: Span
    figures: tuple[Figure, ...]
    groups: tuple[Group, ...]
    slices: tuple[Slice, ...]


@dataclass(frozen=True, slots=True)
class _Log:
    """What happened to tickets beyond what their rows say."""

    words: Mapping[str, Sequence[tuple[Kind, str]]]
    came_again: frozenset[str]

    def times(self, ticket: str, kind: Kind, word: str | None = None) -> int:
        return sum(k is kind and word in {None, w} for k, w in self.words.get(ticket, ()))


def span_of(period: Period, day: date) -> Span:
    """The day, the week from Monday, or the month that a day lies in."""
    match period:
        case Period.DAY:
            first, after = day, day + timedelta(days=1)
        case Period.WEEK:
            first = day - timedelta(days=day.weekday())
            after = first + timedelta(days=_DAYS_OF_A_WEEK)
        case Period.MONTH:
            first = day.replace(day=1)
            after = (first + timedelta(days=32)).replace(day=1)
    return Span(begins=midnight(first), ends=midnight(after))


def midnight(day: date) -> datetime:
    """The first moment of a day, in the time of the office."""
    return datetime.combine(day, time(), OFFICE_TIME)


class Reporting:
    """Reads a time and reports."""

    def __init__(self, engine: Engine, counting: Counting) -> None:
        self._engine = engine
        self._counting = counting

    def report(self, period: Period, day: date, now: datetime) -> Report:
        """The report of the day, week or month that this day lies in."""
        span = span_of(period, day)
        tickets = self._counting.tickets(span.begins, span.ends)
        measures = (*MEASURES, *_further(self._log(span, tickets)))
        ends = max(min(span.ends, now), span.begins)
        occupied = self._counting.occupancy(span.begins, ends)
        return Report(
            period=period,
            span=span,
            figures=(*_figures(measures, tickets, now), occupied),
            groups=self._groups(measures, tickets, now),
            slices=_slices(measures, period, span, tickets, now),
        )

    def _log(self, span: Span, tickets: Sequence[Ticket]) -> _Log:
        kinds = [kind.value for kind in _COUNTED]
        lines = (
            select(HappeningRow.ticket_id, HappeningRow.kind, HappeningRow.word)
            .join(TicketRow, TicketRow.id == HappeningRow.ticket_id)
            .where(TicketRow.asked_at >= span.begins, TicketRow.asked_at < span.ends, HappeningRow.kind.in_(kinds))
        )
        later = select(TicketRow.conversation, TicketRow.asked_at).where(
            TicketRow.asked_at >= span.begins, TicketRow.asked_at < span.ends + _AGAIN
        )
        words: dict[str, list[tuple[Kind, str]]] = {}
        asked: dict[str, list[datetime]] = {}
        with reading(self._engine) as session:
            for ticket, kind, word in session.execute(lines):
                words.setdefault(ticket, []).append((Kind(kind), word or ""))
            for conversation, at in session.execute(later):
                asked.setdefault(conversation, []).append(at)
        again = frozenset(
            t.id
            for t in tickets
            if t.ended_at and any(t.ended_at < at <= t.ended_at + _AGAIN for at in asked.get(t.conversation, ()))
        )
        return _Log(words, again)

    def _groups(self, measures: Sequence[Measure], tickets: Sequence[Ticket], now: datetime) -> tuple[Group, ...]:
        with reading(self._engine) as session:
            teams = {row.id: row.team for row in session.scalars(select(ClerkRow))}
        keys: Mapping[Grouping, Callable[[Ticket], str]] = {
            Grouping.TEAM: lambda t: (teams.get(t.clerk, "") or "未分组") if t.clerk else "没有人接手",
            Grouping.REASON: lambda t: IN_CHINESE[t.subject.reason],
            Grouping.CHANNEL: _channel,
            Grouping.LANGUAGE: lambda t: _LANGUAGES.get(t.subject.language, t.subject.language),
        }
        found: list[Group] = []
        for by, key in keys.items():
            sorted_out: dict[str, list[Ticket]] = {}
            for ticket in tickets:
                sorted_out.setdefault(key(ticket), []).append(ticket)
            found += [
                Group(by=by, label=label, figures=_figures(measures, some, now))
                for label, some in sorted(sorted_out.items(), key=lambda pair: (-len(pair[1]), pair[0]))
            ]
        return tuple(found)


def _figures(measures: Sequence[Measure], tickets: Sequence[Ticket], now: datetime) -> tuple[Figure, ...]:
    return tuple(measure.figure(tickets, now) for measure in measures)


def _slices(
    measures: Sequence[Measure], period: Period, span: Span, tickets: Sequence[Ticket], now: datetime
) -> tuple[Slice, ...]:
    shown = [measure for measure in measures if measure.name in _IN_SERIES]
    step = timedelta(hours=1) if period is Period.DAY else timedelta(days=1)
    found: list[Slice] = []
    begins = span.begins
    while begins < min(span.ends, now):
        some = [ticket for ticket in tickets if begins <= ticket.asked_at < begins + step]
        label = f"{begins:%H}时" if period is Period.DAY else f"{begins.month}月{begins.day}日"
        found.append(Slice(label=label, figures=_figures(shown, some, now)))
        begins += step
    return tuple(found)


def _channel(ticket: Ticket) -> str:
    if ticket.choice is Choice.WINDOW:
        return "预约窗口"
    return "电话回电" if ticket.calls or ticket.is_call or ticket.state is State.OWED_CALL else "在线对话"


def _by_a_clerk(ticket: Ticket) -> bool:
    return ticket.ending in _BY_CLERK


def _gave_up(ticket: Ticket, _: datetime) -> float | None:
    if ticket.state is State.CLOSED_NOW or (ticket.answered_at is None and ticket.state is not State.ENDED):
        return None
    return float(ticket.answered_at is None and ticket.ending in _GONE)


def _part(share: float) -> Callable[[Sequence[float]], float]:
    return lambda values: sorted(values)[min(int(share * len(values)), len(values) - 1)]


def _response(ticket: Ticket, _: datetime) -> float | None:
    found = first_response(ticket)
    return found.total_seconds() if found is not None else None


def _further(log: _Log) -> tuple[Measure, ...]:
    def first_contact(ticket: Ticket, _: datetime) -> float | None:
        if not _by_a_clerk(ticket):
            return None
        moved = log.times(ticket.id, Kind.REOPENED) + log.times(ticket.id, Kind.TRANSFERRED)
        done = ticket.ending != Outcome.UNSOLVED.value
        return float(done and not moved and ticket.id not in log.came_again)

    def reopened(ticket: Ticket, _: datetime) -> float | None:
        times = log.times(ticket.id, Kind.REOPENED)
        return float(times > 0) if _by_a_clerk(ticket) or times else None

    quantiles = [
        Measure(
            name=name,
            label=f"首次响应({told})",
            unit=Unit.SECONDS,
            definition=f"从提出要求到工作人员第一句话，{meaning}；回电不计。",
            values=_response,
            together=together,
        )
        for name, told, meaning, together in (
            ("first_response_p75", "75%", "75%的人不超过的秒数", _part(0.75)),
            ("first_response_max", "最长", "最长的一次的秒数", max),
        )
    ]
    return (
        *quantiles,
        Measure(
            name="abandoned",
            label="放弃率",
            unit=Unit.SHARE,
            definition="没等到工作人员第一句话就取消或离开的次数÷已响应或已结束的次数；非工作时间的、还在等的不计。",
            values=_gave_up,
        ),
        *(_choice(log, choice, label) for choice, label in _CHOICES.items()),
        Measure(
            name="reopened",
            label="重新接上的比例",
            unit=Unit.SHARE,
            definition="结束后市民又重新接上至少一次的次数÷由工作人员结束过的次数。",
            values=reopened,
        ),
        Measure(
            name="first_contact",
            label="一次解决率",
            unit=Unit.SHARE,
            definition="以「已解决」或「已指引」结束，没有转接、没有重新接上，七天内同一次对话没有再要求人工的次数÷由工作人员结束的次数。",
            values=first_contact,
        ),
        Measure(
            name="clerks_lost",
            label="工作人员断线",
            unit=Unit.COUNT,
            definition="对话中工作台没有信号或超时不回、换人接手的次数；一次对话可以有几次。",
            values=lambda ticket, now: float(log.times(ticket.id, Kind.CLERK_LOST)),
            together=sum,
        ),
    )


def _choice(log: _Log, choice: Choice, label: str) -> Measure:
    return Measure(
        name=f"chose_{choice.value}",
        label=label,
        unit=Unit.COUNT,
        definition=f"给出选择后，市民{label}的次数；改过主意的每次都计。",
        values=lambda ticket, now: float(log.times(ticket.id, Kind.CHOSE, choice.value)),
        together=sum,
    )
