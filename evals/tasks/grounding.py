"""Grounding: may this sentence leave, given this evidence? Asked of the guard that every answer passes."""

import time
from collections.abc import Sequence
from pathlib import Path

from evals.harness.runs import Pair, Scored, Scoring
from evals.harness.runs import run as run_cases
from evals.progress import Progress
from evals.result import Row, RunResult
from evals.samples import CaseFile, GroundingCase
from evals.scorers.grounding import GroundingRow, grounding_metrics
from guardrails.approved import Evidence
from guardrails.grounding import supported

TASK = "grounding"


def run(cases: CaseFile[GroundingCase], config: Row, progress: Progress, *, folder: Path | None = None) -> RunResult:
    """Judge every sentence."""
    return run_cases(SCORING, cases, _judged, config=config, progress=progress, folder=folder)


async def _judged(case: GroundingCase) -> Row:
    began = time.perf_counter()
    judgement = supported(case.sentence, tuple(Evidence(e.source, e.text) for e in case.evidence))
    elapsed = (time.perf_counter() - began) * 1000
    return {
        "id": case.id,
        "allowed": judgement.allowed,
        "reason": judgement.reason,
        "latency_ms": round(elapsed, 2),
    }


def score(pairs: Sequence[Pair[GroundingCase]]) -> Scored:
    """The measures, and each sentence's part of them; a check that failed let nothing through."""
    rows = [GroundingRow(case, bool(row.get("allowed", False)), str(row.get("reason", ""))) for case, row in pairs]
    return Scored(metrics=grounding_metrics(rows), scores=[_scores(row) for row in rows])


def _scores(row: GroundingRow) -> Row:
    if row.case.supported:
        return {"supported_let_through": float(row.allowed)}
    return {"unsupported_caught": float(not row.allowed)}


SCORING = Scoring(task=TASK, case=GroundingCase, score=score)
