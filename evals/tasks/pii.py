"""Personal data: which spans the inbound guard would mask."""

import time

from evals.progress import Progress
from evals.result import Row, RunResult
from evals.samples import CaseFile, PiiCase
from evals.scorers.pii import FoundSpan, PiiRow, pii_metrics
from guardrails import pii

TASK = "pii"


def run(cases: CaseFile[PiiCase], config: Row, progress: Progress) -> RunResult:
    """Find and mask in every text."""
    scored: list[PiiRow] = []
    rows: list[Row] = []
    latencies: list[float] = []
    for case in progress(cases):
        began = time.perf_counter()
        spans = tuple(FoundSpan(s.start, s.end, str(s.type)) for s in pii.find(case.text))
        masked = pii.mask(case.text)
        latencies.append((time.perf_counter() - began) * 1000)
        scored.append(PiiRow(case, spans))
        rows.append(
            {
                "id": case.id,
                "spans": [{"start": s.start, "end": s.end, "type": s.type} for s in spans],
                "masked": masked,
            }
        )
    return RunResult(
        task=TASK,
        dataset=str(cases.path),
        config=config,
        metrics=pii_metrics(scored),
        rows=rows,
        latencies=latencies,
        broken=cases.broken,
    )
