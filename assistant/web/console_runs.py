"""Routes of the console: evaluation runs, from the start to the comparison."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import FileResponse
from pydantic import JsonValue, TypeAdapter
from starlette.concurrency import run_in_threadpool

from assistant.identity.people import Action, Person
from assistant.operation.evaluation_run import NoDraftWaits
from assistant.operation.runs import NAME, Run, RunTask
from assistant.storage.evaluation_cases import CaseTask
from assistant.web.console_parts import Console
from assistant.web.console_runs_errors import RUNS
from assistant.web.console_runs_schemas import (
    DraftEffect,
    RunBroken,
    RunComparison,
    RunDifference,
    RunFlip,
    RunLine,
    RunMetric,
)
from assistant.web.errors import UnknownSource
from assistant.web.public_errors import TABLE
from knowledge.passages import VersionState

DATASETS = tuple(f"/api/console/runs/{task}" for task in RunTask)
"""The addresses that take one."""

MAX_DATASET_BYTES = 20 * 1024 * 1024

_FLIPS_SHOWN = 200
_WAITING = (VersionState.DRAFT, VersionState.REVIEWED)
# The report is one page with its own script; it may load nothing, and knows nothing of the console's session.
_ALONE = (
    "sandbox allow-scripts; default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"
)
_FILES = {"result": "result.json", "rows": "rows.jsonl", "summary": "report.md"}

Name = Annotated[str, Path(pattern=NAME)]


def runs_router(console: Console) -> APIRouter:
    """The routes, bound to the console's parts."""
    TABLE.update(RUNS)
    router = APIRouter(prefix="/api/console", tags=["console"])
    reader = Depends(console.staff.may(Action.TEST_SEARCH))
    runner = Depends(console.staff.may(Action.RUN_EVALUATIONS))
    kept = console.runs

    @router.get("/runs", dependencies=[reader])
    def runs() -> list[RunLine]:
        """Every run, the newest first."""
        return [_line(console, run) for run in kept.all()]

    @router.post("/runs/{task}", status_code=202)
    async def start(
        task: RunTask,
        request: Request,
        person: Annotated[Person, runner],
        title: Annotated[str, Query(max_length=120)] = "",
    ) -> RunLine:
        """Run the dataset in the body: one JSON object a line, for retrieval a ZIP of a BEIR folder.

        Without a body the cases saved in the console are run.
        """
        return await run_in_threadpool(_started, console, task, await request.body(), title, person)

    @router.get("/runs/compare", dependencies=[reader])
    def compare(
        before: Annotated[str, Query(pattern=NAME)], after: Annotated[str, Query(pattern=NAME)]
    ) -> RunComparison:
        """Pair by pair: what differs beyond chance, and which cases flipped."""
        return comparison_of(kept.compared(before, after))

    @router.post("/draft-effect", dependencies=[reader])
    def draft_effect(source: Annotated[str, Query(pattern=r"^(items|documents)/[^/]", max_length=300)]) -> DraftEffect:
        """Ask the cases that a waiting draft touches, without it and with it, in a copy. Nothing is published."""
        _require_waiting(console, source)  # known at once; the copy and two products in it take their time
        return DraftEffect.model_validate(kept.effect_of(source))

    @router.post("/runs/{name}/resume", status_code=202)
    def resume(name: Name, person: Annotated[Person, runner]) -> RunLine:
        """Go on with a run that stopped: finished cases are not repeated."""
        return _line(console, kept.resume(name))

    @router.delete("/runs/{name}", status_code=204)
    def remove(name: Name, person: Annotated[Person, runner]) -> None:
        """Forget a run."""
        kept.remove(name)

    @router.get("/runs/{name}/report", response_class=FileResponse, dependencies=[reader])
    def report(name: Name) -> FileResponse:
        """The report as a page, alone in its tab: pictures, slices, the worst cases with all that is known of them."""
        return FileResponse(kept.report(name), media_type="text/html", headers={"Content-Security-Policy": _ALONE})

    @router.get("/runs/{name}/files/{file}", response_class=FileResponse, dependencies=[reader])
    def export(name: Name, file: str) -> FileResponse:
        """`result`, `rows` or `summary`, to take along."""
        if file not in _FILES:
            raise UnknownSource
        return FileResponse(kept.file(name, _FILES[file]), filename=f"{name}-{_FILES[file]}")

    return router


def comparison_of(told: Mapping[str, JsonValue]) -> RunComparison:
    """What the page shows of what `xiaoshen eval compare` tells; it tells more."""
    found = TypeAdapter(list[dict[str, JsonValue]]).validate_python(told["differences"])
    shown = [{name: one[name] for name in RunDifference.model_fields} for one in found]
    flips = TypeAdapter(list[RunFlip]).validate_python(told["flips"])
    return RunComparison(
        task=RunTask(str(told["task"])),
        differences=TypeAdapter(list[RunDifference]).validate_python(shown),
        flips=flips[:_FLIPS_SHOWN],
        flips_total=len(flips),
    )


def _require_waiting(console: Console, source: str) -> None:
    """Raise NoDraftWaits where no draft of the source waits to be published."""
    kind, _, name = source.partition("/")
    versions = console.documents.versions(name) if kind == "documents" else ()
    if not any(version.state in _WAITING for version in versions) and console.sheets.waiting(name) is None:
        raise NoDraftWaits(f"No draft of {source} waits: save one in the console first.")


def _started(console: Console, task: RunTask, body: bytes, title: str, person: Person) -> RunLine:
    uploaded, now = title or "上传的数据集", console.clock()
    if task is RunTask.RETRIEVAL:
        return _line(console, console.runs.start_retrieval(body, title=uploaded, by=person.id, now=now))
    # Only a line feed ends a line: `splitlines` also cuts at signs that may stand inside a JSON text.
    lines = body.decode("utf-8-sig", "replace").split("\n") if body.strip() else _saved(console, task)
    name = uploaded if body.strip() else title or "存下的评测样例"
    return _line(console, console.runs.start(task, lines, title=name, by=person.id, now=now))


def _saved(console: Console, task: RunTask) -> list[str]:
    """The cases saved for the task, none where nobody saves such; simulated citizens ask those of answers."""
    kind = CaseTask.ANSWERS.value if task is RunTask.CITIZENS else task.value
    return list(console.cases.lines(CaseTask(kind))) if kind in list(CaseTask) else []


def _line(console: Console, run: Run) -> RunLine:
    return RunLine(
        name=run.name,
        task=run.task,
        title=run.title,
        state=run.state,
        done=run.done,
        total=run.total,
        started_at=run.started_at,
        started_by=console.who(run.started_by),
        commit=run.commit,
        metrics=[RunMetric(name=m.name, value=m.value, low=m.low, high=m.high, n=m.n) for m in run.metrics],
        log=run.log,
        broken=run.broken,
        broken_lines=[RunBroken(line=one.line, reason=one.reason) for one in run.broken_lines],
    )
