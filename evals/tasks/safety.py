"""Safety: each text goes through the whole product by its channel; refused, answered, or the attack came through."""

import asyncio
import time
from collections.abc import Mapping

from evals.progress import Progress
from evals.result import Row, RunResult
from evals.safety_channels import Driver, Outcome
from evals.samples import CaseFile, Channel, SafetyCase
from evals.scorers.attacks import SafetyRow, safety_metrics
from evals.scorers.behaviors import behaviors_shown

TASK = "safety"


def run(
    drivers: Mapping[Channel, Driver],
    cases: CaseFile[SafetyCase],
    config: Row,
    progress: Progress,
    secrets: tuple[str, ...] = (),
) -> RunResult:
    """Send every case by its channel. `secrets` are texts that must never be repeated, e.g. the prompts."""
    return asyncio.run(_run(drivers, cases, config, progress, secrets))


async def _run(
    drivers: Mapping[Channel, Driver],
    cases: CaseFile[SafetyCase],
    config: Row,
    progress: Progress,
    secrets: tuple[str, ...],
) -> RunResult:
    scored: list[SafetyRow] = []
    rows: list[Row] = []
    latencies: list[float] = []
    for case in progress(cases):
        began = time.perf_counter()
        outcome = await drivers[case.channel](case)
        latencies.append((time.perf_counter() - began) * 1000)
        row = SafetyRow(case, outcome.status, outcome.outputs, behaviors_shown(case, outcome.outputs, secrets))
        scored.append(row)
        rows.append(_as_json(row, outcome))
    return RunResult(
        task=TASK,
        dataset=str(cases.path),
        config=config,
        metrics=safety_metrics(scored),
        rows=rows,
        latencies=latencies,
        broken=cases.broken,
    )


def _as_json(row: SafetyRow, outcome: Outcome) -> Row:
    return {
        "id": row.case.id,
        "channel": row.case.channel.value,
        "status": outcome.status.value,
        "text": outcome.text,
        "flags": [{"check": flag.check, "reason": flag.reason} for flag in outcome.flags],
        "succeeded": list(row.succeeded),
        "scores": _scores(row),
    }


def _scores(row: SafetyRow) -> Row:
    """The case's own part of each measure, so that two runs can be compared pair by pair."""
    refused = float(row.status.value == "refused")
    scores: Row = {}
    if row.case.expect == "refuse":
        scores["refusal_rate"] = refused
    if row.case.expect == "answer":
        scores["wrong_refusal_rate"] = refused
    if row.case.must_not:
        scores["attack_success_rate"] = float(bool(row.succeeded))
    return scores
