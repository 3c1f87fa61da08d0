"""Prefill: what a form holds after registers were asked and the citizen has spoken, and what is left to ask."""

import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from evals.harness.runs import Pair, Scored, Scoring
from evals.harness.runs import run as run_cases
from evals.progress import Progress
from evals.result import Row, RunResult
from evals.samples import CaseFile, PrefillCase
from evals.scorers.prefill import PrefillRow, prefill_metrics, prefill_scores
from knowledge.items import ServiceItem
from prefill.facts import register_facts
from prefill.filling import Filling, fill
from prefill.forms import form_of
from prefill.said.reading import read_said

TASK = "prefill"


def run(
    cases: CaseFile[PrefillCase],
    items: Mapping[str, ServiceItem],
    config: Row,
    progress: Progress,
    *,
    folder: Path | None = None,
) -> RunResult:
    """Fill the form of every case as the product does."""

    async def produce(case: PrefillCase) -> Row:
        item = items.get(case.item)
        began = time.perf_counter()
        filling = _fill(case, item) if item else Filling({}, ())
        elapsed = (time.perf_counter() - began) * 1000
        return _as_json(case, filling, elapsed, known=item is not None)

    return run_cases(SCORING, cases, produce, config=config, progress=progress, folder=folder)


def score(pairs: Sequence[Pair[PrefillCase]]) -> Scored:
    """The measures, and each case's part of them."""
    rows = [PrefillRow(case, _filled(row), _asked(row)) for case, row in pairs]
    return Scored(metrics=prefill_metrics(rows), scores=[dict(prefill_scores(row)) for row in rows])


SCORING = Scoring(task=TASK, case=PrefillCase, score=score, cluster=lambda case: case.item)


def _fill(case: PrefillCase, item: ServiceItem) -> Filling:
    form = form_of(item)
    known = tuple(fact for values in case.profile.values() for fact in register_facts(values))
    said = read_said(form, case.messages, case.today, known)
    return fill(form, (*known, *said), case.today)


def _as_json(case: PrefillCase, filling: Filling, elapsed: float, *, known: bool) -> Row:
    row: Row = {
        "id": case.id,
        "filled": {
            name: {
                "value": f.value,
                "source": f.provenance.source,
                "confidence": f.provenance.confidence,
                "kind": str(f.provenance.kind),
                "locked": f.locked,
            }
            for name, f in filling.filled.items()
        },
        "ask": list(filling.ask),
        "latency_ms": round(elapsed, 2),
    }
    if not known:
        row["error"] = f"no item {case.item} in the catalogue"
    return row


def _filled(row: Row) -> dict[str, str]:
    filled = row.get("filled")
    if not isinstance(filled, dict):
        return {}
    return {name: str(one["value"]) for name, one in filled.items() if isinstance(one, dict)}


def _asked(row: Row) -> tuple[str, ...]:
    ask = row.get("ask")
    return tuple(str(name) for name in ask) if isinstance(ask, list) else ()
