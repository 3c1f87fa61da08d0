"""The JSON of the HTTP edge. The page's TypeScript types are generated from these classes (see web/shared)."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter
from pydantic_core import PydanticCustomError

from assistant.cases.case import CaseState
from assistant.cases.reply import CardKind
from assistant.events import Status, StepKind, Why
from knowledge.statements import Facet

MAX_ID_CHARS = 80


def readable(text: str) -> str:
    """Refuse lone surrogates: JSON can spell them, but they are no characters and no file or socket takes them."""
    try:
        text.encode()
    except UnicodeEncodeError as broken:
        raise PydanticCustomError("string_unicode", "half of a character") from broken
    return text


Text = Annotated[str, AfterValidator(readable)]

MOST = 2**31 - 1
"""The largest number that somebody may ask for: no database takes any number that JSON can spell."""


class Wire(BaseModel):
    """Base of everything that goes over the wire: frozen, and no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class NamedItem(Wire):
    """A service item with its official name."""

    slug: str
    name: str


class ItemRecognizedEvent(Wire):
    """Which items the answer is about."""

    type: Literal["item_recognized"] = "item_recognized"
    decision: str
    items: list[NamedItem]


class WireCitation(Wire):
    """A source of the answer; `anchor` is the place to open it at."""

    number: int
    source: str
    title: str
    version: str
    effective_from: date | None
    effective_to: date | None
    clause: str | None
    quote: str
    anchor: str
    url: str


class SourcesFoundEvent(Wire):
    """The sources that the sentences point to by number."""

    type: Literal["sources_found"] = "sources_found"
    citations: list[WireCitation]


class SentenceEvent(Wire):
    """One sentence of the answer."""

    type: Literal["sentence"] = "sentence"
    id: int
    text: str
    citations: list[int]


class SentencesReplacedEvent(Wire):
    """Sentences that are taken back; others follow."""

    type: Literal["sentences_replaced"] = "sentences_replaced"
    ids: list[int]
    reason: str


class WireCardRow(Wire):
    """One line of a card."""

    text: str
    note: str | None
    citation: int | None


class WireCardSection(Wire):
    """One facet of the item."""

    facet: Facet
    title: str
    rows: list[WireCardRow]
    confirmed: bool


class ItemCardEvent(Wire):
    """The item at a glance."""

    type: Literal["item_card"] = "item_card"
    item: NamedItem
    department: str
    sections: list[WireCardSection]
    focus: Facet | None


class WireChoice(Wire):
    """One answer to a question back."""

    label: str
    send: str
    item: str | None


class QuestionBackEvent(Wire):
    """The one question of a turn."""

    type: Literal["question_back"] = "question_back"
    text: str
    choices: list[WireChoice]


class CaseMovedEvent(Wire):
    """The citizen's case as it stands now: `done` of `total` things are there."""

    type: Literal["case_moved"] = "case_moved"
    case: str
    version: int
    item: NamedItem
    state: CaseState
    state_label: str
    done: int
    total: int


class CaseCardEvent(Wire):
    """A card of the case in the conversation; what can be changed there is loaded from the case."""

    type: Literal["case_card"] = "case_card"
    case: str | None
    kind: CardKind
    rows: list[WireCardRow]


class NextStepEvent(Wire):
    """A way on, shown as a button."""

    type: Literal["next_step"] = "next_step"
    kind: StepKind
    label: str
    value: str


class TurnFinishedEvent(Wire):
    """The end of the turn. The guard's flags stay inside."""

    type: Literal["turn_finished"] = "turn_finished"
    status: Status
    why: Why
    item: str | None
    composer: str
    degraded: bool


class StoppedEvent(Wire):
    """The citizen pressed stop; nothing follows."""

    type: Literal["stopped"] = "stopped"


class FailedEvent(Wire):
    """The turn broke off on our side; sending the same message again runs it anew."""

    type: Literal["failed"] = "failed"
    message: str
    incident: str


WireEvent = Annotated[
    ItemRecognizedEvent
    | SourcesFoundEvent
    | SentenceEvent
    | SentencesReplacedEvent
    | ItemCardEvent
    | QuestionBackEvent
    | CaseMovedEvent
    | CaseCardEvent
    | NextStepEvent
    | TurnFinishedEvent
    | StoppedEvent
    | FailedEvent,
    Field(discriminator="type"),
]
wire_event: TypeAdapter[WireEvent] = TypeAdapter(WireEvent)


class ConversationCreated(Wire):
    """The id under which the browser finds its conversation again. Whoever knows it can read it."""

    id: str


class Message(BaseModel):
    """A citizen's message. Unknown keys are ignored, so that an older server takes a newer page's message."""

    text: Text
    client_id: Text = Field(
        min_length=1, max_length=MAX_ID_CHARS, description="Chosen by the browser; makes retries safe."
    )
    language: Literal["zh", "en"] | None = None
    region: Text | None = Field(default=None, max_length=40)
    audience: Literal["个人", "法人"] | None = None
    case: Text | None = Field(default=None, max_length=MAX_ID_CHARS, description="The case that the page shows.")


class WireTurn(Wire):
    """A turn as it can be shown again."""

    client_id: str
    text: str
    at: datetime
    events: list[WireEvent]


class WireConversation(Wire):
    """A conversation as it can be resumed. `running` is the client id of a turn that is being answered now."""

    id: str
    turns: list[WireTurn]
    running: str | None


class Situation(Wire):
    """A situation of life that opens to questions."""

    id: str
    title: str
    questions: list[str]


class Suggestions(Wire):
    """What to ask: by situation, and a few to begin with."""

    opening: str
    label: str
    situations: list[Situation]
    questions: list[str]


class WirePlace(Wire):
    """A page of the original, and the rectangles of the lines on it: left, top, right, bottom as shares of the page."""

    page: int
    boxes: list[tuple[float, float, float, float]]


class WireStatement(Wire):
    """One thing a source says. `confirmed` is false where its own source is missing, or its text is damaged.

    `places` are the pages of the original on which it stands, where the original has pages.
    """

    anchor: str
    facet: Facet
    question: str | None
    text: str
    clause: str | None
    confirmed: bool
    origins: list[int]
    places: list[WirePlace]


class WireOrigin(Wire):
    """Where a source comes from."""

    number: int
    title: str
    url: str | None
    date: str | None
    locator: str | None


class SourceSheet(Wire):
    """A source as the page shows it: what it is, whether it holds, what it says, and where it comes from.

    `in_force` is None where the dates are not known. `unconfirmed` counts what is left out for want of a source.
    `original` is the address of the file as the office sent it, `page_pictures` that of its pages as pictures:
    the number of a page follows it.
    """

    source: str
    title: str
    kind: Literal["item", "policy", "document"]
    version: str
    is_current_version: bool
    effective_from: date | None
    effective_to: date | None
    in_force: bool | None
    issuer: str | None
    number: str | None
    anchor: str | None
    statements: list[WireStatement]
    unconfirmed: int
    origins: list[WireOrigin]
    original: str | None
    page_pictures: str | None
    notes: list[str]


class ItemSheet(Wire):
    """A service item with everything a person may read."""

    slug: str
    name: str
    department: str
    region: str
    version: str
    effective_from: date | None
    sections: list[WireCardSection]
    related: list[NamedItem]


class Health(Wire):
    """Whether the process lives, or can answer, if worse than it should; `problem` says what is missing."""

    status: Literal["ok", "degraded", "not_ready"]
    problem: str | None = None


class ErrorBody(Wire):
    """What went wrong and what to do next. `incident` finds the log entry."""

    code: str
    message: str
    incident: str | None = None


class ErrorAnswer(Wire):
    """The body of every answer that is not a success."""

    error: ErrorBody
