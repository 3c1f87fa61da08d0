"""Answers: each question goes through the whole turn, as on the page."""

import asyncio
import time
from datetime import date

from assistant.dialogue import Question
from assistant.events import Status
from assistant.transcript import Transcript, collect
from assistant.turn import Assistant
from evals.progress import Progress
from evals.result import Row, RunResult
from evals.samples import AnswerCase, CaseFile
from evals.scorers.answers import AnswerRow, answer_metrics

TASK = "answers"


def run(assistant: Assistant, cases: CaseFile[AnswerCase], today: date, config: Row, progress: Progress) -> RunResult:
    """Answer every case, one after the other, in one event loop."""
    return asyncio.run(_run(assistant, cases, today, config, progress))


async def _run(
    assistant: Assistant, cases: CaseFile[AnswerCase], today: date, config: Row, progress: Progress
) -> RunResult:
    scored: list[AnswerRow] = []
    rows: list[Row] = []
    latencies: list[float] = []
    for case in progress(cases):
        began = time.perf_counter()
        transcript = await collect(assistant.answer(_question(case, today)))
        elapsed = (time.perf_counter() - began) * 1000
        latencies.append(elapsed)
        status = Status(transcript.finished.status)
        cited = tuple(dict.fromkeys(c.source for c in transcript.citations))
        row = AnswerRow(case, status, transcript.text, cited)
        scored.append(row)
        rows.append(_as_json(row, transcript, elapsed))
    return RunResult(
        task=TASK,
        dataset=str(cases.path),
        config=config,
        metrics=answer_metrics(scored),
        rows=rows,
        latencies=latencies,
        broken=cases.broken,
    )


def _question(case: AnswerCase, today: date) -> Question:
    return Question(
        text=case.question,
        as_of=case.as_of or today,
        history=case.utterances(),
        region=case.region or "上海市",
    )


def _as_json(row: AnswerRow, transcript: Transcript, elapsed: float) -> Row:
    return {
        "id": row.case.id,
        "status": row.status.value,
        "why": transcript.finished.why.value,
        "text": row.text,
        "composer": transcript.finished.composer,
        "scores": _scores(row),
        "forbidden_found": list(row.forbidden_found),
        "citations": [
            {
                "source": c.source,
                "title": c.title.text,
                "version": c.version,
                "effective_from": c.effective_from.isoformat() if c.effective_from else None,
                "quote": c.quote.text,
                "url": c.url,
            }
            for c in transcript.citations
        ],
        "latency_ms": round(elapsed, 2),
    }


def _scores(row: AnswerRow) -> Row:
    """The case's own part of each measure, so that two runs can be compared pair by pair."""
    scores: Row = {"forbidden_rate": float(bool(row.forbidden_found))}
    if row.case.answerable:
        scores["fact_recall"] = round(row.fact_recall if row.is_answered else 0.0, 4)
        scores["wrongly_unanswered"] = float(not row.is_answered)
    else:
        scores["rightly_unanswered"] = float(not row.is_answered)
    return scores
