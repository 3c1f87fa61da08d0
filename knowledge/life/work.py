"""Work lists: what is wrong or missing in the knowledge base, as findings, and as work that people take and finish."""

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

_ID_LENGTH = 16


class WorkKind(StrEnum):
    """Which list."""

    CONFLICT = "conflict"
    STALE = "stale"
    GAP = "gap"
    DUE = "due"
    REPORTED = "reported"  # answers that somebody said were wrong
    SIGNAL = "signal"  # answers that were stopped, questions that went to a person


class Severity(StrEnum):
    """How much harm it does while nobody looks: HIGH tells somebody something wrong, LOW is untidy."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class WorkState(StrEnum):
    """Where a piece of work is."""

    OPEN = "open"
    TAKEN = "taken"
    DONE = "done"
    SET_ASIDE = "set_aside"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where to look: a statement of a sheet, a passage of a document, or what a citizen asked.

    `source` is items/…, policies/…, documents/… or asked; `anchor` the id of the statement, None where the whole source
    is meant. `spans` are the characters of `text` that matter.
    """

    source: str
    title: str
    text: str
    anchor: str | None = None
    version: str | None = None
    clause: str | None = None
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something found wrong or missing. `id` stays the same as long as it is the same thing, whoever finds it again.

    `what` says in one plain Chinese sentence what is wrong, `mend` what to do. `volume` counts how often it was met.
    """

    id: str
    kind: WorkKind
    code: str
    severity: Severity
    title: str
    what: str
    mend: str
    places: tuple[Place, ...]
    due: date | None = None
    volume: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A finding and what people made of it. `draft` is the version that was drafted to mend it."""

    finding: Finding
    state: WorkState
    owner: str | None
    due: date | None
    reason: str | None
    draft: str | None
    found_at: datetime
    seen_at: datetime

    @property
    def is_waiting(self) -> bool:
        """True where somebody still has to do something."""
        return self.state in (WorkState.OPEN, WorkState.TAKEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What somebody does with a piece of work, when and why."""

    at: datetime
    actor: str
    reason: str = ""


class WorkList(Protocol):
    """Keeps the work. Each call is one transaction; what people did is in the log under `work/<id>`."""

    def report(self, kinds: Collection[WorkKind], findings: Sequence[Finding], *, now: datetime) -> None:
        """Bring the lists of these kinds up to what was found.

        What is not found any more is done. What was done and is found again is open again; set aside stays set aside.
        """
        ...

    def list(self, kind: WorkKind | None = None, *, states: Collection[WorkState] = ()) -> tuple[Work, ...]:
        """The work, worst first, of equal severity the most frequent first; all states where none is named."""
        ...

    def one(self, work_id: str) -> Work:
        """Raises UnknownWork."""
        ...

    def take(self, work_id: str, step: Step, *, due: date | None = None) -> Work:
        """Make it the actor's, with a day until which they mean to finish. Raises UnknownWork and TransitionRefused."""
        ...

    def finish(self, work_id: str, step: Step) -> Work:
        """It is done. The next look at the knowledge base opens it again where that is not so."""
        ...

    def set_aside(self, work_id: str, step: Step) -> Work:
        """Leave it, for the reason of the step. Raises TransitionRefused without a reason."""
        ...

    def reopen(self, work_id: str, step: Step) -> Work:
        """Back to the open ones."""
        ...

    def drafted(self, work_id: str, version_id: str, step: Step) -> Work:
        """Note the draft that mends it; the work is the actor's from now on."""
        ...


_WORST_FIRST = (Severity.HIGH, Severity.MEDIUM, Severity.LOW)


def rank_of(work: Work) -> tuple[int, int, str]:
    """The order of the lists."""
    return (_WORST_FIRST.index(work.finding.severity), -work.finding.volume, work.finding.id)


def finding_id(kind: WorkKind, *parts: str) -> str:
    """A stable id made of what the finding is about; the order of the parts counts."""
    digest = hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()
    return f"{kind}-{digest[:_ID_LENGTH]}"
