"""The result of a run: the shape the contract fixes, and nothing else writes or reads it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pydantic import JsonValue

from evals.samples import BrokenLine, Case
from evals.statistics import Measure, quantiles

Row = dict[str, JsonValue]
"""One row of a result file: JSON, with the case's id. Only files hold these; scorers take typed rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunResult:
    """What a run produced.

    `latencies` are milliseconds a case; `cases` stand in the order of the rows, where the run keeps them for its
    report. `pages` are files for people, by name.
    """

    task: str
    dataset: str
    config: Mapping[str, JsonValue]
    metrics: Mapping[str, Measure]
    rows: Sequence[Row]
    cases: Sequence[Case] = ()
    latencies: Sequence[float] = ()
    broken: Sequence[BrokenLine] = field(default_factory=tuple)
    pages: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        """The machine-readable result."""
        return {
            "task": self.task,
            "dataset": self.dataset,
            "n": len(self.rows),
            "config": dict(self.config),
            "metrics": {name: m.as_json() for name, m in self.metrics.items()},
            "latency_ms": quantiles(self.latencies),
            "broken_lines": [b.model_dump() for b in self.broken],
            "rows": list(self.rows),
        }
