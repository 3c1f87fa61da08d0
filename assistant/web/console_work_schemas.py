"""The JSON of the work lists."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from assistant.web.console_schemas import Who
from assistant.web.schemas import Text, Wire
from knowledge.life.work import Severity, WorkKind, WorkState


class Span(Wire):
    """Characters of a text that matter."""

    start: int
    end: int


class WorkPlace(Wire):
    """Where to look. `version` is the document's version, where the place is in a document."""

    source: str
    title: str
    text: str
    clause: str | None
    version: str | None
    spans: list[Span]


class WorkLine(Wire):
    """A piece of work: what is wrong or missing, who has it, until when. `late`: the day is over."""

    id: str
    kind: WorkKind
    code: str
    severity: Severity
    title: str
    what: str
    mend: str
    places: list[WorkPlace]
    volume: int
    state: WorkState
    owner: Who | None
    due: date | None
    late: bool
    reason: str | None
    draft: str | None
    found_at: datetime


class WorkCount(Wire):
    """How much of a list waits, and how much of that is late."""

    kind: WorkKind
    waiting: int
    late: int


class WorkLines(Wire):
    """A list, worst first, and the counts of all lists."""

    rows: list[WorkLine]
    total: int
    counts: list[WorkCount]


class WorkStep(Wire):
    """What somebody does with a piece of work."""

    step: Literal["take", "finish", "set_aside", "reopen"]
    reason: Annotated[Text, Field(max_length=500)] = ""
    due: date | None = None


class DraftEntry(Wire):
    """The answer that a gap lacks: it becomes a document that waits for a second person."""

    title: Annotated[Text, Field(min_length=2, max_length=120)]
    question: Annotated[Text, Field(min_length=2, max_length=300)]
    answer: Annotated[Text, Field(min_length=5, max_length=5_000)]
    basis: Annotated[Text, Field(min_length=2, max_length=500)]
    effective_from: date | None = None


class DraftedEntry(Wire):
    """The document that was drafted."""

    document: str
    version: str


class NewWay(Wire):
    """A way of asking, as masked and shown, and the item it is about; none where nothing in the catalogue fits."""

    query: Annotated[Text, Field(min_length=2, max_length=300)]
    item: Annotated[Text, Field(max_length=128)] | None
    note: Annotated[Text, Field(max_length=500)] = ""


class ReportedCase(Wire):
    """What a right answer to a question of the list says, cites and must not say."""

    answerable: bool
    facts: Annotated[list[Text], Field(max_length=20)]
    forbidden: Annotated[list[Text], Field(max_length=20)] = Field(default_factory=list)
    citations: Annotated[list[Text], Field(max_length=20)]
    note: Annotated[Text, Field(max_length=500)] = ""
