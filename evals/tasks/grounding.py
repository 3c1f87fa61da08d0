"""Grounding: may this sentence leave, given this evidence? Asked of the guard that every answer passes."""

import time

from evals.progress import Progress
from evals.result import Row, RunResult
from evals.samples import CaseFile, GroundingCase
from evals.scorers.grounding import GroundingRow, grounding_metrics
from guardrails.approved import Evidence
from guardrails.grounding import supported

TASK = "grounding"


def run(cases: CaseFile[GroundingCase], config: Row, progress: Progress) -> RunResult:
    """Judge every sentence."""
    scored: list[GroundingRow] = []
    rows: list[Row] = []
    latencies: list[float] = []
    for case in progress(cases):
        began = time.perf_counter()
        judgement = supported(case.sentence, tuple(Evidence(e.source, e.text) for e in case.evidence))
        elapsed = (time.perf_counter() - began) * 1000
        latencies.append(elapsed)
        scored.append(GroundingRow(case, judgement.allowed, judgement.reason))
        rows.append({"id": case.id, "allowed": judgement.allowed, "reason": judgement.reason})
    return RunResult(
        task=TASK,
        dataset=str(cases.path),
        config=config,
        metrics=grounding_metrics(scored),
        rows=rows,
        latencies=latencies,
        broken=cases.broken,
    )
