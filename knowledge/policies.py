"""Policies (惠民惠企政策): whom they are for, on which conditions, what they give, and how long."""

from dataclasses import dataclass
from datetime import date

from knowledge.items import Audience, FactStatus, Origin, SourceRef

Scalar = str | int | float | bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainText:
    """A reviewed sentence for citizens, worded from the sheet's facts, with the status of what it says."""

    text: str
    status: FactStatus
    sources: tuple[SourceRef, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyCondition:
    """One condition: a variable compared with a value.

    `text` names the variable in plain words; `plain` is the whole condition as a citizen reads it, where reviewed.
    """

    id: str
    text: str
    variable: str
    op: str
    value: Scalar | tuple[Scalar, ...] | None
    unit: str | None
    status: FactStatus
    sources: tuple[SourceRef, ...] = ()
    plain: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Benefit:
    """What the policy gives. `formula` is the sheet's own expression; `cap` is in `unit`; `plain` is for citizens."""

    type: str
    formula: str | None
    cap: float | None
    unit: str | None
    note: str | None
    sources: tuple[SourceRef, ...] = ()
    plain: tuple[PlainText, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """When the policy holds. `verified` is false where the sheet says that the end is not confirmed.

    `begins_text` is the beginning as the sheet has it: a year alone (2023) has no `begins`.
    """

    begins: date | None
    ends: date | None
    note: str | None
    verified: bool
    begins_text: str | None = None

    def is_over(self, today: date) -> bool:
        """True after the last day of the period; an open end is never over."""
        return self.ends is not None and today > self.ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """One policy sheet. `logic` joins the conditions: all or any. `version` names the content (a short hash)."""

    id: str
    name: str
    audience: tuple[Audience, ...]
    category: str
    department: str
    region: str
    who: str
    logic: str
    conditions: tuple[PolicyCondition, ...]
    benefit: Benefit
    period: Period
    delivery_mode: str | None
    how_to_get: str | None
    mutually_exclusive_with: tuple[str, ...]
    formula_py: str | None
    notes: tuple[str, ...]
    origins: tuple[Origin, ...]
    version: str

    @property
    def source(self) -> str:
        """The name under which the policy is cited."""
        return f"policies/{self.id}"
