"""Facts: what is known about an applicant, one value at a time, and where each value comes from."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

FIELD_PREFIX = "表单."
"""Begins the key of what is said or typed for a form field: 表单.手机号码. Registers use their own: 身份证.姓名."""


class SourceKind(StrEnum):
    """What kind of source a fact comes from; the order of declaration is no order of trust."""

    REGISTER = "register"
    LICENCE = "e-licence"
    DOCUMENT = "document"
    SAID = "said"
    ENTERED = "entered"
    EARLIER_CASE = "earlier_case"
    DERIVED = "derived"


@dataclass(frozen=True, slots=True, kw_only=True)
class Provenance:
    """Where a value comes from. `source` is what the citizen is shown, e.g. 身份证 or 您在对话中说的.

    `confidence` is 0..1. `consent` names the consent under which a register was asked. `evidence` is the wording
    or the place on the page that says it.
    """

    kind: SourceKind
    source: str
    confidence: float = 1.0
    observed: datetime | None = None
    consent: str | None = None
    evidence: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing known: a key (身份证.姓名, 表单.手机号码) and a value in the contract's formats.

    `value` is None where somebody said that it is not known yet, or that an earlier value does not hold: the field
    is then asked, whatever a register has.
    """

    key: str
    value: str | None
    provenance: Provenance

    @property
    def field(self) -> str | None:
        """The form field this fact is about, or None for a fact under a register's own name."""
        return self.key.removeprefix(FIELD_PREFIX) if self.key.startswith(FIELD_PREFIX) else None


def field_key(field: str) -> str:
    """The key of a fact said or typed about a form field."""
    return FIELD_PREFIX + field


def register_facts(
    values: dict[str, str],
    *,
    kind: SourceKind = SourceKind.REGISTER,
    observed: datetime | None = None,
    consent: str | None = None,
) -> tuple[Fact, ...]:
    """Facts under a register's own names (身份证.姓名): the part before the dot names the source."""
    return tuple(
        Fact(
            key=key,
            value=value,
            provenance=Provenance(kind=kind, source=key.partition(".")[0], observed=observed, consent=consent),
        )
        for key, value in values.items()
    )


def entered(field: str, value: str, observed: datetime | None = None) -> Fact:
    """What the citizen typed into a field, or confirmed there."""
    return Fact(
        key=field_key(field),
        value=value,
        provenance=Provenance(kind=SourceKind.ENTERED, source="您填写的", observed=observed),
    )
