"""The JSON of the supervisors' side of handoff."""

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from assistant.handoff.counting import Unit
from assistant.handoff.ratings import RatingState
from assistant.web.handoff_schemas import Id, Short
from assistant.web.schemas import Text, Wire


class WireFigure(Wire):
    """A number with its definition beside it; `of` is how many it rests on."""

    name: str
    label: str
    value: float | None
    unit: Unit
    definition: str
    of: int


class TeamBoard(Wire):
    """The figures of a team."""

    team: str
    figures: list[WireFigure]


class Alert(Wire):
    """Something that somebody has to look at now."""

    code: str
    sentence: str


class Board(Wire):
    """The live board. `open`: people are on duty by the hours."""

    at: datetime
    open: bool
    now: list[WireFigure]
    today: list[WireFigure]
    teams: list[TeamBoard]
    alerts: list[Alert]


class HalfHour(Wire):
    """What a half-hour of a working day needs."""

    begins: str
    arrivals: float
    load: float
    helpers: int
    share_within_60s: float


class StaffingPlan(Wire):
    """Helpers by half-hour (Erlang C). With no conversation counted, the length of one is a guess of five minutes."""

    days_counted: int
    talk_seconds: float
    talks_counted: int
    half_hours: list[HalfHour]


class DayFigures(Wire):
    """The figures of a day."""

    day: date
    figures: list[WireFigure]


class Problem(Wire):
    """A class of problems: bad ratings in thirty days, in the thirty days before, and not yet closed."""

    problem: str
    now: int
    before: int
    open: int


class Report(Wire):
    """A month."""

    month: str
    figures: list[WireFigure]
    days: list[DayFigures]
    teams: list[TeamBoard]
    ratings: dict[RatingState, int]
    problems: list[Problem]


class WireRating(Wire):
    """A rating and what became of it."""

    ticket: str
    stars: int
    reasons: list[str]
    text: str
    rated_at: datetime
    state: RatingState
    set_aside: str | None
    problem: str | None
    owner: str | None
    due_at: datetime | None
    called_back_at: datetime | None
    mended: str | None
    checked_by: str | None
    closed_at: datetime | None
    late: bool


class Explained(Wire):
    """A reason, or what was done."""

    why: Annotated[Text, Field(min_length=1, max_length=500)]


class OwnerWanted(Wire):
    """Who deals with a bad rating, and what class of problem it is."""

    owner: Id
    problem: Annotated[Short, Field(min_length=1)]


class Checked(Wire):
    """Whether it is mended."""

    is_mended: bool
