"""Answers: each question goes through the whole turn, as on the page."""

import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from assistant.dialogue import Question
from assistant.events import Status
from assistant.transcript import Transcript, collect
from assistant.turn import Assistant
from evals.harness.runs import Pair, Scored, Scoring
from evals.harness.runs import run as run_cases
from evals.progress import Progress
from evals.result import Row, RunResult
from evals.samples import AnswerCase, CaseFile
from evals.scorers.answers import AnswerRow, answer_metrics

TASK = "answers"


def run(
    assistant: Assistant,
    cases: CaseFile[AnswerCase],
    today: date,
    config: Row,
    progress: Progress,
    *,
    folder: Path | None = None,
) -> RunResult:
    """Answer every case."""

    async def produce(case: AnswerCase) -> Row:
        began = time.perf_counter()
        transcript = await collect(assistant.answer(_question(case, today)))
        return _as_json(case, transcript, (time.perf_counter() - began) * 1000)

    return run_cases(SCORING, cases, produce, config=config, progress=progress, folder=folder)


def score(pairs: Sequence[Pair[AnswerCase]]) -> Scored:
    """The measures, and each case's part of them."""
    scored = [_answer_row(case, row) for case, row in pairs]
    return Scored(metrics=answer_metrics(scored), scores=[_scores(row) for row in scored])


SCORING = Scoring(task=TASK, case=AnswerCase, score=score, cluster=lambda case: " ".join(case.citations[:1]))


def _question(case: AnswerCase, today: date) -> Question:
    return Question(
        text=case.question,
        as_of=case.as_of or today,
        history=case.utterances(),
        region=case.region or "上海市",
    )


def _as_json(case: AnswerCase, transcript: Transcript, elapsed: float) -> Row:
    return {
        "id": case.id,
        "status": Status(transcript.finished.status).value,
        "why": transcript.finished.why.value,
        "text": transcript.text,
        "composer": transcript.finished.composer,
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


def _answer_row(case: AnswerCase, row: Row) -> AnswerRow:
    """What was recorded; a case that failed answered nothing."""
    citations = row.get("citations")
    found = citations if isinstance(citations, list) else ()
    cited = dict.fromkeys(str(c["source"]) for c in found if isinstance(c, dict))
    status = Status(str(row.get("status", Status.CANNOT_ANSWER.value)))
    return AnswerRow(case, status, str(row.get("text", "")), tuple(cited))


def _scores(row: AnswerRow) -> Row:
    """The case's own part of each measure, so that two runs can be compared pair by pair."""
    scores: Row = {"forbidden_rate": float(bool(row.forbidden_found)), "forbidden_found": list(row.forbidden_found)}
    if row.case.answerable:
        scores["fact_recall"] = round(row.fact_recall if row.is_answered else 0.0, 4)
        scores["wrongly_unanswered"] = float(not row.is_answered)
    else:
        scores["rightly_unanswered"] = float(not row.is_answered)
    return scores
