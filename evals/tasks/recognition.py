"""Recognition: each request goes through the front half of the real turn, up to the decision."""

import asyncio
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from datetime import date
from pathlib import Path

from assistant.dialogue import Question
from assistant.turn import Assistant
from evals.harness.runs import Cases, Pair, Scored, Scoring
from evals.harness.runs import run as run_cases
from evals.progress import Progress
from evals.recognition_report import recognition_page
from evals.result import Row, RunResult
from evals.samples import RecognitionCase
from evals.scorers.recognition import RecognitionRow, recognition_metrics
from knowledge.recognition.decision import Candidate, Decision, Recognition

TASK = "recognition"
PAGE = "errors.html"
_TOGETHER = 25
"""Cases in one sample of the log where there are thousands: the log is then a small part of the work."""

Elsewhere = Callable[[RecognitionCase, date], Future[Row]]
"""Sends a case to another process."""


def run(
    assistant: Assistant,
    cases: Cases[RecognitionCase],
    today: date,
    config: Row,
    progress: Progress,
    *,
    folder: Path | None = None,
    elsewhere: Elsewhere | None = None,
) -> RunResult:
    """Recognise every case; one that fails is a row with its error and no candidates.

    `elsewhere` are processes with the same product open.
    """

    async def produce(case: RecognitionCase) -> Row:
        if elsewhere is None:
            return await asyncio.to_thread(recognized, assistant, case, today)
        return await asyncio.wrap_future(elsewhere(case, today))

    return run_cases(
        SCORING,
        cases,
        produce,
        config=config,
        progress=progress,
        folder=folder,
        together=1 if elsewhere is None else _TOGETHER,
    )


def recognized(assistant: Assistant, case: RecognitionCase, today: date) -> Row:
    """The row of one case."""
    began = time.perf_counter()
    recognition = assistant.recognize(_question(case, today))
    return _as_json(case, recognition, (time.perf_counter() - began) * 1000)


def score(pairs: Sequence[Pair[RecognitionCase]]) -> Scored:
    """The measures, each case's part of them, and the page of errors."""
    scored = [RecognitionRow(case, _recognition(row)) for case, row in pairs]
    metrics = recognition_metrics(scored)
    pages = {PAGE: recognition_page("Recognition", scored, metrics)}
    return Scored(metrics=metrics, scores=[_scores(row) for row in scored], pages=pages)


SCORING = Scoring(task=TASK, case=RecognitionCase, score=score, cluster=lambda case: " ".join(case.expected))


def _question(case: RecognitionCase, today: date) -> Question:
    return Question(
        text=case.query,
        as_of=today,
        history=case.utterances(),
        audience=case.audience,
        region=case.region or "上海市",
    )


def _as_json(case: RecognitionCase, found: Recognition, elapsed: float) -> Row:
    return {
        "id": case.id,
        "decision": found.decision.value,
        "accepted": list(found.accepted),
        "choices": list(found.choices),
        "candidates": [{"item": c.item, "score": round(c.score, 4)} for c in found.candidates],
        "latency_ms": round(elapsed, 2),
    }


def _recognition(row: Row) -> Recognition:
    """What was recorded; nothing found where the case failed."""
    candidates = row.get("candidates")
    return Recognition(
        decision=Decision(str(row.get("decision", Decision.NONE.value))),
        accepted=_words(row.get("accepted")),
        choices=_words(row.get("choices")),
        candidates=tuple(
            Candidate(str(one["item"]), float(str(one["score"])))
            for one in (candidates if isinstance(candidates, list) else ())
            if isinstance(one, dict)
        ),
    )


def _words(value: object) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, list) else ()


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
