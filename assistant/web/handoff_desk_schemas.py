"""The JSON of the clerks' side of handoff."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from assistant.handoff.clerks import Duty
from assistant.handoff.happenings import Choice, Outcome
from assistant.handoff.reasons import Reason
from assistant.handoff.ticket import State, Tier
from assistant.handoff.visiting import VisitState
from assistant.web.handoff_schemas import HandoffLine, Id, Short, Words
from assistant.web.handoff_story import HandoffStory
from assistant.web.schemas import NamedItem, Wire


class WireSkills(Wire):
    """What a clerk can take. `*` stands for all; `leads`: leading cadre who helps out (领导帮办)."""

    departments: Annotated[list[Short], Field(max_length=200, default_factory=lambda: ["*"])]
    items: Annotated[list[Short], Field(max_length=500, default_factory=list)]
    districts: Annotated[list[Short], Field(max_length=40, default_factory=lambda: ["*"])]
    languages: Annotated[list[Short], Field(max_length=20, default_factory=lambda: ["zh"])]
    leads: bool = False
    capacity: Annotated[int, Field(ge=1, le=20)] = 3


class ClerkWanted(Wire):
    """A clerk as a supervisor enlists them. The id is that of their account."""

    name: Annotated[str, Field(min_length=1, max_length=40)]
    team: Short = ""
    skills: WireSkills


class WireClerk(Wire):
    """A clerk as they are now."""

    id: str
    name: str
    team: str
    duty: Duty
    is_there: bool
    load: int
    skills: WireSkills


class DutyWanted(Wire):
    """Go on duty, take a break, or go."""

    duty: Duty


class DeskTicket(Wire):
    """A ticket as a desk lists it. Times are moments; `now` of the answer is the server's clock to count from.

    `offered_until` only where it rings at this desk. `answer_by`: when the citizen has to have an answer.
    """

    ticket: str
    conversation: str
    state: State
    tier: Tier
    reason: Reason
    reason_text: str
    item: NamedItem | None
    department: str | None
    district: str | None
    language: str
    case: str | None
    asked_at: datetime
    waiting_since: datetime
    choice_at: datetime | None
    choice_offered_at: datetime | None
    chosen: Choice | None
    rings_here: bool
    offered_until: datetime | None
    clerk: str | None
    clerk_name: str | None
    helpers: list[str]
    accepted_at: datetime | None
    answered_at: datetime | None
    answer_by: datetime | None
    is_call: bool
    call_at: datetime | None
    unread: int
    last_seq: int
    read_by_citizen: int
    read_by_clerk: int
    ending: str | None


class DeskQueue(Wire):
    """What a desk shows on the left: rings, mine, waiting, calls that are owed, what this desk ended lately."""

    now: datetime
    me: WireClerk
    ringing: list[DeskTicket]
    mine: list[DeskTicket]
    waiting: list[DeskTicket]
    calls: list[DeskTicket]
    ended: list[DeskTicket]


class TicketStory(Wire):
    """Everything about a ticket: what was said before, and the log since."""

    ticket: DeskTicket
    story: HandoffStory | None
    lines: list[HandoffLine]


class NextTicket(Wire):
    """The ticket that was taken; null where there is none for this desk."""

    ticket: DeskTicket | None


class TransferWanted(Wire):
    """To whom: a clerk, a department, or with neither whoever is free; `note` is for the next clerk only."""

    clerk: Id | None = None
    department: Short | None = None
    note: Words = ""


class InviteWanted(Wire):
    """Who should join."""

    clerk: Id


class EndWanted(Wire):
    """How it ended; `note` is for colleagues only."""

    outcome: Outcome
    note: Words = ""


class CalledWanted(Wire):
    """How a call went."""

    reached: bool


class WireContact(Wire):
    """How to reach the citizen, for this call only."""

    phone: str
    called: str


class WireVisit(Wire):
    """An appointment at a window. `called`: as the citizen wants to be addressed; `phone`: its ends only.

    `mine`: received by who asks, so that the story (`/tickets/{ticket}`) and the panel open.
    """

    ticket: str
    at: datetime
    state: VisitState
    item: NamedItem | None
    department: str | None
    language: str
    reason_text: str
    has_case: bool
    called: str | None
    phone: str | None
    clerk_name: str | None
    mine: bool


class VisitList(Wire):
    """The appointments at the window from today on, and earlier ones that nobody marked, the next first."""

    now: datetime
    visits: list[WireVisit]
