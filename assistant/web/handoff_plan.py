"""Routes of the staffing planner: helpers by half-hour beside who is planned, on the page and as a table."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field

from assistant.handoff.arrivals import begins, from_text
from assistant.handoff.counting import Counting
from assistant.handoff.shifts import Shifts, ShiftsAsked, as_table, shifts
from assistant.identity.people import Action, Person
from assistant.web import handoff_supervision_schemas as wire
from assistant.web.handoff_parts import HandoffParts
from assistant.web.handoff_reports import download
from assistant.web.staff import Staff


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
                    open=one.open,
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
        return download(as_table(_planned(parts, counting, wanted).plan), "text/csv", "handoff-plan.csv")

    return router


def _planned(parts: HandoffParts, counting: Counting, wanted: PlanWanted) -> Shifts:
    asked = ShiftsAsked(
        arrivals=from_text(wanted.arrivals) if wanted.arrivals.strip() else None,
        talk=wanted.talk_seconds,
        at_once=wanted.at_once,
        present=wanted.present,
        within=wanted.within,
        share=wanted.share,
        days=wanted.days,
    )
    return shifts(parts.handoff, counting, asked)
