"""Routes of the console: files handed in, and what becomes of them."""

from typing import Annotated
from urllib.parse import unquote

from fastapi import APIRouter, Depends, Query, Request
from starlette.concurrency import run_in_threadpool

from assistant.identity.people import Action, Person
from assistant.web.console_parts import Console
from assistant.web.console_schemas import JobLine, JobLines
from assistant.web.errors import UploadEmpty, UploadTooBig
from assistant.web.schemas import MOST
from assistant.web.sniffed import refuse_programs
from ingest.jobs import OPEN_STATES, Job, JobState, Upload

MAX_UPLOAD_BYTES = 100 * 1024 * 1024
UPLOADS = "/api/console/uploads"


def uploads_router(console: Console) -> APIRouter:
    """The routes, bound to the console's parts."""
    router = APIRouter(prefix="/api/console", tags=["console"])
    reader = Depends(console.staff.may(Action.READ_KNOWLEDGE))
    editor = Depends(console.staff.may(Action.EDIT_KNOWLEDGE))

    @router.post("/uploads", status_code=202)
    async def upload(
        request: Request,
        name: Annotated[str, Query(min_length=1, max_length=300)],
        person: Annotated[Person, editor],
    ) -> JobLines:
        """Take one file: the body is the file as it is. It waits as a draft; an archive is opened."""
        content = await _body(request)
        batch = await run_in_threadpool(
            console.jobs.submit, [Upload(unquote(name), content)], actor=person.id, publish=False
        )
        jobs = await run_in_threadpool(console.jobs.jobs, batch.id)
        return job_lines(jobs)

    @router.get("/jobs", dependencies=[reader])
    def jobs(
        state: Annotated[list[JobState] | None, Query()] = None,
        offset: Annotated[int, Query(ge=0, le=MOST)] = 0,
        limit: Annotated[int, Query(ge=1, le=500)] = 100,
    ) -> JobLines:
        """Files on their way in, the newest first."""
        return job_lines(console.jobs.jobs(states=tuple(state or ()), limit=limit, offset=offset))

    @router.post("/jobs/{job_id}/retry")
    def retry(job_id: str, person: Annotated[Person, editor]) -> JobLine:
        """Read a file again that did not get in."""
        return _line(console.jobs.retry(job_id, actor=person.id))

    @router.delete("/jobs/{job_id}")
    def cancel(job_id: str, person: Annotated[Person, editor]) -> JobLine:
        """Stop a file before it is saved."""
        return _line(console.jobs.cancel(job_id, actor=person.id))

    return router


async def _body(request: Request) -> bytes:
    """The whole file. Raises UploadTooBig before more than the limit was held, and UploadEmpty."""
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > MAX_UPLOAD_BYTES:
            raise UploadTooBig(MAX_UPLOAD_BYTES)
    if not content:
        raise UploadEmpty
    whole = bytes(content)
    refuse_programs(whole)
    return whole


def job_lines(jobs: tuple[Job, ...]) -> JobLines:
    return JobLines(jobs=[_line(job) for job in jobs], open=sum(job.state in OPEN_STATES for job in jobs))


def _line(job: Job) -> JobLine:
    report = job.report
    return JobLine(
        id=job.id,
        batch=job.batch,
        name=job.name,
        size=job.size,
        state=job.state,
        reason=job.reason,
        progress=job.progress,
        submitted_at=job.submitted_at,
        passages=report.passages if report else 0,
        garbled=report.garbled if report else 0,
        version=report.version_id if report else None,
        title=report.title if report else None,
        warnings=list(report.warnings) if report else [],
    )
