"""What pre-review looks at: one application as it would be handed in, with its materials and exemptions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeAlias

Value: TypeAlias = "str | int | float | bool | Sequence[Value] | Mapping[str, Value] | None"
"""One value of a form or of a material, as JSON carries it."""


class ExemptionKind(StrEnum):
    """The four ways in which a material need not be handed in (免于提交)."""

    GOVERNMENT_ISSUED = "government_issued"
    SHARED_DATA = "shared_data"
    ELECTRONIC_LICENCE = "electronic_licence"
    REUSED = "reused"


@dataclass(frozen=True, slots=True)
class Exemption:
    """A material that is not handed in because the government holds it. `reference` names where it was verified."""

    material: str
    kind: ExemptionKind
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmittedMaterial:
    """One material as handed in: what was read from it, or the file that must be read first.

    `material` is the id on the sheet (`m1`), `name` what the applicant's document is called, `fields` what a reader or
    a register found in it (`核验_…` keys are results of back-office checks).
    """

    material: str
    name: str
    fields: Mapping[str, Value] = field(default_factory=dict)
    file: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """One application for one service item on one day."""

    item: str
    today: date
    form: Mapping[str, Value]
    materials: tuple[SubmittedMaterial, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
