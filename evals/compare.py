"""Two result folders side by side: paired by case id, so that a difference is not an accident of the cases."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from evals.pairing import SIGNIFICANT, Paired, holm, paired

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
        "clear_asked_back",
        "false_fills",
        "false_pass",
        "false_return",
        "contradictions",
        "sentence_characters",
        "long_sentences",
        "official_words",
        "reading_age",
        "tokens",
        "unresolved",
        "reopened",
        "turns",
        "questions",
        "asked_again",
        "must_ask_filled",
        "questions_per_case",
        "clear_refused",
        "ambiguous_accepted",
        "unknown_checks",
        "answerable_without_evidence",
        "evidence_ece",
    }
)

NEUTRAL = frozenset({"resolved_with_a_person", "choices_offered", "points_decided", "evidence"})
"""Neither more nor less of these is better by itself: what they are a part of is measured beside them."""
_PART_OF_A_TABLE = re.compile(r"points_(?P<meant>\w+)_given_(?P<given>\w+)$")


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
    dataset: str = ""
    config: dict[str, JsonValue] = Field(default_factory=dict)
    metrics: dict[str, StoredMeasure]
    rows: list[dict[str, JsonValue]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One metric in both runs.

    `paired` is the case-wise difference where rows hold a value to pair. `p` is corrected for the number of metrics
    compared, NaN where nothing could be paired. A slice (`top_1[typo]`) is shown and never counts as a regression of
    its own: its cases count in the measure it is a slice of.
    """

    metric: str
    before: float
    after: float
    paired: Paired | None
    p: float
    is_worse: bool
    is_significant: bool

    @property
    def is_slice(self) -> bool:
        """True for a measure of some cases only."""
        return self.metric.endswith("]")

    @property
    def is_regression(self) -> bool:
        """Worse, and not by chance."""
        return self.is_worse and self.is_significant and not self.is_slice


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """A case whose score differs between the runs."""

    id: str
    metric: str
    before: float
    after: float


class NotComparable(Exception):
    """The two folders do not hold results of the same task."""


def compare(before: Path, after: Path) -> list[Difference]:
    """Differences metric by metric. A regression: worse, and unlikely to be chance even among all metrics compared."""
    old, new = comparable(before, after)
    return differences(old, new)


def comparable(before: Path, after: Path) -> tuple[StoredResult, StoredResult]:
    """Both results. Raises NotComparable."""
    old, new = read(before), read(after)
    if old.task != new.task:
        raise NotComparable(f"{before} holds {old.task}, {after} holds {new.task}: compare runs of one task.")
    return old, new


def differences(old: StoredResult, new: StoredResult) -> list[Difference]:
    """Of two results of one task."""
    names = [
        name
        for name in old.metrics
        if name in new.metrics and old.metrics[name].value is not None and new.metrics[name].value is not None
    ]
    pairs = {name: pair for name in names if (pair := _paired(name, old, new)) is not None}
    corrected = holm({name: pair.p for name, pair in pairs.items() if not name.endswith("]")})
    return [_difference(name, old, new, pairs.get(name), corrected.get(name)) for name in names]


def flips(old: StoredResult, new: StoredResult) -> list[Flip]:
    """Cases that a metric of both runs scores differently, worst first."""
    found = [
        Flip(id=case, metric=name, before=first[case], after=second[case])
        for name in old.metrics
        for first, second in [(_values(name, old.rows), _values(name, new.rows))]
        for case in sorted(first.keys() & second.keys())
        if first[case] != second[case]
    ]
    return sorted(found, key=lambda flip: (not _is_worse(flip.metric, flip.before, flip.after), flip.metric, flip.id))


def read(folder: Path) -> StoredResult:
    """The result in a folder, or a result file itself."""
    file = folder / "result.json" if folder.is_dir() else folder
    if not file.exists():
        raise NotComparable(f"No result in {folder}: run `xiaoshen eval TASK DATA --out {folder}` first.")
    return StoredResult.model_validate(json.loads(file.read_text(encoding="utf-8")))


def _difference(
    name: str, old: StoredResult, new: StoredResult, pair: Paired | None, corrected: float | None
) -> Difference:
    a, b = old.metrics[name], new.metrics[name]
    before, after = a.value or 0.0, b.value or 0.0
    p = corrected if corrected is not None else (pair.p if pair else float("nan"))
    return Difference(
        metric=name,
        before=before,
        after=after,
        paired=pair,
        p=p,
        is_worse=_is_worse(name, before, after),
        is_significant=p < SIGNIFICANT if pair is not None else _apart(a, b),
    )


def _is_worse(name: str, before: float, after: float) -> bool:
    measure = name.partition("[")[0]
    if measure in NEUTRAL:
        return False
    cell = _PART_OF_A_TABLE.match(measure)
    lower_is_better = cell["meant"] != cell["given"] if cell else measure in LOWER_IS_BETTER
    return after > before if lower_is_better else after < before


def _apart(a: StoredMeasure, b: StoredMeasure) -> bool:
    """Without rows to pair: the intervals do not overlap, which is stricter than a paired test."""
    if None in (*a.ci95, *b.ci95):
        return False
    (a_low, a_high), (b_low, b_high) = a.ci95, b.ci95
    return (a_high or 0.0) < (b_low or 0.0) or (b_high or 0.0) < (a_low or 0.0)


def _paired(name: str, old: StoredResult, new: StoredResult) -> Paired | None:
    first, second = _values(name, old.rows), _values(name, new.rows)
    shared = sorted(first.keys() & second.keys())
    if not shared:
        return None
    about = _clusters(new.rows)
    clusters = [about.get(case, case) for case in shared]
    return paired([first[i] for i in shared], [second[i] for i in shared], clusters)


def _clusters(rows: list[dict[str, JsonValue]]) -> Mapping[str, str]:
    """What each case is about, as its row says; a case of its own where it says nothing."""
    return {str(row.get("id")): str(row.get("cluster") or row.get("id")) for row in rows}


def _values(name: str, rows: list[dict[str, JsonValue]]) -> Mapping[str, float]:
    """The per-case values behind a metric: rows carry them under `scores`, of a ranking under `measures`."""
    found: dict[str, float] = {}
    for row in rows:
        scores = row.get("measures", row.get("scores"))
        value = scores.get(name) if isinstance(scores, dict) else None
        if isinstance(value, int | float):
            found[str(row.get("id"))] = float(value)
    return found
