"""The JSON of evaluation runs."""

from datetime import datetime
from typing import Literal

from assistant.operation.runs import RunState, RunTask
from assistant.web.console_schemas import Who
from assistant.web.schemas import Wire


class RunMetric(Wire):
    """A measure with its 95 % interval."""

    name: str
    value: float | None
    low: float | None
    high: float | None
    n: int


class RunBroken(Wire):
    """A line of the dataset that was no case of the task, and why."""

    line: int
    reason: str


class RunLine(Wire):
    """A run: `done` of `total` lines are through; the measures are there when it is over.

    `broken` lines were no case of the task and were left out; the first of them are told.
    """

    name: str
    task: RunTask
    title: str
    state: RunState
    done: int
    total: int
    started_at: datetime
    started_by: Who
    commit: str
    metrics: list[RunMetric]
    log: str
    broken: int
    broken_lines: list[RunBroken]


class RunDifference(Wire):
    """A measure in both runs; `p` is corrected for the number of measures. None where nothing could be paired.

    `ci95` is the interval of the difference; the verdict is empty where chance explains it.
    """

    metric: str
    before: float
    after: float
    paired: float | None
    ci95: tuple[float, float] | None
    p_corrected: float | None
    verdict: Literal["", "better", "worse", "other"]
    regression: bool


class RunFlip(Wire):
    """A case that one run got and the other did not."""

    id: str
    metric: str
    before: float
    after: float


class RunComparison(Wire):
    """Two runs of one task, pair by pair; the flips that became worse come first."""

    task: RunTask
    differences: list[RunDifference]
    flips: list[RunFlip]
    flips_total: int


class MovedMeasure(Wire):
    """A measure over the touched cases, before and with the draft; `p` is corrected, `worse` not by chance."""

    metric: str
    before: float
    after: float
    p: float
    worse: bool


class ChangedAnswer(Wire):
    """A case that is answered otherwise with the draft; `flipped` where that changes its score too."""

    id: str
    asked: str
    before: str
    after: str
    flipped: bool


class DraftEffect(Wire):
    """What publishing a draft would change in the answers to the cases that it touches."""

    source: str
    cases: int
    differences: list[MovedMeasure]
    changed: list[ChangedAnswer]
    worse: bool
