"""From cases to a result: the product is asked once, then the rows are scored."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from evals.harness.journal import Produce, rows_of
from evals.harness.provenance import identity_of, provenance
from evals.progress import Progress
from evals.result import Row, RunResult
from evals.samples import BrokenLine, Case
from evals.statistics import Measure

C = TypeVar("C", bound=Case)
D_co = TypeVar("D_co", bound=Case, covariant=True)
Pair = tuple[C, Row]

AT_ONCE = 2
"""Cases in the product at once, where a task does not say otherwise."""


class Cases(Protocol[D_co]):
    """Where cases come from: `CaseFile`, or a folder read as one. `broken` is known after they were read."""

    broken: list[BrokenLine]

    @property
    def path(self) -> Path:
        """What the result calls the dataset."""
        ...

    def __iter__(self) -> Iterator[D_co]:
        """The cases."""
        ...


def _itself(case: Case) -> str:
    return case.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """What scoring found. `scores` are each row's own parts of the measures, in the order of the rows."""

    metrics: Mapping[str, Measure]
    scores: Sequence[Row]
    pages: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoring(Generic[C]):
    """How a task's rows are scored: pure, from the cases and what was recorded of them.

    `cluster` names what a case is about: cases of one item fail together, and intervals of differences know it.
    `kept_as` is the key of the scores in a row: `scores` means something else in rows of retrieval.
    """

    task: str
    case: type[C]
    score: Callable[[Sequence[Pair[C]]], Scored]
    cluster: Callable[[C], str] = _itself
    kept_as: str = "scores"


def run(
    scoring: Scoring[C],
    cases: Cases[C],
    produce: Produce[C],
    *,
    config: Row,
    progress: Progress,
    folder: Path | None = None,
    at_once: int = AT_ONCE,
    together: int = 1,
) -> RunResult:
    """Ask the product about every case, keep what it did in the folder, score it.

    `at_once` samples of the log are in the product at once, each of `together` cases.
    """
    read = list(cases)
    identity = identity_of(scoring.task, config)
    rows = rows_of(
        scoring.task,
        read,
        produce,
        folder=folder,
        identity=identity,
        progress=progress,
        at_once=at_once,
        together=together,
    )
    return result_of(scoring, list(zip(read, rows, strict=True)), str(cases.path), provenance(config), cases.broken)


def result_of(
    scoring: Scoring[C],
    pairs: Sequence[Pair[C]],
    dataset: str,
    config: Row,
    broken: Sequence[BrokenLine] = (),
) -> RunResult:
    """Score rows that are there."""
    scored = scoring.score(pairs)
    rows: list[Row] = [
        {**row, "cluster": scoring.cluster(case), scoring.kept_as: scores}
        for (case, row), scores in zip(pairs, scored.scores, strict=True)
    ]
    latencies = [float(ms) for row in rows if isinstance(ms := row.get("latency_ms"), int | float)]
    return RunResult(
        task=scoring.task,
        dataset=dataset,
        config=config,
        metrics=scored.metrics,
        rows=rows,
        cases=[case for case, _ in pairs],
        latencies=latencies,
        broken=tuple(broken),
        pages=scored.pages,
    )
