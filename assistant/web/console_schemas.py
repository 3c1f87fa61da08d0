"""The JSON of the knowledge console: documents, passages, uploads, the search test page."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from assistant.web.schemas import MOST, Text, Wire, WirePlace
from ingest.jobs import JobState
from knowledge.life.differences import ChangeKind, WordKind
from knowledge.passages import VersionState
from knowledge.storage.document_lists import DocumentOrder

Why = Annotated[Text, Field(min_length=2, max_length=500)]
Name = Annotated[Text, Field(min_length=1, max_length=200)]


class Who(Wire):
    """A person as the log names them; `name` is what to show."""

    id: str
    name: str


class DocumentLine(Wire):
    """One document of the list: its newest version. `in_force`: some version of it answers citizens."""

    name: str
    version: str
    ordinal: int
    title: str
    number: str | None
    issuer: str | None
    region: str
    state: VersionState
    effective_from: date | None
    effective_to: date | None
    saved_at: datetime
    saved_by: Who
    published_at: datetime | None
    passages: int
    garbled: int
    in_force: bool


class DocumentQuery(Wire):
    """Which page of the list of documents; `state` is that of the newest version, none means any."""

    text: Annotated[str, Field(max_length=200)] = ""
    state: list[VersionState] = Field(default_factory=list)
    region: str = ""
    order: DocumentOrder = DocumentOrder.SAVED
    descending: bool = True
    offset: Annotated[int, Field(ge=0, le=MOST)] = 0
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class DocumentPageSheet(Wire):
    """A page of the list. `counts` are of all documents by state, whatever the filter."""

    rows: list[DocumentLine]
    total: int
    counts: dict[VersionState, int]
    regions: list[str]


class VersionLine(Wire):
    """One version in the life of a document."""

    version: str
    state: VersionState
    effective_from: date | None
    effective_to: date | None


class LifeLine(Wire):
    """One entry of the log."""

    at: datetime
    who: Who
    action: str
    version: str
    why: str


class DocumentSheet(Wire):
    """A document: its newest version, all versions (newest first) and the log (newest first)."""

    document: DocumentLine
    versions: list[VersionLine]
    history: list[LifeLine]


class PassageLine(Wire):
    """A passage beside what was read first. `text` None: disabled. `first` None: the reading has no such place."""

    id: str | None
    text: str | None
    first: str | None
    heading: str
    clause: str | None
    start: int
    end: int
    garbled: bool
    suspicious: bool
    edited: bool
    places: list[WirePlace]


class VersionSheet(Wire):
    """A version with its passages; `etag` has to come back with a change of it."""

    version: str
    name: str
    title: str
    number: str | None
    issuer: str | None
    issued_on: date | None
    effective_from: date | None
    effective_to: date | None
    region: str
    addressees: list[str]
    state: VersionState
    saved_by: Who | None
    newest: bool
    etag: str
    media_type: str
    shown_as: Literal["html", "pdf", "image", "text", "none"]
    passages: list[PassageLine]


class OriginalTextSheet(Wire):
    """The decoded original that offsets count in; `cut` where it is longer than a page can show."""

    text: str
    cut: bool
    reason: str | None


class PassageCorrection(Wire):
    """New wording of the passage at a place; `text` None disables it."""

    start: int
    end: int
    text: Annotated[Text, Field(min_length=1, max_length=20_000)] | None


class Correction(Wire):
    """Corrections that become one new draft."""

    changes: Annotated[list[PassageCorrection], Field(min_length=1, max_length=500)]
    why: Why


class Saved(Wire):
    """The draft that was saved."""

    version: str


class Reason(Wire):
    """Why something is done; it stands in the log."""

    why: Why


class Succession(Wire):
    """Which version, of another document, takes over, and why."""

    successor: Text
    why: Why


class Done(Wire):
    """The revision that readers see now, and whether the index is up to date already."""

    revision: int
    indexed: bool


class Run(Wire):
    """A run of words: those that stayed, went and came."""

    kind: WordKind
    text: str


class ChangedClause(Wire):
    """One clause that is not what it was."""

    kind: ChangeKind
    label: str
    heading: str
    anchor: str
    words: list[Run]


class VersionDifference(Wire):
    """Two versions by clause; clauses that are the same are only counted."""

    before: str | None
    after: str
    changes: list[ChangedClause]
    same: int


class TouchedItem(Wire):
    """A service item whose answers rest on the document."""

    source: str
    name: str
    why: str


class Effect(Wire):
    """What publishing or withdrawing would do, in numbers, and the sentence that the button says."""

    added: int
    changed: int
    removed: int
    same: int
    items: list[TouchedItem]
    sentence: str
    may: bool
    why_not: str | None


class JobLine(Wire):
    """One uploaded file on its way in."""

    id: str
    batch: str
    name: str
    size: int
    state: JobState
    reason: str | None
    progress: float
    submitted_at: datetime
    passages: int
    garbled: int
    version: str | None
    title: str | None
    warnings: list[str]


class JobLines(Wire):
    """Uploaded files, the newest first."""

    jobs: list[JobLine]
    open: int
