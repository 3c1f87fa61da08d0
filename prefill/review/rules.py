"""Review rules of one service item, as reviewed data carries them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from prefill.review.result import Code, PointResult


class Standing(StrEnum):
    """What it means when a point stays open.

    CHECK: a person must decide before the application goes on. OFFICE: it is looked at later, at the window or in the
    office, and holds nothing up. INFO: it tells something and asks nothing.
    """

    CHECK = "check"
    OFFICE = "office"
    INFO = "info"


class RuleStatus(StrEnum):
    """How far a rule has come; only what another person approved counts as approved."""

    DRAFT = "draft"
    REVIEWED = "reviewed"
    APPROVED = "approved"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value is looked up: `form`, `m1`, `m1+m2` or `any`, and the names it may have."""

    where: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRule:
    """How one fact is read from the application: a measure, its places, its words. See `measures.py`."""

    name: str
    measure: str
    places: tuple[Place, ...] = ()
    words: tuple[str, ...] = ()
    expression: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a decision table: the cells by fact (ZEN unary tests), the result, and what is then said."""

    cells: Mapping[str, str]
    then: PointResult
    say: str = ""
    remedy: str = ""
    code: Code | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PointRule:
    """The rule of one review point or condition of the sheet; `rows` are tried in order, none fits means unknown.

    `rests_on` names materials without whose signature the point cannot be told. `code` is given with a failure.
    `tries` are examples: facts, and the result they must give.
    """

    id: str
    standing: Standing
    rows: tuple[Row, ...]
    code: Code = Code.CONDITION_NOT_MET
    rests_on: tuple[str, ...] = ()
    basis: str = ""
    effective_from: date | None = None
    effective_to: date | None = None
    tries: tuple["Try", ...] = ()

    def is_in_force(self, day: date) -> bool:
        """Both days included."""
        return (self.effective_from or day) <= day <= (self.effective_to or day)


@dataclass(frozen=True, slots=True)
class Try:
    """One example of a rule."""

    facts: Mapping[str, bool | float | str]
    result: PointResult


@dataclass(frozen=True, slots=True)
class Agreement:
    """Two values that must be the same: one of a material, and what it is compared with, first place that has it."""

    left: Place
    rights: tuple[Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MaterialRule:
    """What the item asks of one material beyond the general checks.

    `needed_when`: cells by fact (any row suffices); `not_needed_when` likewise. `keeps_date` False: an end that has
    passed is no fault (the old card in a renewal). `fresh_months`: how old it may be, by the date of `dated`.
    """

    id: str
    needed_when: tuple[Mapping[str, str], ...] | None = None
    not_needed_when: tuple[Mapping[str, str], ...] = ()
    also_accepts: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    keeps_date: bool = True
    date_fields_ignored: tuple[str, ...] = ()
    sign_fields_ignored: tuple[str, ...] = ()
    fresh_months: int | None = None
    dated: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRules:
    """The rules of one item; an item without any is reviewed by the general checks, and a person decides its points."""

    item: str
    owner: str = ""
    status: RuleStatus = RuleStatus.DRAFT
    approved_by: str = ""
    approved_on: date | None = None
    effective_from: date | None = None
    effective_to: date | None = None
    facts: tuple[FactRule, ...] = ()
    points: tuple[PointRule, ...] = ()
    materials: Mapping[str, MaterialRule] = field(default_factory=dict)
    agreements: tuple[Agreement, ...] = ()
    dropped_agreements: frozenset[tuple[str, str]] = frozenset()
    no_luhn: bool = False

    def point(self, identifier: str) -> PointRule | None:
        """The rule with this id."""
        return next((point for point in self.points if point.id == identifier), None)
