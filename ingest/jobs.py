"""Files on their way into the knowledge base as jobs that outlive processes: shapes, and the role of the console."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from ingest.report import FileReport, IngestReport, Outcome


class JobState(StrEnum):
    """Where a file is.

    REVIEWING: saved as a draft, waits for a second person. QUARANTINED: it endangered the reader or tries to harm, so
    it is not read again unless a person asks for that. SKIPPED: known, and nothing to be read (a format, furniture).
    """

    QUEUED = "queued"
    READING = "reading"
    REVIEWING = "reviewing"
    DONE = "done"
    SKIPPED = "skipped"
    FAILED = "failed"
    QUARANTINED = "quarantined"
    CANCELLED = "cancelled"


OPEN_STATES = frozenset({JobState.QUEUED, JobState.READING})
RETRIABLE = frozenset({JobState.FAILED, JobState.QUARANTINED, JobState.CANCELLED, JobState.SKIPPED})


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that somebody hands over: the name it is cited under, and its bytes."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One file. `progress` is 0 to 1; `attempts` counts how often it was begun; `report` is None while it is open."""

    id: str
    batch: str
    ordinal: int
    name: str
    path: str
    size: int
    state: JobState
    reason: str | None
    progress: float
    attempts: int
    submitted_at: datetime
    begun_at: datetime | None
    ended_at: datetime | None
    report: FileReport | None

    @property
    def is_open(self) -> bool:
        """True while something is still to happen by itself."""
        return self.state in OPEN_STATES


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What was submitted together. `counts` has every state that occurs."""

    id: str
    actor: str
    publish: bool
    submitted_at: datetime
    counts: Mapping[JobState, int]

    @property
    def total(self) -> int:
        """How many files."""
        return sum(self.counts.values())

    @property
    def open(self) -> int:
        """How many files are not at their end."""
        return sum(count for state, count in self.counts.items() if state in OPEN_STATES)


class IngestJobs(Protocol):
    """Takes files in. What `submit` returned is kept: it is read to its end whatever process dies, and never twice."""

    def submit(
        self, uploads: Iterable[Upload], *, actor: str, publish: bool = False, approved_by: str | None = None
    ) -> Batch:
        """Keep the files and queue them; archives are opened. Without `publish` they wait as drafts.

        Publishing needs `approved_by`, a person other than `actor`: without, each job fails and says so.
        """
        ...

    def submit_paths(
        self, paths: Sequence[Path], *, actor: str, publish: bool = False, approved_by: str | None = None
    ) -> Batch:
        """The same with files, folders and archives on this machine."""
        ...

    def batches(self, *, limit: int = 50) -> tuple[Batch, ...]:
        """The newest first."""
        ...

    def batch(self, batch_id: str) -> Batch:
        """One batch. Raises UnknownJob."""
        ...

    def jobs(
        self, batch_id: str | None = None, *, states: Iterable[JobState] = (), limit: int = 500, offset: int = 0
    ) -> tuple[Job, ...]:
        """Jobs of one batch in their order, or of all, the newest batch first; `states` empty means all."""
        ...

    def job(self, job_id: str) -> Job:
        """One job. Raises UnknownJob."""
        ...

    def retry(self, job_id: str, *, actor: str) -> Job:
        """Read a file again that did not get in. Raises JobRefused where it is open or done."""
        ...

    def cancel(self, job_id: str, *, actor: str) -> Job:
        """Stop a file before it is saved; one that is saved or ended stays as it is."""
        ...

    def cancel_batch(self, batch_id: str, *, actor: str) -> Batch:
        """Stop what is still open of a batch."""
        ...

    def report(self, batch_id: str) -> IngestReport:
        """What became of each file, machine-readable by `as_json`; open files are not in it yet."""
        ...

    def wait(self, batch_id: str, *, told: Callable[[Job], None] | None = None) -> IngestReport:
        """Return when nothing of the batch is open; `told` hears of each job that ended, once."""
        ...


def state_of(outcome: Outcome, *, published: bool) -> JobState:
    """The state that a file's end means."""
    match outcome:
        case Outcome.NEW | Outcome.NEW_VERSION | Outcome.UNCHANGED:
            return JobState.DONE if published else JobState.REVIEWING
        case Outcome.SKIPPED:
            return JobState.SKIPPED
        case Outcome.FAILED:
            return JobState.FAILED
        case Outcome.QUARANTINED:
            return JobState.QUARANTINED
        case Outcome.CANCELLED:
            return JobState.CANCELLED
