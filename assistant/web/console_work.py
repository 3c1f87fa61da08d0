"""Routes of the console: the work lists, and the way from a gap to a drafted entry."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from assistant.identity.people import Action, Person
from assistant.upkeep.drafting import EntryDraft, entry_name
from assistant.web.console_parts import Console
from assistant.web.console_work_schemas import (
    DraftedEntry,
    DraftEntry,
    Span,
    WorkCount,
    WorkLine,
    WorkLines,
    WorkPlace,
    WorkStep,
)
from assistant.web.schemas import MOST
from knowledge.life.work import Place, Step, Work, WorkKind, WorkState

_WAITING = (WorkState.OPEN, WorkState.TAKEN)


def work_router(console: Console) -> APIRouter:
    """The routes, bound to the console's parts."""
    router = APIRouter(prefix="/api/console", tags=["console"])
    reader = Depends(console.staff.may(Action.READ_KNOWLEDGE))
    worker = Depends(console.staff.may(Action.WORK_LISTS))
    editor = Depends(console.staff.may(Action.EDIT_KNOWLEDGE))

    @router.get("/work/{kind}", dependencies=[reader])
    def work(
        kind: WorkKind,
        state: Annotated[list[WorkState] | None, Query()] = None,
        offset: Annotated[int, Query(ge=0, le=MOST)] = 0,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> WorkLines:
        """A list, worst first; without a state what waits."""
        found = console.life.work.list(kind, states=tuple(state or _WAITING))
        rows = [_line(console, one) for one in found[offset : offset + limit]]
        return WorkLines(rows=rows, total=len(found), counts=_counts(console))

    @router.get("/work", dependencies=[reader])
    def counts() -> list[WorkCount]:
        """How much waits in each list: what the navigation shows."""
        return _counts(console)

    @router.post("/work/{kind}/look")
    def look(kind: WorkKind, person: Annotated[Person, worker]) -> WorkLines:
        """Look through the knowledge base now, instead of at the next regular look."""
        console.life.look(console.clock(), (kind,))
        return work(kind)

    @router.post("/work/items/{work_id}/steps")
    def step(work_id: str, done: WorkStep, person: Annotated[Person, worker]) -> WorkLine:
        """Take, finish, set aside or open again."""
        return _line(console, _changed(console, work_id, done, person))

    @router.post("/work/items/{work_id}/draft", status_code=201)
    def draft(work_id: str, entry: DraftEntry, person: Annotated[Person, editor]) -> DraftedEntry:
        """Write an entry that closes a gap: saved as a draft, reviewed and published like any document."""
        return _drafted(console, work_id, entry, person)

    return router


def _changed(console: Console, work_id: str, done: WorkStep, person: Person) -> Work:
    step = Step(at=console.clock(), actor=person.id, reason=done.reason)
    match done.step:
        case "take":
            return console.life.work.take(work_id, step, due=done.due)
        case "finish":
            return console.life.work.finish(work_id, step)
        case "set_aside":
            return console.life.work.set_aside(work_id, step)
        case "reopen":
            return console.life.work.reopen(work_id, step)


def _drafted(console: Console, work_id: str, entry: DraftEntry, person: Person) -> DraftedEntry:
    draft = EntryDraft(
        title=entry.title,
        question=entry.question,
        answer=entry.answer,
        basis=entry.basis,
        region=console.services.settings.region,
        effective_from=entry.effective_from,
    )
    step = Step(at=console.clock(), actor=person.id, reason=entry.title)
    saved = console.life.draft_entry(work_id, draft, step)
    return DraftedEntry(document=entry_name(console.life.work.one(work_id)), version=saved.version_id)


def _counts(console: Console) -> list[WorkCount]:
    waiting = console.life.work.list(states=_WAITING)
    today = console.clock().date()
    return [
        WorkCount(
            kind=kind,
            waiting=sum(one.finding.kind is kind for one in waiting),
            late=sum(one.finding.kind is kind and _is_late(one, today) for one in waiting),
        )
        for kind in WorkKind
    ]


def _is_late(work: Work, today: date) -> bool:
    return work.is_waiting and work.due is not None and work.due < today


def _line(console: Console, work: Work) -> WorkLine:
    finding = work.finding
    return WorkLine(
        id=finding.id,
        kind=finding.kind,
        code=finding.code,
        severity=finding.severity,
        title=finding.title,
        what=finding.what,
        mend=finding.mend,
        places=[_place(place) for place in finding.places],
        volume=finding.volume,
        state=work.state,
        owner=console.who(work.owner) if work.owner else None,
        due=work.due,
        late=_is_late(work, console.clock().date()),
        reason=work.reason,
        draft=work.draft,
        found_at=work.found_at,
    )


def _place(place: Place) -> WorkPlace:
    return WorkPlace(
        source=place.source,
        title=place.title,
        text=place.text,
        clause=place.clause,
        version=place.version,
        spans=[Span(start=start, end=end) for start, end in place.spans],
    )
