"""Prefill: what a form holds after registers were asked and the citizen has spoken, and what is left to ask."""

import time
from collections.abc import Mapping

from evals.progress import Progress
from evals.result import Row, RunResult
from evals.samples import CaseFile, PrefillCase
from evals.scorers.prefill import PrefillRow, prefill_metrics
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
) -> RunResult:
    """Fill the form of every case as the product does."""
    scored: list[PrefillRow] = []
    rows: list[Row] = []
    latencies: list[float] = []
    for case in progress(cases):
        item = items.get(case.item)
        began = time.perf_counter()
        filling = _fill(case, item) if item else Filling({}, ())
        latencies.append((time.perf_counter() - began) * 1000)
        scored.append(PrefillRow(case, {name: f.value for name, f in filling.filled.items()}, filling.ask))
        rows.append(_row(case, filling, known=item is not None))
    return RunResult(
        task=TASK,
        dataset=str(cases.path),
        config=config,
        metrics=prefill_metrics(scored),
        rows=rows,
        latencies=latencies,
        broken=cases.broken,
    )


def _fill(case: PrefillCase, item: ServiceItem) -> Filling:
    form = form_of(item)
    known = tuple(fact for values in case.profile.values() for fact in register_facts(values))
    said = read_said(form, case.messages, case.today, known)
    return fill(form, (*known, *said), case.today)


def _row(case: PrefillCase, filling: Filling, *, known: bool) -> Row:
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
    }
    if not known:
        row["error"] = f"no item {case.item} in the catalogue"
    return row
