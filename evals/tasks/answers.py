"""Answers: each question goes through the whole turn, as on the page."""

import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from pydantic import JsonValue

from assistant.dialogue import Question
from assistant.events import Status
from assistant.transcript import Transcript, collect
from assistant.turn import Assistant
from evals.harness.runs import Cases, Pair, Scored, Scoring
from evals.harness.runs import run as run_cases
from evals.progress import Progress
from evals.result import Row, RunResult
from evals.samples import AnswerCase
from evals.scorers.answer_checks import AnswerRecord, CitedVersion, SheetFact, Told
from evals.scorers.answers import AnswerRow, answer_metrics
from evals.scorers.citation_spans import CitedClause, CitingSentence
from knowledge.statements import Facet

TASK = "answers"
_NUMBERED = (Facet.FEE, Facet.TIME_LIMIT)
_NO_MODEL = "grounded"


def run(
    assistant: Assistant,
    cases: Cases[AnswerCase],
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
        return _as_json(case, today, transcript, (time.perf_counter() - began) * 1000)

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


def _as_json(case: AnswerCase, today: date, transcript: Transcript, elapsed: float) -> Row:
    by_number = {c.number: c.source for c in transcript.citations}
    places = {c.number: place for place, c in enumerate(transcript.citations)}
    return {
        "id": case.id,
        "as_of": (case.as_of or today).isoformat(),
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
                "effective_to": c.effective_to.isoformat() if c.effective_to else None,
                "clause": c.clause,
                "anchor": c.anchor,
                "quote": c.quote.text,
                "url": c.url,
            }
            for c in transcript.citations
        ],
        "sentences": [
            {
                "text": s.text.text,
                "sources": [by_number[n] for n in s.citations if n in by_number],
                "cites": [places[n] for n in s.citations if n in places],
            }
            for s in transcript.sentences
        ],
        "sheet": [
            {"source": f"items/{card.item.slug}", "facet": section.facet.value, "text": row.text.text}
            for card in transcript.cards
            for section in card.sections
            if section.facet in _NUMBERED and section.confirmed
            for row in section.rows
        ],
        "ways_on": [
            *(step.label.text for step in transcript.next_steps),
            *(choice.label.text for choice in (transcript.question.choices if transcript.question else ())),
        ],
        "tokens": 0 if transcript.finished.composer == _NO_MODEL else None,  # models are not asked what they used
        "latency_ms": round(elapsed, 2),
    }


def _answer_row(case: AnswerCase, row: Row) -> AnswerRow:
    """What was recorded; a case that failed answered nothing."""
    cited = dict.fromkeys(str(c["source"]) for c in _objects(row, "citations"))
    status = Status(str(row.get("status", Status.CANNOT_ANSWER.value)))
    return AnswerRow(case, status, str(row.get("text", "")), tuple(cited), _record(row))


def _record(row: Row) -> AnswerRecord:
    tokens = row.get("tokens")
    clauses = [
        CitedClause(source=str(c["source"]), anchor=str(c.get("anchor", "")), quote=str(c["quote"]))
        for c in _objects(row, "citations")
    ]
    return AnswerRecord(
        day=_day(row.get("as_of")),
        sentences=[Told(text=str(s["text"]), sources=tuple(_texts(s["sources"]))) for s in _objects(row, "sentences")],
        versions=[
            CitedVersion(
                source=str(c["source"]), begins=_day(c.get("effective_from")), ends=_day(c.get("effective_to"))
            )
            for c in _objects(row, "citations")
        ],
        sheet=[
            SheetFact(source=str(f["source"]), facet=str(f["facet"]), text=str(f["text"]))
            for f in _objects(row, "sheet")
        ],
        ways_on=_texts(row.get("ways_on")),
        tokens=tokens if isinstance(tokens, int) else None,
        clauses=clauses,
        citing=[
            CitingSentence(text=str(s["text"]), quotes=tuple(clauses[place].quote for place in _places(s.get("cites"))))
            for s in _objects(row, "sentences")
        ],
    )


def _places(value: JsonValue) -> list[int]:
    return [one for one in value if isinstance(one, int)] if isinstance(value, list) else []


def _objects(row: Row, name: str) -> list[Row]:
    found = row.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _texts(value: JsonValue) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _day(value: JsonValue) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else None


def _scores(row: AnswerRow) -> Row:
    """The case's own part of each measure, so that two runs can be compared pair by pair."""
    scores: Row = {"forbidden_rate": float(bool(row.forbidden_found)), "forbidden_found": list(row.forbidden_found)}
    if row.case.answerable:
        scores["fact_recall"] = round(row.fact_recall if row.is_answered else 0.0, 4)
        scores["wrongly_unanswered"] = float(not row.is_answered)
        if row.case.facts:
            scores["completeness"] = float(row.is_complete)
    else:
        scores["rightly_unanswered"] = float(not row.is_answered)
    if not row.is_answered:
        return scores | {"way_on": float(row.has_way_on)}
    scores |= {name: round(part.right / part.of, 4) for name, part in row.close_citations.items()}
    scores |= {"contradictions": float(bool(row.contradictions)), "contradicting": list(row.contradictions)}
    if row.record.versions:
        scores["versions_right"] = float(not row.wrong_versions)
    plain = row.plainness
    if plain is not None:
        scores |= {"long_sentences": round(plain.long_share, 4), "official_words": round(plain.official_share, 4)}
    return scores
