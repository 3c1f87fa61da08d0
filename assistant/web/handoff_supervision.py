"""Routes of supervisors: live board, team figures, staffing, ratings in a closed loop, clerks' skills, reports."""

from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response

from assistant.handoff.clerks import Skills
from assistant.handoff.counting import Counting, Figure
from assistant.handoff.exporting import as_csv
from assistant.handoff.hours import OFFICE_TIME
from assistant.handoff.planning import need
from assistant.handoff.ratings import Rating, RatingState
from assistant.handoff.ticket import Ticket
from assistant.identity.people import Action, Person
from assistant.web import handoff_supervision_schemas as wire
from assistant.web.handoff_desk_schemas import ClerkWanted, WireClerk
from assistant.web.handoff_desk_views import clerk_views
from assistant.web.handoff_parts import HandoffParts
from assistant.web.staff import Staff
from knowledge.life.calendar import is_working_day

_USUAL_TALK = 300.0
_HALF_HOURS = 48
_SHARE = 0.95

Month = Annotated[str, Query(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$")]


def supervision_router(parts: HandoffParts, staff: Staff) -> APIRouter:
    """The routes, bound to the parts."""
    router = APIRouter(prefix="/api/desk/supervision", tags=["supervision"])
    counting = Counting(parts.handoff.log.engine)
    may = Depends(staff.may(Action.SUPERVISE_HELP))
    sees = Depends(staff.may_see(Action.SUPERVISE_HELP))
    _board(router, parts, counting, may)
    _reports(router, parts, counting, may, sees)
    _ratings(router, parts, may, sees)
    _clerks(router, parts, may)
    return router


def _board(router: APIRouter, parts: HandoffParts, counting: Counting, may: Person) -> None:
    @router.get("/board")
    def board(person: Person = may) -> wire.Board:
        """The state now and the day so far, each number with its definition."""
        now = parts.handoff.log.clock()
        begins = _midnight(now.astimezone(OFFICE_TIME).date())
        today = (*counting.figures(begins, now, now), counting.occupancy(begins, now))
        current = counting.now(now)
        teams = [
            wire.TeamBoard(team=one.team, figures=_figures(one.figures)) for one in counting.by_team(begins, now, now)
        ]
        late = [r for r in parts.handoff.ratings.all() if _is_late(r, now)]
        return wire.Board(
            at=now,
            open=parts.handoff.hours.is_open(now),
            now=_figures(current),
            today=_figures(today),
            teams=teams,
            alerts=_alerts(parts, {one.name: one.value for one in (*current, *today)}, len(late)),
        )

    @router.get("/plan")
    def plan(
        person: Person = may,
        talk_seconds: Annotated[float | None, Query(ge=1, le=7200)] = None,
        at_once: Annotated[int, Query(ge=1, le=20)] = 3,
        present: Annotated[float, Query(ge=0.05, le=1)] = 0.85,
        days: Annotated[int, Query(ge=1, le=60)] = 10,
    ) -> wire.StaffingPlan:
        """Helpers for each half-hour so that 95 % are answered in sixty seconds, from the last working days."""
        now = parts.handoff.log.clock()
        tickets = counting.tickets(now - timedelta(days=days * 2 + 7), now)
        arrivals, counted = _arrivals(tickets, now, days)
        talks = [(t.ended_at - t.accepted_at).total_seconds() for t in tickets if t.ended_at and t.accepted_at]
        talk = talk_seconds or (sum(talks) / len(talks) if talks else _USUAL_TALK)
        needs = [need(one, talk, at_once=at_once, present=present, share=_SHARE) for one in arrivals]
        return wire.StaffingPlan(
            days_counted=counted,
            talk_seconds=talk,
            talks_counted=len(talks),
            half_hours=[
                wire.HalfHour(
                    begins=f"{n // 2:02}:{30 * (n % 2):02}",
                    arrivals=one.arrivals,
                    load=one.load,
                    helpers=one.helpers if one.arrivals > 0 else 0,
                    share_within_60s=one.share,
                )
                for n, one in enumerate(needs)
            ],
        )


def _reports(router: APIRouter, parts: HandoffParts, counting: Counting, may: Person, sees: Person) -> None:
    @router.get("/report")
    def report(month: Month, person: Person = may) -> wire.Report:
        """A month: figures of the whole, of each day and team, and the classes of problems."""
        begins, ends = _month(month)
        now = parts.handoff.log.clock()
        days = [begins + timedelta(days=n) for n in range((ends - begins).days)]
        rated = [one for one in parts.handoff.ratings.all(since=begins) if one.rated_at < ends]
        return wire.Report(
            month=month,
            figures=_figures((*counting.figures(begins, ends, now), counting.occupancy(begins, min(ends, now)))),
            days=[
                wire.DayFigures(day=day.date(), figures=_figures(counting.figures(day, day + timedelta(days=1), now)))
                for day in days
                if day <= now
            ],
            teams=[
                wire.TeamBoard(team=one.team, figures=_figures(one.figures))
                for one in counting.by_team(begins, ends, now)
            ],
            ratings={state: sum(one.state is state for one in rated) for state in RatingState},
            problems=[wire.Problem(**asdict(one)) for one in parts.handoff.ratings.classes(min(ends, now))],
        )

    @router.get("/export.csv", response_class=Response)
    def export(month: Month, person: Person = sees) -> Response:
        """The tickets of a month as a table: times and numbers, nobody's words."""
        headers = {"Content-Disposition": f'attachment; filename="handoff-{month}.csv"'}
        content = as_csv(counting.tickets(*_month(month)))
        return Response(content, media_type="text/csv; charset=utf-8", headers=headers)


def _ratings(router: APIRouter, parts: HandoffParts, may: Person, sees: Person) -> None:
    ratings = parts.handoff.ratings

    def told(rating: Rating) -> wire.WireRating:
        return wire.WireRating(**asdict(rating), late=_is_late(rating, parts.handoff.log.clock()))

    @router.get("/ratings")
    def all_ratings(state: RatingState | None = None, person: Person = sees) -> list[wire.WireRating]:
        """Ratings, the newest first."""
        return [told(one) for one in ratings.all(state=state)]

    @router.get("/problems")
    def problems(person: Person = may) -> list[wire.Problem]:
        """Bad ratings by class, thirty days beside the thirty days before."""
        return [wire.Problem(**asdict(one)) for one in ratings.classes(parts.handoff.log.clock())]

    @router.post("/ratings/{ticket}/set-aside")
    def set_aside(ticket: str, wanted: wire.Explained, person: Person = may) -> wire.WireRating:
        """A false or malicious rating: not counted, with the reason."""
        return told(ratings.set_aside(ticket, wanted.why))

    @router.post("/ratings/{ticket}/own")
    def own(ticket: str, wanted: wire.OwnerWanted, person: Person = may) -> wire.WireRating:
        """It is true: who deals with it within five working days, and what class of problem it is."""
        return told(ratings.own(ticket, wanted.owner, wanted.problem))

    @router.post("/ratings/{ticket}/called-back")
    def called_back(ticket: str, person: Person = may) -> wire.WireRating:
        """The citizen was called and heard."""
        return told(ratings.called_back(ticket))

    @router.post("/ratings/{ticket}/mend")
    def mend(ticket: str, wanted: wire.Explained, person: Person = may) -> wire.WireRating:
        """What was done about it."""
        return told(ratings.mend(ticket, wanted.why))

    @router.post("/ratings/{ticket}/check")
    def check(ticket: str, wanted: wire.Checked, person: Person = may) -> wire.WireRating:
        """Somebody other than the owner looks again."""
        return told(ratings.check(ticket, person.id, is_mended=wanted.is_mended))


def _clerks(router: APIRouter, parts: HandoffParts, may: Person) -> None:
    @router.get("/clerks")
    def clerks(person: Person = may) -> list[WireClerk]:
        """Everybody who helps, with skills, duty and load."""
        return clerk_views(parts)

    @router.put("/clerks/{clerk}")
    def enlist(clerk: str, wanted: ClerkWanted, person: Person = may) -> list[WireClerk]:
        """Enlist somebody, or change what they can take. The id is that of their account."""
        chosen = wanted.skills
        skills = Skills(
            departments=tuple(chosen.departments),
            items=tuple(chosen.items),
            districts=tuple(chosen.districts),
            languages=tuple(chosen.languages),
            leads=chosen.leads,
            capacity=chosen.capacity,
        )
        parts.handoff.roster.enlist(clerk, wanted.name, skills, team=wanted.team)
        return clerk_views(parts)


def _alerts(parts: HandoffParts, values: dict[str, float | None], late_ratings: int) -> list[wire.Alert]:
    now = parts.handoff.log.clock()
    share, oldest = values.get("answered_within_60s"), values.get("oldest_wait")
    found = [
        ("nobody_on_duty", parts.handoff.hours.is_open(now) and not values["on_duty"], "工作时间内没有人在岗。"),
        ("long_wait", oldest is not None and oldest > 60, "有人等了超过60秒。"),  # noqa: PLR2004  the minute
        ("below_promise", share is not None and share < _SHARE, "今天的60秒响应率低于95%。"),
        ("calls_late", bool(values["calls_late"]), "有约好的回电到点还没有人接手。"),
        ("ratings_late", late_ratings > 0, f"{late_ratings}条差评过了期限还没有办结。"),
    ]
    return [wire.Alert(code=code, sentence=sentence) for code, holds, sentence in found if holds]


def _arrivals(tickets: tuple[Ticket, ...], now: datetime, days: int) -> tuple[list[float], int]:
    """Mean arrivals of each half-hour over the last working days, today aside: it is not over."""
    today = now.astimezone(OFFICE_TIME).date()
    back = (today - timedelta(days=n) for n in range(1, days * 2 + 8))
    counted = [day for day in back if is_working_day(day)][:days]
    totals = [0.0] * _HALF_HOURS
    for ticket in tickets:
        here = ticket.asked_at.astimezone(OFFICE_TIME)
        if here.date() in counted:
            totals[here.hour * 2 + here.minute // 30] += 1
    return [total / max(len(counted), 1) for total in totals], len(counted)


def _is_late(rating: Rating, now: datetime) -> bool:
    return rating.due_at is not None and rating.due_at < now and rating.state is not RatingState.CLOSED


def _figures(figures: tuple[Figure, ...]) -> list[wire.WireFigure]:
    return [wire.WireFigure(**asdict(one)) for one in figures]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), OFFICE_TIME)


def _month(month: str) -> tuple[datetime, datetime]:
    first = date.fromisoformat(f"{month}-01")
    return _midnight(first), _midnight((first + timedelta(days=32)).replace(day=1))
