"""Pre-review: is the application passed, returned or given to a person, and are its points judged rightly?"""

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from pydantic import JsonValue

from evals.progress import Progress
from evals.result import Row, RunResult
from evals.review_samples import PrereviewCase
from evals.samples import CaseFile
from evals.scorers.prereview import ReviewRow, prereview_metrics
from knowledge.items import ServiceItem
from prefill.review.application import Application
from prefill.review.reading import MaterialReader
from prefill.review.result import Review
from prefill.review.reviewing import review
from prefill.review.rulebook import Rulebook

TASK = "prereview"

Readers = Callable[[int], MaterialReader]


def run(
    cases: CaseFile[PrereviewCase],
    items: Mapping[str, ServiceItem],
    rulebook: Rulebook,
    readers: Readers | None,
    progress: Progress,
) -> RunResult:
    """Review every case on its own day. Files stand beside the dataset; reading them counts in the latency.

    `readers` gives the reader of files for a year; without one, files stay unread.
    """
    scored: list[ReviewRow] = []
    latencies: list[float] = []
    for case in progress(cases):
        began = time.perf_counter()
        item = items.get(case.item)
        application = _with_files_read(case.application(), cases.path.parent, readers)
        judged = review(application, item, rulebook) if item else None
        latencies.append((time.perf_counter() - began) * 1000)
        scored.append(ReviewRow(case, judged))
    with_rules = sum(slug in items for slug in rulebook.items)
    config: dict[str, JsonValue] = {
        "rules": f"decision tables of {with_rules} items, zen-engine; no language model",
        "reads_files": readers is not None,
    }
    return RunResult(
        task=TASK,
        dataset=str(cases.path),
        config=config,
        metrics=prereview_metrics(scored),
        rows=[_row(one.case.id, one.review) for one in scored],
        latencies=latencies,
        broken=cases.broken,
    )


def _with_files_read(application: Application, folder: Path, readers: Readers | None) -> Application:
    """Fields of materials that came as files."""
    if readers is None or not any(material.file for material in application.materials):
        return application
    reader = readers(application.today.year)
    materials = tuple(
        reader.read(material, (folder / material.file).read_bytes()) if material.file else material
        for material in application.materials
    )
    return replace(application, materials=materials)


def _row(identifier: str, judged: Review | None) -> Row:
    if judged is None:
        return {"id": identifier, "outcome": "human", "points": {}, "missing_materials": [], "codes": [], "notice": ""}
    return {
        "id": identifier,
        "outcome": judged.outcome.value,
        "points": {
            point.id: {"result": point.result.value, "reason": point.reason, "basis": point.basis}
            for point in judged.points.values()
        },
        "missing_materials": list(judged.missing_materials),
        "codes": [code.value for code in judged.codes],
        "notice": judged.notice,
    }
