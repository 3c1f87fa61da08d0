"""Routes of the staffing planner: helpers by half-hour beside who is planned, on the page and as a table."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from assistant.handoff.arrivals import HALF_HOURS, Arrivals, begins, from_history, from_text
from assistant.handoff.counting import Counting
from assistant.handoff.exporting import table
from assistant.handoff.hours import OFFICE_TIME
from assistant.handoff.planning import DayPlan, Staffing, day_plan
from assistant.handoff.roster import planned_helpers
from assistant.identity.people import Action, Person
from assistant.web import handoff_supervision_schemas as wire
from assistant.web.handoff_parts import HandoffParts
from assistant.web.handoff_reports import download
from assistant.web.staff import Staff
from knowledge.life.calendar import is_working_day

_USUAL_TALK = 300.0
_HEADER = ("时段", "要求人工(次)", "同时对话(平均)", "需要(人)", "按需要可达", "已排(人)", "还差(人)", "按已排可达")


class PlanWanted(BaseModel):
    """What is assumed. Arrivals and the length of a conversation come from history where they are left out."""

    model_config = ConfigDict(extra="forbid")

    arrivals: Annotated[str, Field(max_length=4000)] = ""
    talk_seconds: Annotated[float | None, Field(ge=1, le=7200)] = None
    at_once: Annotated[int, Field(ge=1, le=20)] = 3
    present: Annotated[float, Field(ge=0.05, le=1)] = 0.85
    within: Annotated[float, Field(ge=1, le=3600)] = 60
    share: Annotated[float, Field(ge=0.5, le=0.999)] = 0.95
    days: Annotated[int, Field(ge=1, le=60)] = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class _Planned:
    arrivals: Arrivals
    by: Staffing
    talks: int
    plan: DayPlan


Wanted = Annotated[PlanWanted, Query()]


def plan_router(parts: HandoffParts, staff: Staff, counting: Counting) -> APIRouter:
    """The routes, bound to the parts."""
    router = APIRouter()
    may = Depends(staff.may(Action.SUPERVISE_HELP))

    @router.get("/plan")
    def plan(wanted: Wanted, person: Person = may) -> wire.StaffingPlan:
        """Helpers for each half-hour so that 95 % are answered in sixty seconds, beside who is planned."""
        found = _planned(parts, counting, wanted)
        return wire.StaffingPlan(
            days_counted=found.arrivals.days,
            talk_seconds=found.by.talk,
            talks_counted=found.talks,
            within=found.by.within,
            share=found.by.share,
            at_once=found.by.at_once,
            present=found.by.present,
            half_hours=[
                wire.HalfHour(
                    begins=begins(n),
                    arrivals=one.need.arrivals,
                    load=one.need.load,
                    helpers=one.need.helpers,
                    share_within=one.need.share,
                    planned=one.planned,
                    lacking=one.lacking,
                    reached=one.reached,
                )
                for n, one in enumerate(found.plan.half_hours)
            ],
            reached=found.plan.reached,
            helper_hours=found.plan.helper_hours,
            planned_hours=found.plan.planned_hours,
        )

    @router.get("/plan.csv", response_class=Response)
    def plan_csv(wanted: Wanted, person: Person = may) -> Response:
        """The same for a spreadsheet."""
        return download(plan_table(_planned(parts, counting, wanted).plan), "text/csv", "handoff-plan.csv")

    return router


def plan_table(plan: DayPlan) -> str:
    """A plan as a table."""
    rows = (
        (
            begins(n),
            f"{one.need.arrivals:.1f}",
            f"{one.need.load:.2f}",
            str(one.need.helpers),
            f"{one.need.share:.1%}",
            str(one.planned),
            str(max(one.lacking, 0)),
            f"{one.reached:.1%}",
        )
        for n, one in enumerate(plan.half_hours)
    )
    return table(_HEADER, rows)


def _planned(parts: HandoffParts, counting: Counting, wanted: PlanWanted) -> _Planned:
    now = parts.handoff.log.clock()
    tickets = counting.tickets(now - timedelta(days=wanted.days * 2 + 15), now)
    arrivals = from_text(wanted.arrivals) if wanted.arrivals.strip() else None
    arrivals = arrivals or from_history((ticket.asked_at for ticket in tickets), now, wanted.days)
    talks = [(t.ended_at - t.accepted_at).total_seconds() for t in tickets if t.ended_at and t.accepted_at]
    talk = wanted.talk_seconds or (sum(talks) / len(talks) if talks else _USUAL_TALK)
    by = Staffing(talk=talk, within=wanted.within, share=wanted.share, at_once=wanted.at_once, present=wanted.present)
    planned = planned_helpers(parts.handoff.roster.all(), parts.handoff.teams, _a_working_day(now))
    plan = day_plan(arrivals.by_half_hour, planned, by)
    return _Planned(arrivals=arrivals, by=by, talks=len(talks), plan=plan)


def _a_working_day(now: datetime) -> tuple[datetime, ...]:
    """The moments in the middle of each half-hour of the next working day: who is planned is asked of them."""
    day = now.astimezone(OFFICE_TIME).date()
    while not is_working_day(day):
        day += timedelta(days=1)
    first = datetime.combine(day, time(0, 15), OFFICE_TIME)
    return tuple(first + timedelta(minutes=30 * n) for n in range(HALF_HOURS))
