"""The JSON of handoff: what a citizen sees of their ticket, and the frames of a live conversation."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from assistant.handoff.happenings import Choice, Kind, Side
from assistant.handoff.reasons import Reason
from assistant.handoff.screening import LONGEST
from assistant.handoff.ticket import State
from assistant.web.schemas import MAX_ID_CHARS, Text, Wire

Id = Annotated[Text, Field(min_length=1, max_length=MAX_ID_CHARS - 16)]
Short = Annotated[Text, Field(max_length=200)]
Words = Annotated[Text, Field(max_length=LONGEST)]


class HandoffWanted(Wire):
    """A citizen wants a person. Everything is optional: why is worked out from the conversation."""

    reason: Reason | None = None
    district: Short | None = None
    language: Literal["zh", "en"] | None = None
    case: Id | None = None
    note: Words | None = None


class HandoffFile(Wire):
    """A file that came with a message. Load it at `url`."""

    id: str
    name: str
    media_type: str
    size: int
    url: str


class HandoffLine(Wire):
    """One line of a ticket: something that was said, or that happened. `seq` counts without gaps.

    `from_person` is true for the words of a clerk and of the citizen, false for what the system says. `clerk_name` is
    who it is about or from, where that is a clerk. `text` of what only happened is a sentence for the citizen.
    """

    type: Literal["line"] = "line"
    seq: int
    kind: Kind
    at: datetime
    side: Side
    from_person: bool
    clerk: str | None
    clerk_name: str | None
    client_id: str | None
    text: str | None
    file: HandoffFile | None
    until: datetime | None
    number: int | None
    word: str | None


class ClerkSeen(Wire):
    """The person at the other end, as the citizen sees them."""

    name: str
    leads: bool


class HandoffChoice(Wire):
    """Something that can be chosen where no person is there in time. `times`: when, where a time has to be chosen."""

    choice: Choice
    label: str
    times: list[datetime]
    needs_phone: bool


class LineTranslation(Wire):
    """A message in the other language, made by a model (AI). `text` null where there is none, `why` says why.

    The original always stands beside it; its numbers are those of the original.
    """

    seq: int
    to: str
    text: str | None
    why: str | None


class HandoffView(Wire):
    """A citizen's ticket as of now.

    `place` and `estimate_seconds` while waiting; null where nobody can say. `choices` is empty until they are offered.
    `xiaoshen_is_silent`: messages go to the person. `notice` says in one sentence how it stands.
    """

    type: Literal["state"] = "state"
    ticket: str
    state: State
    reason: Reason
    asked_at: datetime
    now: datetime
    waited_seconds: int
    place: int | None
    estimate_seconds: int | None
    choice_at: datetime | None
    choices: list[HandoffChoice]
    chosen: Choice | None
    clerk: ClerkSeen | None
    helpers: list[ClerkSeen]
    xiaoshen_is_silent: bool
    call_at: datetime | None
    ending: str | None
    stars: int | None
    read_by_clerk: int
    read_by_citizen: int
    last_seq: int
    notice: str


class HandoffSaying(Wire):
    """A message. Send it again with the same `client_id` until it is acknowledged: it is kept once."""

    client_id: Id
    text: Words = ""
    file: Id | None = None


class HandoffChosen(Wire):
    """What a citizen chose; a call needs a telephone number and a time out of the offered ones."""

    choice: Choice
    at: datetime | None = None
    phone: Short | None = None
    called: Short | None = None


class HandoffRead(Wire):
    """How far somebody has read."""

    seq: Annotated[int, Field(ge=0)]


class HandoffRating(Wire):
    """What a citizen thought of the help: one to five stars, with reasons out of the list or their own words."""

    stars: Annotated[int, Field(ge=1, le=5)]
    reasons: Annotated[list[Short], Field(max_length=10, default_factory=list)]
    text: Words = ""


class RatingReasons(Wire):
    """The reasons that can be tapped."""

    good: list[str]
    bad: list[str]


class TypingFrame(Wire):
    """The other side types. Never kept."""

    type: Literal["typing"] = "typing"
    ticket: str
    side: Side


class SaidFrame(Wire):
    """A message was kept, under this number; its line follows as a frame of its own."""

    type: Literal["said"] = "said"
    ticket: str
    client_id: str
    seq: int


class RefusedFrame(Wire):
    """What was sent could not be done; `message` says why and what to do."""

    type: Literal["refused"] = "refused"
    client_id: str | None
    code: str
    message: str


class AliveFrame(Wire):
    """Nothing new; the line stands."""

    type: Literal["alive"] = "alive"


class LineChangedFrame(Wire):
    """For desks: the line or a ticket changed; `tickets` of those that are watched. Load the queue again."""

    type: Literal["queue"] = "queue"
    tickets: list[str]


class TicketLineFrame(Wire):
    """For desks: a new line of a watched ticket."""

    type: Literal["ticket_line"] = "ticket_line"
    ticket: str
    line: HandoffLine


class SayFrame(HandoffSaying):
    """From the page: say something. `ticket` only from desks."""

    type: Literal["say"]
    ticket: Id | None = None


class TypesFrame(Wire):
    """From the page: somebody types."""

    type: Literal["typing"]
    ticket: Id | None = None


class ReadFrame(HandoffRead):
    """From the page: somebody has read so far."""

    type: Literal["read"]
    ticket: Id | None = None


class WatchFrame(Wire):
    """From a desk: send the lines of this ticket after a number; `on` false: no more."""

    type: Literal["watch"]
    ticket: Id
    after: Annotated[int, Field(ge=0)] = 0
    on: bool = True


InFrame = Annotated[SayFrame | TypesFrame | ReadFrame | WatchFrame, Field(discriminator="type")]
in_frame: TypeAdapter[SayFrame | TypesFrame | ReadFrame | WatchFrame] = TypeAdapter(InFrame)
OutFrame = (
    HandoffLine | HandoffView | TypingFrame | SaidFrame | RefusedFrame | AliveFrame | LineChangedFrame | TicketLineFrame
)


class HandoffFrames(Wire):
    """What goes over an open line: the server sends `sent`, a page sends `received`. Never sent as a whole."""

    sent: OutFrame
    received: InFrame
