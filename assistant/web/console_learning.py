"""Routes of the console: what citizens asked becomes an evaluation case or a way of asking, with one click."""

from typing import Annotated

from fastapi import APIRouter, Depends

from assistant.identity.people import Action, Person
from assistant.storage.evaluation_cases import CaseTask
from assistant.web.console_parts import Console
from assistant.web.console_search import save_case
from assistant.web.console_search_schemas import CaseLine
from assistant.web.console_work_schemas import NewWay, ReportedCase
from assistant.web.errors import UnknownSource
from guardrails import pii
from knowledge.errors import TransitionRefused
from knowledge.life.work import Finding, WorkKind

_ASKED = (WorkKind.REPORTED, WorkKind.SIGNAL, WorkKind.GAP)


def learning_router(console: Console) -> APIRouter:
    """The routes, bound to the console's parts."""
    router = APIRouter(prefix="/api/console", tags=["console"])
    saver = Depends(console.staff.may(Action.SAVE_CASES))

    @router.post("/work/items/{work_id}/case", status_code=201)
    def case(work_id: str, case: ReportedCase, person: Annotated[Person, saver]) -> CaseLine:
        """Make an evaluation case of what was asked, with what a right answer says; the question is the masked one."""
        finding = _asked(console, work_id)
        content: dict[str, object] = {
            "question": finding.places[0].text,
            "answerable": case.answerable,
            "facts": [[fact] for fact in case.facts],
            "forbidden": list(case.forbidden),
            "citations": list(case.citations),
            "tags": [finding.kind.value],
        }
        return save_case(console, person, CaseTask.ANSWERS, content, case.note)

    @router.post("/work/items/{work_id}/way", status_code=201)
    def way(work_id: str, way: NewWay, person: Annotated[Person, saver]) -> CaseLine:
        """Propose what was asked as a way of asking for an item: exported for `corpus/asking`, learned by training."""
        _asked(console, work_id)
        if way.item is not None and way.item not in {i.slug for i in console.knowledge.items(console.clock().date())}:
            raise UnknownSource
        content: dict[str, object] = {
            "item": way.item,
            "query": pii.mask(way.query),  # also what was typed anew
            "style": "everyday",
            "source": "console",
        }
        return save_case(console, person, CaseTask.ASKING, content, way.note)

    return router


def _asked(console: Console, work_id: str) -> Finding:
    finding = console.life.work.one(work_id).finding
    if finding.kind not in _ASKED:
        raise TransitionRefused("Only what citizens asked becomes a case or a way of asking.")
    return finding
