"""Scores of a kept run, computed anew from what was recorded of it."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter

from evals.compare import NotComparable
from evals.harness.runs import Scoring, result_of
from evals.result import Row, RunResult
from evals.samples import BrokenLine, Case, CaseFile
from evals.tasks import answers, citizens, dialogue, grounding, pii, prefill, prereview, recognition, retrieval, safety

CASES = "cases.jsonl"

C = TypeVar("C", bound=Case)
Stored = Mapping[str, object]
Again = Callable[[Path, Stored], RunResult]


def rescored(folder: Path) -> RunResult:
    """The result with the scorers as they are now. Raises NotComparable where the folder keeps no such run."""
    result, cases = folder / "result.json", folder / CASES
    if not result.is_file() or not cases.is_file():
        raise NotComparable(f"{folder} keeps no run: `xiaoshen eval TASK DATA --out {folder}` makes one.")
    stored = json.loads(result.read_text(encoding="utf-8"))
    again = AGAIN.get(str(stored["task"]))
    if again is None:
        raise NotComparable(f"Runs of {stored['task']} are not known here: take the version that made them.")
    return again(cases, stored)


def _scorer(scoring: Scoring[C]) -> Again:
    def again(cases: Path, stored: Stored) -> RunResult:
        read = list(CaseFile(cases, scoring.case))
        rows, config = stored["rows"], stored.get("config")
        plain: list[Row] = (
            [{k: v for k, v in row.items() if k not in ("cluster", scoring.kept_as)} for row in rows]
            if isinstance(rows, list)
            else []
        )
        return result_of(
            scoring,
            list(zip(read, plain, strict=True)),
            str(stored.get("dataset", "")),
            config if isinstance(config, dict) else {},
            TypeAdapter(list[BrokenLine]).validate_python(stored.get("broken_lines", [])),
        )

    return again


AGAIN: Mapping[str, Again] = {
    "recognition": _scorer(recognition.SCORING),
    "answers": _scorer(answers.SCORING),
    "retrieval": _scorer(retrieval.SCORING),
    "grounding": _scorer(grounding.SCORING),
    "pii": _scorer(pii.SCORING),
    "prefill": _scorer(prefill.SCORING),
    "prereview": _scorer(prereview.SCORING),
    "safety": _scorer(safety.SCORING),
    "dialogue": _scorer(dialogue.SCORING),
    "citizens": _scorer(citizens.SCORING),
}
