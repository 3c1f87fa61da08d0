"""Routes of 好差评: each rating from the first look to the check by somebody else, and the month's report."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response

from assistant.handoff.rating_report import RatingReport, likely_class, rating_report
from assistant.handoff.ratings import BAD, Rating, RatingState, StepTaken
from assistant.handoff.sheets import ASIDES, Sheet, as_page, as_spreadsheet, rating_sheet, trend_words
from assistant.identity.people import Action, Person
from assistant.web import handoff_supervision_schemas as wire
from assistant.web.handoff_parts import HandoffParts
from assistant.web.handoff_reports import download, figure_views
from assistant.web.staff import Staff

Month = Annotated[str, Query(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$")]
_MOST = 500


def ratings_router(parts: HandoffParts, staff: Staff) -> APIRouter:
    """The routes, bound to the parts."""
    router = APIRouter()
    may = Depends(staff.may(Action.SUPERVISE_HELP))
    sees = Depends(staff.may_see(Action.SUPERVISE_HELP))
    _looking(router, parts, may, sees)
    _stepping(router, parts, may)
    _reporting(router, parts, may, sees)
    return router


def _looking(router: APIRouter, parts: HandoffParts, may: Person, sees: Person) -> None:
    ratings = parts.handoff.ratings

    @router.get("/ratings")
    def all_ratings(state: RatingState | None = None, person: Person = sees) -> list[wire.WireRating]:
        """Ratings, the newest first, with what was done about each."""
        found = ratings.all(state=state)[:_MOST]
        known = [one for one in ratings.all() if one.stars <= BAD]
        return [_told(parts, one, ratings.steps(ticket=one.ticket), known) for one in found]

    @router.get("/problems")
    def problems(person: Person = may) -> list[wire.Problem]:
        """Bad ratings by class, thirty days beside the thirty days before."""
        return [wire.Problem(**asdict(one)) for one in ratings.classes(parts.handoff.log.clock())]


def _stepping(router: APIRouter, parts: HandoffParts, may: Person) -> None:
    ratings = parts.handoff.ratings

    def told(rating: Rating) -> wire.WireRating:
        return _told(parts, rating, ratings.steps(ticket=rating.ticket), ())

    @router.post("/ratings/{ticket}/set-aside")
    def set_aside(ticket: str, wanted: wire.AsideWanted, person: Person = may) -> wire.WireRating:
        """A person found it false or malicious: not counted, with the reason."""
        return told(ratings.set_aside(ticket, wanted.kind, wanted.why, by=person.id))

    @router.post("/ratings/{ticket}/own")
    def own(ticket: str, wanted: wire.OwnerWanted, person: Person = may) -> wire.WireRating:
        """A person found it true: who deals with it within five working days, and what class of problem it is."""
        return told(ratings.own(ticket, wanted.owner, wanted.problem, by=person.id))

    @router.post("/ratings/{ticket}/called-back")
    def called_back(ticket: str, wanted: wire.Explained, person: Person = may) -> wire.WireRating:
        """The citizen was called and heard; what they said."""
        return told(ratings.called_back(ticket, wanted.why, by=person.id))

    @router.post("/ratings/{ticket}/mend")
    def mend(ticket: str, wanted: wire.Explained, person: Person = may) -> wire.WireRating:
        """What was done about it."""
        return told(ratings.mend(ticket, wanted.why, by=person.id))

    @router.post("/ratings/{ticket}/check")
    def check(ticket: str, wanted: wire.Checked, person: Person = may) -> wire.WireRating:
        """Somebody other than the owner looks again."""
        return told(ratings.check(ticket, person.id, is_mended=wanted.is_mended))


def _reporting(router: APIRouter, parts: HandoffParts, may: Person, sees: Person) -> None:
    def of(month: str) -> RatingReport:
        return rating_report(parts.handoff.ratings, date.fromisoformat(f"{month}-01"), parts.handoff.log.clock())

    def sheet(month: str) -> Sheet:
        found = of(month)
        return rating_sheet(found, {one.owner: parts.clerk_name(one.owner) or one.owner for one in found.owners})

    @router.get("/ratings/report")
    def report(month: Month, person: Person = may) -> wire.RatingsOfMonth:
        """A month: verified, set aside, owners, deadlines, calls, checks, classes of problems with their trend."""
        found = of(month)
        return wire.RatingsOfMonth(
            month=month,
            stars=list(found.stars),
            figures=figure_views(found.figures),
            asides=[wire.AsideCount(kind=kind, label=ASIDES[kind], count=n) for kind, n in found.asides],
            owners=[
                wire.OwnerLoad(**asdict(one), name=parts.clerk_name(one.owner) or one.owner) for one in found.owners
            ],
            months=list(found.months),
            problems=[
                wire.Trend(
                    problem=one.problem,
                    months=list(one.months),
                    open=one.open,
                    word=trend_words(one.is_new, one.recurs, one.grows),
                )
                for one in found.problems
            ],
        )

    @router.get("/ratings/report.csv", response_class=Response)
    def report_csv(month: Month, person: Person = sees) -> Response:
        """The same for a spreadsheet, with the bad ratings one by one."""
        return download(as_spreadsheet(sheet(month)), "text/csv", f"ratings-{month}.csv")

    @router.get("/ratings/report.html", response_class=Response)
    def report_html(month: Month, person: Person = sees) -> Response:
        """The same to print."""
        return download(as_page(sheet(month)), "text/html", f"ratings-{month}.html")


def _told(parts: HandoffParts, rating: Rating, steps: Sequence[StepTaken], known: Sequence[Rating]) -> wire.WireRating:
    now = parts.handoff.log.clock()
    done = {RatingState.CLOSED, RatingState.SET_ASIDE, RatingState.COUNTED}
    return wire.WireRating(
        **asdict(rating),
        late=rating.due_at is not None and rating.due_at < now and rating.state not in done,
        owner_name=parts.clerk_name(rating.owner),
        likely_problem=likely_class(rating, known) if rating.state is RatingState.NEW else None,
        steps=[
            wire.WireStep(step=one.step, by=parts.clerk_name(one.by) or one.by, at=one.at, word=one.word, text=one.text)
            for one in steps
        ],
    )
