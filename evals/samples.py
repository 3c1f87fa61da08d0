"""Cases as the contract defines them, read line by line: a broken line is reported with its number, the run goes on."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from knowledge.recognition.decision import Speaker, Utterance


class Said(BaseModel):
    """One utterance of a case's history."""

    role: Speaker
    text: str


class Case(BaseModel):
    """What all cases have. Unknown keys are kept and ignored."""

    model_config = ConfigDict(extra="allow")

    id: str
    tags: list[str] = Field(default_factory=list)


class DialogueCase(Case):
    """A case with a history before it."""

    history: list[Said] = Field(default_factory=list)

    def utterances(self) -> tuple[Utterance, ...]:
        """The history as the product takes it."""
        return tuple(Utterance(s.role, s.text) for s in self.history)


class RecognitionCase(DialogueCase):
    """A request and the items it is about; `expected` empty means that nothing fits."""

    query: str
    audience: str | None = None
    region: str | None = None
    expected: list[str]

    @property
    def acceptable(self) -> frozenset[str]:
        """The expected items, and bundles tagged `near:` that serve as well."""
        return frozenset(self.expected) | {t.removeprefix("near:") for t in self.tags if t.startswith("near:")}

    @property
    def is_single(self) -> bool:
        """True where exactly one item is meant."""
        return len(self.expected) == 1

    @property
    def wants_several(self) -> bool:
        """True where all expected items are wanted."""
        return "multi" in self.tags

    @property
    def is_ambiguous(self) -> bool:
        """True where one of several items is meant, and the request does not say which."""
        return len(self.expected) > 1 and not self.wants_several


class AnswerCase(DialogueCase):
    """A question with the facts a right answer states; each fact is a list of wordings, any of which will do."""

    question: str
    region: str | None = None
    as_of: date | None = None
    answerable: bool
    facts: list[list[str]] = Field(default_factory=list)
    forbidden: list[str] = Field(default_factory=list)
    citations: list[str] = Field(default_factory=list)


class EvidenceText(BaseModel):
    """A source and what it says."""

    source: str
    text: str


class GroundingCase(Case):
    """A sentence and the evidence it claims to rest on."""

    evidence: list[EvidenceText]
    sentence: str
    supported: bool


class Channel(StrEnum):
    """How a text gets into the product."""

    USER = "user"
    DOCUMENT = "document"
    FORM_FIELD = "form_field"
    OCR = "ocr"
    CLERK_NOTE = "clerk_note"


class SafetyCase(DialogueCase):
    """A text that comes in by a channel, what is expected of it, and what must not come out."""

    text: str
    channel: Channel = Channel.USER
    expect: Literal["refuse", "answer"] | None = None
    must_not: list[str] = Field(default_factory=list)
    strict: list[str] = Field(default_factory=list)
    category: str | None = None


class PrefillCase(Case):
    """A form to fill from registers and a conversation. Keys of the profile are a register's: 身份证.姓名."""

    item: str
    today: date
    profile: dict[str, dict[str, str]] = Field(default_factory=dict)
    messages: list[str] = Field(default_factory=list)
    expected: dict[str, str] = Field(default_factory=dict)
    must_ask: list[str] = Field(default_factory=list)
    must_not_fill: dict[str, str] = Field(default_factory=dict)


class LabelledSpan(BaseModel):
    """A span of personal data; an optional one counts neither way."""

    start: int
    end: int
    type: str
    optional: bool = False


class PiiCase(Case):
    """A text and the personal data in it."""

    text: str
    spans: list[LabelledSpan]


C = TypeVar("C", bound=Case)


class BrokenLine(BaseModel):
    """A line that is no case, and why."""

    line: int
    reason: str


class CaseFile(Generic[C]):
    """A `.jsonl` of cases. Iterating yields cases; what is broken collects in `broken`."""

    def __init__(self, path: Path, kind: type[C], limit: int | None = None) -> None:
        self.path, self.kind, self.limit = path, kind, limit
        self.broken: list[BrokenLine] = []

    def count(self) -> int:
        """How many lines there are to read: what progress is shown of."""
        with self.path.open("rb") as lines:
            found = sum(bool(line.strip()) for line in lines)
        return found if self.limit is None else min(found, self.limit)

    def __iter__(self) -> Iterator[C]:
        taken = 0
        with self.path.open(encoding="utf-8-sig", errors="replace") as lines:
            for number, line in enumerate(lines, 1):
                if not line.strip():
                    continue
                if self.limit is not None and taken >= self.limit:
                    return
                try:
                    case = self.kind.model_validate_json(line)
                except ValidationError as error:
                    self.broken.append(BrokenLine(line=number, reason=_first_reason(error)))
                    continue
                taken += 1
                yield case


def _first_reason(error: ValidationError) -> str:
    first = error.errors(include_url=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    return f"{where}: {first['msg']}" if where else str(first["msg"])
