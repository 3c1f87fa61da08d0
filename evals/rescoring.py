"""Scores of a kept run, computed anew from what was recorded of it."""

import json
from pathlib import Path
from typing import TypeVar

from evals.compare import NotComparable
from evals.harness.runs import Scoring, result_of
from evals.result import Row, RunResult
from evals.samples import Case, CaseFile
from evals.tasks import answers, recognition

CASES = "cases.jsonl"
_ADDED = ("scores", "cluster")

C = TypeVar("C", bound=Case)


def rescored(folder: Path) -> RunResult:
    """The result with the scorers as they are now. Raises NotComparable where the folder keeps no such run."""
    result, cases = folder / "result.json", folder / CASES
    if not result.is_file() or not cases.is_file():
        raise NotComparable(f"{folder} keeps no run: `xiaoshen eval TASK DATA --out {folder}` makes one.")
    stored = json.loads(result.read_text(encoding="utf-8"))
    match str(stored["task"]):
        case "recognition":
            return _again(recognition.SCORING, cases, stored)
        case "answers":
            return _again(answers.SCORING, cases, stored)
        case other:
            raise NotComparable(f"Runs of {other} cannot be scored anew yet: run it again.")


def _again(scoring: Scoring[C], cases: Path, stored: dict[str, object]) -> RunResult:
    read = list(CaseFile(cases, scoring.case))
    rows = stored["rows"]
    plain: list[Row] = (
        [{k: v for k, v in row.items() if k not in _ADDED} for row in rows] if isinstance(rows, list) else []
    )
    config = stored.get("config")
    return result_of(
        scoring,
        list(zip(read, plain, strict=True)),
        str(stored.get("dataset", "")),
        config if isinstance(config, dict) else {},
    )
