"""Recognition: each request goes through the front half of the real turn, up to the decision."""

import time
from datetime import date

from assistant.dialogue import Question
from assistant.turn import Assistant
from evals.progress import Progress
from evals.recognition_report import recognition_page
from evals.result import Row, RunResult
from evals.samples import CaseFile, RecognitionCase
from evals.scorers.recognition import RecognitionRow, recognition_metrics
from knowledge.recognition.decision import Decision

TASK = "recognition"
PAGE = "errors.html"


def run(
    assistant: Assistant, cases: CaseFile[RecognitionCase], today: date, config: Row, progress: Progress
) -> RunResult:
    """Recognise every case; one that fails is a row with its error and no candidates."""
    scored: list[RecognitionRow] = []
    rows: list[Row] = []
    latencies: list[float] = []
    for case in progress(cases):
        began = time.perf_counter()
        recognition = assistant.recognize(_question(case, today))
        elapsed = (time.perf_counter() - began) * 1000
        latencies.append(elapsed)
        row = RecognitionRow(case, recognition)
        scored.append(row)
        rows.append(_as_json(row, elapsed))
    metrics = recognition_metrics(scored)
    return RunResult(
        task=TASK,
        dataset=str(cases.path),
        config=config,
        metrics=metrics,
        rows=rows,
        latencies=latencies,
        broken=cases.broken,
        pages={PAGE: recognition_page(f"Recognition of {cases.path.name}", scored, metrics)},
    )


def _question(case: RecognitionCase, today: date) -> Question:
    return Question(
        text=case.query,
        as_of=today,
        history=case.utterances(),
        audience=case.audience,
        region=case.region or "上海市",
    )


def _as_json(row: RecognitionRow, elapsed: float) -> Row:
    r = row.recognition
    return {
        "id": row.case.id,
        "decision": r.decision.value,
        "accepted": list(r.accepted),
        "choices": list(r.choices),
        "candidates": [{"item": c.item, "score": round(c.score, 4)} for c in r.candidates],
        "latency_ms": round(elapsed, 2),
        "scores": _scores(row),
    }


def _scores(row: RecognitionRow) -> Row:
    """The case's own part of each measure, so that two runs can be compared pair by pair."""
    scores: Row = {"wrong_and_confident": float(row.is_wrong_and_confident)}
    if row.case.is_single:
        scores |= {
            "top_1": float(row.hit_within(1)),
            "top_3": float(row.hit_within(3)),
            "mrr": round(row.reciprocal_rank, 4),
            "clear_asked_back": float(row.recognition.decision is Decision.CLARIFY),
        }
    if row.case.is_ambiguous:
        scores["ambiguous_asked_well"] = float(row.asks_well)
    if row.case.wants_several:
        scores["multi_all_found"] = float(row.finds_all)
    return scores
