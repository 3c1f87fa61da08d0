"""Pre-review: is the application passed, returned or given to a person, and are its points judged rightly?"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from pydantic import JsonValue

from assistant.describing import digest_of
from evals.harness.runs import Pair, Scored, Scoring
from evals.harness.runs import run as run_cases
from evals.progress import Progress
from evals.result import Row, RunResult
from evals.review_samples import PrereviewCase
from evals.samples import CaseFile
from evals.scorers.prereview import ReviewRow, prereview_metrics, prereview_scores
from knowledge.items import ServiceItem
from prefill.review.application import Application
from prefill.review.reading import MaterialReader
from prefill.review.result import Code, Outcome, PointResult, Review
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
    *,
    folder: Path | None = None,
) -> RunResult:
    """Review every case on its own day. Files stand beside the dataset; reading them counts in the latency.

    `readers` gives the reader of files for a year; without one, files stay unread.
    """

    async def produce(case: PrereviewCase) -> Row:
        began = time.perf_counter()
        item = items.get(case.item)
        application = _with_files_read(case.application(), cases.path.parent, readers)
        judged = review(application, item, rulebook) if item else None
        return _as_json(case.id, judged, (time.perf_counter() - began) * 1000)

    with_rules = sum(slug in items for slug in rulebook.items)
    config: dict[str, JsonValue] = {
        "rules": f"decision tables of {with_rules} items, zen-engine; no language model",
        "reads_files": readers is not None,
        "knowledge": digest_of(items.values()),
    }
    return run_cases(SCORING, cases, produce, config=config, progress=progress, folder=folder, at_once=1)


def score(pairs: Sequence[Pair[PrereviewCase]]) -> Scored:
    """The measures, and each case's part of them."""
    rows = [_review_row(case, row) for case, row in pairs]
    return Scored(metrics=prereview_metrics(rows), scores=[dict(prereview_scores(row)) for row in rows])


SCORING = Scoring(task=TASK, case=PrereviewCase, score=score, cluster=lambda case: case.item)


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


def _as_json(identifier: str, judged: Review | None, elapsed: float) -> Row:
    if judged is None:  # an item that is not known goes to a person
        return {
            "id": identifier,
            "outcome": Outcome.HUMAN.value,
            "points": {},
            "missing_materials": [],
            "codes": [],
            "notice": "",
            "latency_ms": round(elapsed, 2),
        }
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
        "latency_ms": round(elapsed, 2),
    }


def _review_row(case: PrereviewCase, row: Row) -> ReviewRow:
    """What was recorded; a case that failed was left to a person."""
    points = row.get("points")
    judged = points if isinstance(points, dict) else {}
    return ReviewRow(
        case=case,
        outcome=Outcome(str(row.get("outcome", Outcome.HUMAN.value))),
        points={name: PointResult(str(p["result"])) for name, p in judged.items() if isinstance(p, dict)},
        missing_materials=tuple(_words(row.get("missing_materials"))),
        codes=tuple(Code(word) for word in _words(row.get("codes"))),
    )


def _words(value: JsonValue) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []
