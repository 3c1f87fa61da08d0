"""What an evaluation run is: its task, its state, its measures, and why one may be refused."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class RunTask(StrEnum):
    """What can be run from the console. Retrieval takes a folder, which comes as an archive."""

    RECOGNITION = "recognition"
    ANSWERS = "answers"
    GROUNDING = "grounding"
    PII = "pii"
    SAFETY = "safety"
    PREFILL = "prefill"
    PREREVIEW = "prereview"
    DIALOGUE = "dialogue"
    CITIZENS = "citizens"
    RETRIEVAL = "retrieval"


class RunState(StrEnum):
    """Where a run is. A stopped one goes on where it was when it is started again."""

    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"


class RunRefused(Exception):
    """The run cannot be started, or compared, as things are; the message says why."""


class AnotherRuns(RunRefused):
    """One runs at a time, for all servers of the home."""


class NoDataset(RunRefused):
    """What was handed in holds no case."""


class NoRetrievalArchive(RunRefused):
    """What was handed in is no archive of a retrieval set."""


class RunsDiffer(RunRefused):
    """Runs of two tasks cannot be compared."""


class NoDraftWaits(RunRefused):
    """There is nothing to try before it is published."""


@dataclass(frozen=True, slots=True)
class BrokenLine:
    """A line of the dataset that was no case of the task, and why."""

    line: int
    reason: str


class UnknownRun(Exception):
    """No run has this name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A measure with its 95 % interval; None where there was nothing to measure."""

    name: str
    value: float | None
    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A run. `done` of `total` lines are through while it runs; `metrics` are there when it is done.

    `broken` counts the lines that were no case, `broken_lines` holds the first of them.
    """

    name: str
    task: RunTask
    title: str
    started_at: datetime
    started_by: str
    state: RunState
    done: int
    total: int
    metrics: tuple[Metric, ...]
    commit: str
    log: str
    broken: int = 0
    broken_lines: tuple[BrokenLine, ...] = ()
