"""Two result folders side by side: paired by case id, so that a difference is not an accident of the cases."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from pydantic import BaseModel, ConfigDict, JsonValue

from evals.statistics import Measure, statistic

LOWER_IS_BETTER = frozenset(
    {
        "wrong_and_confident",
        "ece",
        "forbidden_rate",
        "wrongly_unanswered",
        "out_of_scope_accepted",
        "wrong_refusal_rate",
        "harmful_answered_rate",
        "attack_success_rate",
    }
)


class StoredMeasure(BaseModel):
    """A metric as a result file holds it."""

    model_config = ConfigDict(extra="ignore")

    value: float | None
    ci95: tuple[float | None, float | None]
    n: int


class StoredResult(BaseModel):
    """The part of a result file that a comparison needs."""

    model_config = ConfigDict(extra="ignore")

    task: str
    metrics: dict[str, StoredMeasure]
    rows: list[dict[str, JsonValue]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One metric in both runs. `paired` is the mean case-wise difference where rows hold a value to pair."""

    metric: str
    before: float
    after: float
    paired: Measure | None
    is_regression: bool


class NotComparable(Exception):
    """The two folders do not hold results of the same task."""


def compare(before: Path, after: Path) -> list[Difference]:
    """Differences metric by metric. A regression: worse, and the interval of the difference excludes zero."""
    old, new = read(before), read(after)
    if old.task != new.task:
        raise NotComparable(f"{before} holds {old.task}, {after} holds {new.task}: compare runs of one task.")
    return [
        _difference(name, old, new)
        for name in old.metrics
        if name in new.metrics and old.metrics[name].value is not None and new.metrics[name].value is not None
    ]


def read(folder: Path) -> StoredResult:
    """The result in a folder, or a result file itself."""
    file = folder / "result.json" if folder.is_dir() else folder
    if not file.exists():
        raise NotComparable(f"No result in {folder}: run `xiaoshen eval TASK DATA --out {folder}` first.")
    return StoredResult.model_validate(json.loads(file.read_text(encoding="utf-8")))


def _difference(name: str, old: StoredResult, new: StoredResult) -> Difference:
    a, b = old.metrics[name], new.metrics[name]
    before, after = a.value or 0.0, b.value or 0.0
    paired = _paired(name, old, new)
    worse = after > before if name in LOWER_IS_BETTER else after < before
    sure = _apart(a, b) if paired is None else paired.low > 0 or paired.high < 0
    return Difference(metric=name, before=before, after=after, paired=paired, is_regression=worse and sure)


def _apart(a: StoredMeasure, b: StoredMeasure) -> bool:
    """Without rows to pair: the intervals do not overlap, which is stricter than a paired test."""
    if None in (*a.ci95, *b.ci95):
        return False
    (a_low, a_high), (b_low, b_high) = a.ci95, b.ci95
    return (a_high or 0.0) < (b_low or 0.0) or (b_high or 0.0) < (a_low or 0.0)


def _paired(name: str, old: StoredResult, new: StoredResult) -> Measure | None:
    first, second = _values(name, old.rows), _values(name, new.rows)
    shared = sorted(first.keys() & second.keys())
    if not shared:
        return None
    gaps = np.array([[second[i] - first[i]] for i in shared], float)
    return statistic(gaps, lambda rows: float(rows[:, 0].mean()))


def _values(name: str, rows: list[dict[str, JsonValue]]) -> Mapping[str, float]:
    """The per-case values behind a metric: rows carry them under `scores`, of a ranking under `measures`."""
    found: dict[str, float] = {}
    for row in rows:
        scores = row.get("measures", row.get("scores"))
        value = scores.get(name) if isinstance(scores, dict) else None
        if isinstance(value, int | float):
            found[str(row.get("id"))] = float(value)
    return found
