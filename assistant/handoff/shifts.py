"""The plan of a working day: arrivals of history or as typed, the helpers they need, and who is planned by team."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from assistant.handoff.arrivals import HALF_HOURS, Arrivals, begins, from_history
from assistant.handoff.building import Handoff
from assistant.handoff.counting import Counting
from assistant.handoff.exporting import table
from assistant.handoff.hours import OFFICE_TIME
from assistant.handoff.planning import DayPlan, Staffing, day_plan
from assistant.handoff.roster import planned_helpers
from knowledge.life.calendar import is_working_day

_USUAL_TALK = 300.0
_HEADER = ("时段", "要求人工(次)", "同时对话(平均)", "需要(人)", "按需要可达", "已排(人)", "还差(人)", "按已排可达")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftsAsked:
    """What is assumed. Arrivals and the length of a conversation come from history where they are None."""

    arrivals: Arrivals | None = None
    talk: float | None = None
    at_once: int = 3
    present: float = 0.85
    within: float = 60.0
    share: float = 0.95
    days: int = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Shifts:
    """The plan, and what it rests on: `talks` conversations were counted, 0 where their length is a guess."""

    arrivals: Arrivals
    by: Staffing
    talks: int
    plan: DayPlan


def shifts(handoff: Handoff, counting: Counting, asked: ShiftsAsked) -> Shifts:
    """The plan of the next working day."""
    now = handoff.log.clock()
    tickets = counting.tickets(now - timedelta(days=asked.days * 2 + 15), now)
    arrivals = asked.arrivals or from_history((ticket.asked_at for ticket in tickets), now, asked.days)
    talks = [(t.ended_at - t.accepted_at).total_seconds() for t in tickets if t.ended_at and t.accepted_at]
    talk = asked.talk or (sum(talks) / len(talks) if talks else _USUAL_TALK)
    by = Staffing(talk=talk, within=asked.within, share=asked.share, at_once=asked.at_once, present=asked.present)
    moments = _a_working_day(now)
    planned = planned_helpers(handoff.roster.all(), handoff.teams, moments)
    opened = [handoff.hours.is_open(moment) for moment in moments]
    plan = day_plan(arrivals.by_half_hour, planned, by, opened)
    return Shifts(arrivals=arrivals, by=by, talks=len(talks), plan=plan)


def as_table(plan: DayPlan) -> str:
    """A plan for spreadsheets."""
    rows = (
        (
            begins(n),
            f"{one.need.arrivals:.1f}",
            f"{one.need.load:.2f}",
            str(one.need.helpers),
            f"{one.need.share:.1%}",
            str(one.planned),
            str(max(one.lacking, 0)) if one.open else "不当班",
            f"{one.reached:.1%}",
        )
        for n, one in enumerate(plan.half_hours)
    )
    return table(_HEADER, rows)


def _a_working_day(now: datetime) -> tuple[datetime, ...]:
    """The middle of each half-hour of today or the next working day: who is planned then counts."""
    day = now.astimezone(OFFICE_TIME).date()
    while not is_working_day(day):
        day += timedelta(days=1)
    first = datetime.combine(day, time(0, 15), OFFICE_TIME)
    return tuple(first + timedelta(minutes=30 * n) for n in range(HALF_HOURS))
