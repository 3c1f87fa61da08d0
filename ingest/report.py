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


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport:
    """One file. `name` is what it is cited under, `path` where it came from; `reason` explains SKIPPED and FAILED.

    `passages` and `garbled` count what was stored; both are 0 where nothing was read.
    """

    name: str
    path: str
    outcome: Outcome
    reason: str | None = None
    passages: int = 0
    garbled: int = 0
    warnings: tuple[str, ...] = ()
    version_id: str | None = None
    title: str | None = None
    number: str | None = None
    published: bool = False
    seconds: float = 0.0

    def as_json(self) -> dict[str, object]:
        """The machine-readable form of one file."""
        return {**asdict(self), "outcome": self.outcome.value, "warnings": list(self.warnings)}


@dataclass(frozen=True, slots=True)
class IngestReport:
    """All files in the order in which they were taken."""

    files: tuple[FileReport, ...]

    @property
    def failed(self) -> tuple[FileReport, ...]:
        """Files that should have been read and were not; the command ends with status 1 for them."""
        return tuple(file for file in self.files if file.outcome is Outcome.FAILED)

    def count(self, outcome: Outcome) -> int:
        """How many files ended that way."""
        return Counter(file.outcome for file in self.files)[outcome]

    def as_json(self) -> dict[str, object]:
        """The machine-readable report: counts of outcomes, then the files."""
        counts = {outcome.value: self.count(outcome) for outcome in Outcome}
        return {"counts": counts, "passages": self.passages, "files": [file.as_json() for file in self.files]}

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
