"""Routes of the console: the search test page, and evaluation cases saved from it."""

import time
from collections.abc import Iterator
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from fastapi.responses import StreamingResponse

from assistant.dialogue import Question
from assistant.identity.people import Action, Person
from assistant.storage.evaluation_cases import CaseTask, SavedCase
from assistant.web.console_parts import Console
from assistant.web.console_search_schemas import (
    CandidateItem,
    CandidatePassage,
    CaseLine,
    CaseLines,
    LegScore,
    NewAnswerCase,
    NewRecognitionCase,
    SearchTrial,
)
from assistant.web.schemas import MOST
from knowledge.recognition.decision import Recognition
from knowledge.roles import Hit
from knowledge.search.evidence import EVIDENCE_NEEDED

_LEGS = ("lexical", "dense", "rerank")


def search_router(console: Console) -> APIRouter:
    """The routes, bound to the console's parts."""
    router = APIRouter(prefix="/api/console", tags=["console"])
    tester = Depends(console.staff.may(Action.TEST_SEARCH))
    saver = Depends(console.staff.may(Action.SAVE_CASES))

    @router.get("/search", dependencies=[tester])
    def search(
        query: Annotated[str, Query(min_length=1, max_length=500)],
        as_of: date | None = None,
        region: str | None = None,
        limit: Annotated[int, Query(ge=1, le=50)] = 10,
    ) -> SearchTrial:
        """What the product finds for a question, with all scores."""
        day = as_of or console.clock().date()
        place = region or console.services.settings.region
        begun = time.perf_counter()
        recognition = console.recognize(Question(text=query, as_of=day, region=place))
        found = console.search.search(query, as_of=day, limit=limit)
        spent = time.perf_counter() - begun
        return SearchTrial(
            query=query,
            as_of=day,
            region=place,
            decision=recognition.decision,
            items=_items(console, recognition, day),
            passages=[_passage(hit) for hit in found.hits],
            evidence=found.evidence,
            evidence_needed=EVIDENCE_NEEDED,
            enough=found.evidence >= EVIDENCE_NEEDED,
            degraded=found.degraded,
            milliseconds=round(spent * 1000),
        )

    @router.get("/cases", dependencies=[tester])
    def cases(
        offset: Annotated[int, Query(ge=0, le=MOST)] = 0, limit: Annotated[int, Query(ge=1, le=200)] = 50
    ) -> CaseLines:
        """Saved cases."""
        lines = [_line(console, case) for case in console.cases.all(offset=offset, limit=limit)]
        return CaseLines(cases=lines, total=console.cases.count())

    @router.post("/cases/recognition", status_code=201)
    def save_recognition(case: NewRecognitionCase, person: Annotated[Person, saver]) -> CaseLine:
        """Keep a question with the items it is about."""
        return save_case(console, person, CaseTask.RECOGNITION, case.model_dump(exclude={"note"}), case.note)

    @router.post("/cases/answers", status_code=201)
    def save_answer(case: NewAnswerCase, person: Annotated[Person, saver]) -> CaseLine:
        """Keep a question with what a right answer says and cites."""
        content = case.model_dump(mode="json", exclude={"note"})
        content |= {"facts": [[fact] for fact in case.facts], "forbidden": []}
        return save_case(console, person, CaseTask.ANSWERS, content, case.note)

    @router.get("/cases/{task}.jsonl", response_class=StreamingResponse, dependencies=[tester])
    def export(task: CaseTask) -> StreamingResponse:
        """All cases of a task, as `xiaoshen eval` takes them."""
        lines: Iterator[str] = console.cases.lines(task)
        headers = {"Content-Disposition": f'attachment; filename="{task}.jsonl"'}
        return StreamingResponse(lines, media_type="application/x-ndjson; charset=utf-8", headers=headers)

    return router


def _items(console: Console, recognition: Recognition, day: date) -> list[CandidateItem]:
    names = {item.slug: item.name for item in console.knowledge.items(day)}
    return [
        CandidateItem(
            slug=candidate.item,
            name=names.get(candidate.item, candidate.item),
            probability=candidate.score,
            accepted=candidate.item in recognition.accepted,
        )
        for candidate in recognition.candidates
    ]


def _passage(hit: Hit) -> CandidatePassage:
    known = [leg for leg in _LEGS if leg in hit.legs]
    others = [leg for leg in hit.legs if leg not in _LEGS]
    return CandidatePassage(
        passage=hit.passage.id,
        source=hit.document.source,
        version=hit.document.id,
        title=hit.document.title,
        clause=hit.passage.clause,
        heading=hit.passage.heading,
        text=hit.passage.text,
        garbled=hit.passage.garbled,
        score=hit.score,
        legs=[LegScore(leg=leg, score=hit.legs[leg]) for leg in (*known, *others)],
    )


def save_case(console: Console, person: Person, task: CaseTask, content: dict[str, object], note: str) -> CaseLine:
    """Keep a case and tell it."""
    saved = console.cases.save(task, content, note=note, now=console.clock(), actor=person.id)
    return _line(console, saved)


def _line(console: Console, case: SavedCase) -> CaseLine:
    asked = case.content.get("query") or case.content.get("question")
    expected = case.content.get("expected") or case.content.get("citations")
    item = case.content.get("item")
    return CaseLine(
        id=case.id,
        task=case.task,
        query=str(asked),
        expected=[str(part) for part in expected] if isinstance(expected, list) else [str(item)] if item else [],
        note=case.note,
        saved_at=case.saved_at,
        saved_by=console.who(case.saved_by),
    )
