"""The JSON of a clerk's work on cases: the list, the documents, give back, accept, decide."""

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from assistant.cases.case import CaseState
from assistant.web.schemas import Text, Wire

Version = Annotated[int, Field(ge=1, le=1_000_000, description="The version that the change was made on.")]
Words = Annotated[Text, Field(min_length=1, max_length=500)]


class DeskCase(Wire):
    """A case in the clerk's list. `due`: the day by which the decision is wanted."""

    id: str
    version: int
    item: str
    name: str
    state: CaseState
    state_label: str
    due: date | None
    changed_at: datetime


class DeskDocument(Wire):
    """A document of the case with what was read from it; `/api/desk/cases/{case}/document?file={id}` shows it."""

    id: str
    material: str
    name: str
    kind: str
    readable: bool
    remark: str
    read: dict[str, str]


class CaseReturned(Wire):
    """Give the case back on this version. What pre-review misses is in the notice anyway; `reasons` go with it."""

    version: Version
    reasons: list[Words] = Field(default_factory=list, max_length=20)
    until: date | None = None


class CaseAccepted(Wire):
    """Take the case on, and until when it will be decided."""

    version: Version
    due: date | None = None


class CaseDecided(Wire):
    """The decision in words for the citizen."""

    version: Version
    granted: bool
    result: Words
