"""What pre-review says: the outcome, every point with its reason, and the one complete notice."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What becomes of the application."""

    PASS = "pass"  # noqa: S105 - an outcome, no password
    RETURN = "return"
    HUMAN = "human"


class PointResult(StrEnum):
    """Three-valued: what the evidence does not decide is unknown, never failed."""

    PASS = "pass"  # noqa: S105 - an outcome, no password
    FAIL = "fail"
    UNKNOWN = "unknown"


class Code(StrEnum):
    """Why an application is not simply passed; the words of the contract."""

    MISSING_MATERIAL = "missing_material"
    EXPIRED = "expired"
    MISMATCH = "mismatch"
    INVALID_NUMBER = "invalid_number"
    UNSIGNED = "unsigned"
    UNREADABLE = "unreadable"
    WRONG_DOCUMENT = "wrong_document"
    CONDITION_NOT_MET = "condition_not_met"
    NEEDS_HUMAN = "needs_human"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One value a rule looked at, and where it stands: 'form', or the id of a material."""

    name: str
    value: str
    where: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PointReview:
    """The result of one review point or condition of the sheet. `trace` and `rule` are shown to the clerk.

    `rule` says who is responsible for the rule, and whether somebody approved it.
    """

    id: str
    result: PointResult
    reason: str
    basis: str
    trace: tuple[Seen, ...] = ()
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is missing, wrong or for a person to decide.

    `what` says it in one plain sentence, `remedy` says what the applicant can do; `where` is 'form', a material's id or
    a point's id.
    """

    code: Code
    where: str
    what: str
    remedy: str
    trace: tuple[Seen, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """The whole pre-review of one application on one day. `is_draft`: nobody approved the rules it went by."""

    outcome: Outcome
    points: Mapping[str, PointReview]
    missing_materials: tuple[str, ...]
    codes: tuple[Code, ...]
    findings: tuple[Finding, ...]
    notice: str
    is_draft: bool = False
