"""Routes of supervisors: the live board with its alerts, and what stands in files of its own beside it."""

from fastapi import APIRouter, Depends

from assistant.handoff.counting import Counting
from assistant.handoff.hours import OFFICE_TIME
from assistant.handoff.reporting import midnight
from assistant.identity.people import Action, Person
from assistant.web import handoff_supervision_schemas as wire
from assistant.web.handoff_parts import HandoffParts
from assistant.web.handoff_plan import plan_router
from assistant.web.handoff_ratings import ratings_router
from assistant.web.handoff_reports import figure_views, reports_router
from assistant.web.handoff_teams import teams_router
from assistant.web.staff import Staff

_SHARE = 0.95


def supervision_router(parts: HandoffParts, staff: Staff) -> APIRouter:
    """The routes, bound to the parts."""
    router = APIRouter(prefix="/api/desk/supervision", tags=["supervision"])
    counting = Counting(parts.handoff.log.engine)
    may = Depends(staff.may(Action.SUPERVISE_HELP))
    _board(router, parts, counting, may)
    router.include_router(reports_router(parts, staff, counting))
    router.include_router(plan_router(parts, staff, counting))
    router.include_router(ratings_router(parts, staff))
    router.include_router(teams_router(parts, staff))
    return router


def _board(router: APIRouter, parts: HandoffParts, counting: Counting, may: Person) -> None:
    @router.get("/board")
    def board(person: Person = may) -> wire.Board:
        """The state now and the day so far, each number with its definition."""
        now = parts.handoff.log.clock()
        begins = midnight(now.astimezone(OFFICE_TIME).date())
        today = (*counting.figures(begins, now, now), counting.occupancy(begins, now))
        current = counting.now(now)
        teams = [
            wire.TeamBoard(team=one.team, figures=figure_views(one.figures))
            for one in counting.by_team(begins, now, now)
        ]
        late = parts.handoff.ratings.late(now)
        return wire.Board(
            at=now,
            open=parts.handoff.hours.is_open(now),
            now=figure_views(current),
            today=figure_views(today),
            teams=teams,
            alerts=_alerts(parts, {one.name: one.value for one in (*current, *today)}, late, counting.lost(now)),
        )


def _alerts(parts: HandoffParts, values: dict[str, float | None], late: int, lost: int) -> list[wire.Alert]:
    now = parts.handoff.log.clock()
    share, oldest = values.get("answered_within_60s"), values.get("oldest_wait")
    found = [
        ("nobody_on_duty", parts.handoff.hours.is_open(now) and not values["on_duty"], "工作时间内没有人在岗。"),
        ("long_wait", oldest is not None and oldest > 60, "有人等了超过60秒。"),  # noqa: PLR2004  the minute
        ("below_promise", share is not None and share < _SHARE, "今天的60秒响应率低于95%。"),
        ("calls_late", bool(values["calls_late"]), "有约好的回电到点还没有人接手。"),
        ("clerk_lost", lost > 0, f"10分钟内有{lost}次工作人员断线，已换人接手。"),
        ("ratings_late", late > 0, f"{late}条差评过了期限还没有核实或办结。"),
    ]
    return [wire.Alert(code=code, sentence=sentence) for code, holds, sentence in found if holds]
