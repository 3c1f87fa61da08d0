"""What an ingestion did, file by file."""

from collections import Counter
from dataclasses import asdict, dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What happened to a file."""

    NEW = "new"
    NEW_VERSION = "new_version"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    FAILED = "failed"
    QUARANTINED = "quarantined"
    CANCELLED = "cancelled"


class Likeness(StrEnum):
    """How a document resembles one that is in the knowledge base already."""

    SAME_TEXT = "same_text"
    NEAR_DUPLICATE = "near_duplicate"
    NEWER_VERSION = "newer_version"
    OLDER_VERSION = "older_version"


@dataclass(frozen=True, slots=True, kw_only=True)
class Similar:
    """A known document that a file resembles. `share` is the estimated share of common text, 0 to 1.

    NEWER_VERSION offers that the file supersede the known one; OLDER_VERSION that the known one is the newer.
    """

    kind: Likeness
    name: str
    version_id: str
    title: str
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport:
    """One file. `name` is what it is cited under, `path` where it came from; `reason` explains what did not get in.

    `passages`, `garbled` and `suspicious` count what was stored: all passages, those whose numbers are not to be
    trusted, those that try to command the assistant; all are 0 where nothing was read.
    """

    name: str
    path: str
    outcome: Outcome
    reason: str | None = None
    passages: int = 0
    garbled: int = 0
    suspicious: int = 0
    warnings: tuple[str, ...] = ()
    version_id: str | None = None
    title: str | None = None
    number: str | None = None
    published: bool = False
    seconds: float = 0.0
    similar: tuple[Similar, ...] = ()

    def as_json(self) -> dict[str, object]:
        """The machine-readable form of one file."""
        similar = [{**asdict(one), "kind": one.kind.value} for one in self.similar]
        return {
            **asdict(self),
            "outcome": self.outcome.value,
            "warnings": list(self.warnings),
            "similar": similar,
            "seconds": round(self.seconds, 3),
        }


@dataclass(frozen=True, slots=True)
class IngestReport:
    """All files in the order in which they were taken."""

    files: tuple[FileReport, ...]

    @property
    def failed(self) -> tuple[FileReport, ...]:
        """Files that should have been read and were not; the command ends with status 1 for them."""
        return tuple(file for file in self.files if file.outcome in {Outcome.FAILED, Outcome.QUARANTINED})

    def count(self, outcome: Outcome) -> int:
        """How many files ended that way."""
        return Counter(file.outcome for file in self.files)[outcome]

    def as_json(self) -> dict[str, object]:
        """The machine-readable report: counts of outcomes, then the files."""
        counts = {outcome.value: self.count(outcome) for outcome in Outcome}
        return {
            "failed": len(self.failed),
            "counts": counts,
            "passages": self.passages,
            "files": [file.as_json() for file in self.files],
        }

    @property
    def passages(self) -> int:
        """Passages of all files."""
        return sum(file.passages for file in self.files)


@dataclass(frozen=True, slots=True)
class Progressed:
    """One file is done. `total` counts the files known so far; archives add theirs when they are opened."""

    done: int
    total: int
    file: FileReport
