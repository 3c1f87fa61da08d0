"""Personal data: which spans the inbound guard would mask."""

import time
from collections.abc import Sequence
from pathlib import Path

from evals.harness.runs import Pair, Scored, Scoring
from evals.harness.runs import run as run_cases
from evals.progress import Progress
from evals.result import Row, RunResult
from evals.samples import CaseFile, PiiCase
from evals.scorers.pii import FoundSpan, PiiRow, pii_metrics
from guardrails import pii

TASK = "pii"


def run(cases: CaseFile[PiiCase], config: Row, progress: Progress, *, folder: Path | None = None) -> RunResult:
    """Find and mask in every text."""
    return run_cases(SCORING, cases, _found, config=config, progress=progress, folder=folder)


async def _found(case: PiiCase) -> Row:
    began = time.perf_counter()
    spans = pii.find(case.text)
    masked = pii.mask(case.text)
    elapsed = (time.perf_counter() - began) * 1000
    return {
        "id": case.id,
        "spans": [{"start": s.start, "end": s.end, "type": str(s.type)} for s in spans],
        "masked": masked,
        "latency_ms": round(elapsed, 2),
    }


def score(pairs: Sequence[Pair[PiiCase]]) -> Scored:
    """The measures, and each text's part of them."""
    rows = [PiiRow(case, _spans(row)) for case, row in pairs]
    return Scored(metrics=pii_metrics(rows), scores=[_scores(row) for row in rows])


def _spans(row: Row) -> tuple[FoundSpan, ...]:
    found = row.get("spans")
    return tuple(
        FoundSpan(int(str(one["start"])), int(str(one["end"])), str(one["type"]))
        for one in (found if isinstance(found, list) else ())
        if isinstance(one, dict)
    )


def _scores(row: PiiRow) -> Row:
    """Of this text alone: a text without personal data has no recall, one without a find no precision."""
    own: Row = {}
    if row.found:
        own["precision"] = round(len(row.hits) / len(row.found), 4)
    if row.wanted:
        own["recall"] = round(len(row.hits) / len(row.wanted), 4)
    if row.found or row.wanted:
        own["f1"] = round(2 * len(row.hits) / (len(row.found) + len(row.wanted)), 4)
    return own


SCORING = Scoring(task=TASK, case=PiiCase, score=score)
