"""What the operators' routes say and take."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import Field

from assistant.operation.risks import RiskKind
from assistant.operation.switches import Capability
from assistant.web.schemas import Text, Wire


class SwitchState(Wire):
    """One switch."""

    capability: Capability
    on: bool
    reason: str
    by: str
    at: datetime | None


class SwitchChange(Wire):
    """Turn a switch, and say why."""

    on: bool
    reason: Annotated[Text, Field(min_length=1, max_length=500)]


class RiskLine(Wire):
    """One thing that is counted: the last quarter of an hour beside the day before it."""

    kind: RiskKind
    name: str
    recent: int
    recent_share: float
    before: int
    before_share: float
    sudden: bool


class RiskSheet(Wire):
    """What the risk monitor sees."""

    turns: int
    sudden: int
    lines: list[RiskLine]


class AuditLine(Wire):
    """One entry of the audit. `details` is null where they were deleted or there never were any."""

    number: int
    at: datetime
    actor: str
    action: str
    subject: str
    details: dict[str, str] | None
    hash: str


class AuditPage(Wire):
    """Entries, the newest first. `next` is what to ask for as `before` to see older ones."""

    entries: list[AuditLine]
    total: int
    next: int | None


class AuditQuery(Wire):
    """Which entries; `before` is a number, for turning pages."""

    actor: Annotated[Text | None, Field(max_length=128)] = None
    action: Annotated[Text | None, Field(max_length=64)] = None
    subject: Annotated[Text | None, Field(max_length=300)] = None
    since: Annotated[date | None, Field(ge=date(2000, 1, 1), le=date(2999, 12, 31))] = None
    before: Annotated[int | None, Field(ge=1, le=2**53)] = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class AuditVerdict(Wire):
    """Whether the chain is whole; where it is not, the first broken entry."""

    entries: int
    head: str
    forgotten: int
    whole: bool
    broken: int | None
    what: str | None


class AnswerReport(Wire):
    """Somebody says that an answer is wrong."""

    reason: Literal["wrong", "outdated", "not_my_question", "incomplete", "harmful", "other"] = "wrong"
    note: Annotated[Text, Field(max_length=500)] = ""
