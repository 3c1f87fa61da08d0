"""The JSON of the search test page and of saved evaluation cases."""

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from assistant.storage.evaluation_cases import CaseTask
from assistant.web.console_schemas import Who
from assistant.web.schemas import Text, Wire

Question = Annotated[Text, Field(min_length=1, max_length=500)]


class LegScore(Wire):
    """What one leg gave a candidate."""

    leg: str
    score: float


class CandidatePassage(Wire):
    """A passage found, with each leg's own score."""

    passage: str
    source: str
    version: str
    title: str
    clause: str | None
    heading: str
    text: str
    garbled: bool
    score: float
    legs: list[LegScore]


class CandidateItem(Wire):
    """An item and the probability that the question is about it."""

    slug: str
    name: str
    probability: float
    accepted: bool


class SearchTrial(Wire):
    """Everything that a search found, and what the product would make of it."""

    query: str
    as_of: date
    region: str
    decision: str
    items: list[CandidateItem]
    passages: list[CandidatePassage]
    evidence: float
    evidence_needed: float
    enough: bool
    degraded: str | None
    milliseconds: int


class NewRecognitionCase(Wire):
    """A question and the items it is about; none where nothing in the catalogue fits."""

    query: Question
    region: Text | None = None
    expected: Annotated[list[Text], Field(max_length=20)]
    note: Annotated[Text, Field(max_length=500)] = ""


class NewAnswerCase(Wire):
    """A question, whether it can be answered, what a right answer says and cites."""

    question: Question
    region: Text | None = None
    as_of: date | None = None
    answerable: bool
    facts: Annotated[list[Text], Field(max_length=20)]
    citations: Annotated[list[Text], Field(max_length=20)]
    note: Annotated[Text, Field(max_length=500)] = ""


class CaseLine(Wire):
    """A saved case."""

    id: int
    task: CaseTask
    query: str
    expected: list[str]
    note: str
    saved_at: datetime
    saved_by: Who


class CaseLines(Wire):
    """Saved cases, the newest first."""

    cases: list[CaseLine]
    total: int
