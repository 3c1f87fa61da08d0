"""What pre-review and the office do to a case."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ReviewBegun:
    """Pre-review looks at the case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFinding:
    """One finding of a pre-review as it was told; `seen` are the materials and fields it is about."""

    part: str
    code: str
    where: str
    what: str
    remedy: str
    seen: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewed:
    """Pre-review has spoken; `outcome` is pass, return or human. `seal`: over the verified values it looked at."""

    outcome: str
    notice: str
    findings: tuple[KeptFinding, ...] = ()
    seal: str = ""


@dataclass(frozen=True, slots=True)
class PapersMade:
    """The application documents were made."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """The citizen handed the case in; `receipt` is what the office calls it."""

    office: str
    receipt: str


@dataclass(frozen=True, slots=True)
class Returned:
    """The office sends it back with one complete notice; `until`: the last day to mend it, where one was set."""

    notice: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Accepted:
    """The office has taken it on."""

    due: date | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """The office has decided."""

    result: str
    granted: bool = True


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The citizen withdrew it."""

    reason: str = ""
