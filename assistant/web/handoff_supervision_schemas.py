"""The JSON of the supervisors' side of handoff."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from assistant.handoff.counting import Unit
from assistant.handoff.ratings import Aside, RatingState, RatingStep
from assistant.handoff.reporting import Grouping, Period
from assistant.web.clerk_schemas import SuggestionShare
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
    """A half-hour of a working day: what it needs beside who is planned. `reached`: served in time by those planned."""

    begins: str
    arrivals: float
    load: float
    helpers: int
    share_within: float
    planned: int
    lacking: int
    reached: float
    open: bool


class StaffingPlan(Wire):
    """Helpers by half-hour (Erlang C). `days_counted` is 0 where the arrivals were typed.

    With no conversation counted (`talks_counted` 0), the length of one is a guess of five minutes. Shares of the day
    are over all arrivals; null where nobody comes.
    """

    days_counted: int
    talk_seconds: float
    talks_counted: int
    within: float
    share: float
    at_once: int
    present: float
    half_hours: list[HalfHour]
    reached: float | None
    helper_hours: float
    planned_hours: float


class Problem(Wire):
    """A class of problems: bad ratings in thirty days, in the thirty days before, and not yet closed."""

    problem: str
    now: int
    before: int
    open: int


class ReportGroup(Wire):
    """The figures of the tickets of a team, a reason, a channel or a language."""

    by: Grouping
    label: str
    figures: list[WireFigure]


class ReportSlice(Wire):
    """A few figures of an hour, or of a day."""

    label: str
    figures: list[WireFigure]


class Report(Wire):
    """A day, a week or a month: the whole, groups, parts of the time, and what became of suggested replies."""

    period: Period
    begins: datetime
    ends: datetime
    figures: list[WireFigure]
    groups: list[ReportGroup]
    slices: list[ReportSlice]
    suggestions: list[SuggestionShare]


class Trend(Wire):
    """A class of problems over the last months, the oldest first; in a word whether it is new, recurs, grows."""

    problem: str
    months: list[int]
    open: int
    word: str


class AsideCount(Wire):
    """How many ratings were set aside for a reason."""

    kind: Aside
    label: str
    count: int


class OwnerLoad(Wire):
    """What one person was given to deal with."""

    owner: str
    name: str
    given: int
    open: int
    late: int


class RatingsOfMonth(Wire):
    """The monthly report on 好差评. `stars` counts one star first."""

    month: str
    stars: list[int]
    figures: list[WireFigure]
    asides: list[AsideCount]
    owners: list[OwnerLoad]
    months: list[str]
    problems: list[Trend]


class WireStep(Wire):
    """A step of the way back from a rating, by whom and with what words."""

    step: RatingStep
    by: str
    at: datetime
    word: str | None
    text: str


class WireRating(Wire):
    """A rating and what became of it. `likely_problem`: the class of those before that read most like it."""

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
    owner_name: str | None
    likely_problem: str | None
    steps: list[WireStep]


class Explained(Wire):
    """A reason, or what was done."""

    why: Annotated[Text, Field(min_length=1, max_length=500)]


class AsideWanted(Wire):
    """Why a rating does not count: which kind, and in words."""

    kind: Aside
    why: Annotated[Text, Field(min_length=1, max_length=500)]


class OwnerWanted(Wire):
    """Who deals with a bad rating, and what class of problem it is."""

    owner: Id
    problem: Annotated[Short, Field(min_length=1)]


class Checked(Wire):
    """Whether it is mended."""

    is_mended: bool


class WireTeam(Wire):
    """A team. `hours` null: those of the settings, which `otherwise` says; `open`: on duty by its hours now."""

    name: str
    hours: str | None
    otherwise: str
    open: bool
    opens_at: datetime
    clerks: int
    edited_by: str | None
    edited_at: datetime | None


class TeamWanted(Wire):
    """Hours like `09:00-11:30,13:00-17:30`, `daily 08:00-20:00` or `always`; null: those of the settings."""

    hours: Annotated[str, Field(min_length=1, max_length=120)] | None
