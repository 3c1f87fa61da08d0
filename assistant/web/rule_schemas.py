"""The JSON of review rules as tables: what an editor sees, changes, tries and publishes."""

from datetime import date, datetime
from typing import Annotated

from pydantic import Field, JsonValue

from assistant.cases.case import CaseState
from assistant.web.console_schemas import Who, Why
from assistant.web.schemas import Text, Wire
from knowledge.passages import VersionState
from prefill.review.application import ExemptionKind
from prefill.review.cells import CellTest, FactKind
from prefill.review.result import Code, Outcome, PointResult
from prefill.review.rules import RuleStatus, Standing

Short = Annotated[Text, Field(max_length=200)]
Long = Annotated[Text, Field(max_length=2_000)]
MOST_ROWS = 60
MOST_FACTS = 120
Plain = bool | float | Short


class RuleLine(Wire):
    """The rules of one item in the list."""

    item: str
    name: str
    owner: str
    status: RuleStatus
    points: int
    decided: int
    draft: VersionState | None


class RuleLines(Wire):
    """A page of the list."""

    rows: list[RuleLine]
    total: int
    approved: int
    change: int


class RuleCell(Wire):
    """One cell: what is asked of the fact."""

    test: CellTest
    values: list[Short] = Field(default_factory=list, max_length=60)


class RuleRow(Wire):
    """One row of a table; the first that fits decides."""

    cells: Annotated[dict[Short, RuleCell], Field(max_length=30)]
    then: PointResult
    say: Long = ""
    remedy: Long = ""
    code: Code | None = None


class RuleExample(Wire):
    """Facts, and the result that they must give."""

    facts: Annotated[dict[Short, Plain], Field(max_length=60)]
    result: PointResult


class PointEdit(Wire):
    """The table of one point, as edited."""

    id: Short
    standing: Standing
    like: Short = ""
    rows: list[RuleRow] = Field(default_factory=list, max_length=MOST_ROWS)
    code: Code = Code.CONDITION_NOT_MET
    basis: Long = ""
    rests_on: list[Short] = Field(default_factory=list, max_length=20)
    effective_from: date | None = None
    effective_to: date | None = None
    examples: list[RuleExample] = Field(default_factory=list, max_length=60)


class FactEdit(Wire):
    """One fact, as edited: its name and how it is read."""

    name: Short
    text: Long


class RuleEdit(Wire):
    """The whole table as edited."""

    owner: Short
    effective_from: date | None = None
    effective_to: date | None = None
    facts: Annotated[list[FactEdit], Field(max_length=MOST_FACTS)]
    points: Annotated[list[PointEdit], Field(max_length=60)]


class RuleSave(RuleEdit):
    """The same, to be kept as a draft, with the reason."""

    why: Why


class RulePublish(Wire):
    """From which day the draft holds; none is today."""

    why: Why
    holds_from: date | None = None


class RuleRestore(Wire):
    """Which version comes back as a draft; `shipped` is what came with the product."""

    why: Why
    version: Short


class BasisLink(Wire):
    """A legal basis and where it can be read: the clause in our own documents, or its public address."""

    title: str
    locator: str
    document: str | None
    version: str | None
    passage: str | None
    url: str | None


class RuleFact(Wire):
    """One fact, with what it can be and how to say where it comes from."""

    name: str
    text: str
    told: str
    kind: FactKind
    tests: list[CellTest]


class RulePoint(PointEdit):
    """One point with what the sheet says of it."""

    text: str
    kind: str
    is_unverified: bool
    bases: list[BasisLink]


class RuleProblem(Wire):
    """One problem of the table."""

    where: str
    row: int | None
    fact: str | None
    sentence: str
    blocks: bool


class RuleVersionLine(Wire):
    """One version in the history."""

    id: str
    state: VersionState
    authors: list[Who]
    why: str
    saved_at: datetime
    published_at: datetime | None
    holds_from: date | None


class RuleHappening(Wire):
    """One entry of the log."""

    at: datetime
    who: Who
    action: str
    why: str


class RuleSheet(Wire):
    """Everything about the rules of one item."""

    item: str
    name: str
    tag: str
    draft: VersionState | None
    authors: list[Who]
    why: str
    status: RuleStatus
    approved_by: Who | None
    approved_on: date | None
    owner: str
    effective_from: date | None
    effective_to: date | None
    facts: list[RuleFact]
    points: list[RulePoint]
    measures: dict[str, str]
    materials: list[str]
    rest: str
    problems: list[RuleProblem]
    changes: list[str]
    why_not: str | None
    versions: list[RuleVersionLine]
    history: list[RuleHappening]


class RuleCheck(Wire):
    """What would be wrong with a table, and what its facts are."""

    problems: list[RuleProblem]
    facts: list[RuleFact]


class TriedMaterial(Wire):
    """A material of a case that is tried."""

    material: Short
    name: Short = ""
    fields: dict[str, JsonValue] = Field(default_factory=dict)


class TriedExemption(Wire):
    """A material that is not handed in."""

    material: Short
    kind: ExemptionKind
    reference: Short = ""


class TriedCase(Wire):
    """An invented application."""

    today: date | None = None
    form: dict[str, JsonValue] = Field(default_factory=dict)
    materials: list[TriedMaterial] = Field(default_factory=list, max_length=40)
    exemptions: list[TriedExemption] = Field(default_factory=list, max_length=40)


class RuleTry(Wire):
    """A table and what to try it on: facts by name, or a whole application."""

    edit: RuleEdit
    facts: Annotated[dict[Short, Plain], Field(max_length=MOST_FACTS)] | None = None
    case: TriedCase | None = None


class TriedSeen(Wire):
    """What was looked at, and where it stands."""

    name: str
    value: str
    where: str


class TriedPoint(Wire):
    """One point: which row decided, and what is decided today."""

    id: str
    result: PointResult
    row: int | None
    before: PointResult | None
    reason: str
    trace: list[TriedSeen]


class RuleTrial(Wire):
    """What the table gives."""

    outcome: Outcome | None
    before: Outcome | None
    notice: str
    points: list[TriedPoint]
    facts: dict[str, Plain | None]


class PastCaseLine(Wire):
    """One stored case that would change; it names nobody."""

    code: str
    state: CaseState
    day: date
    before: Outcome
    after: Outcome
    points: list[str]


class PastCasesSheet(Wire):
    """What trying the table on the stored cases showed."""

    looked_at: int
    is_all: bool
    before: dict[Outcome, int]
    after: dict[Outcome, int]
    changed: list[PastCaseLine]


class SpareLine(Wire):
    """A field or material that may not be needed."""

    item: str
    item_name: str
    what: str
    name: str
    why: str
    detail: str


class SpareSheet(Wire):
    """Fewer fields: the whole report."""

    items: int
    rows: list[SpareLine]
