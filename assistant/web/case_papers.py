"""Routes of what comes out of a case: files to look at again, papers with their preview, the code as a picture."""

import io
from typing import Annotated

import segno
from fastapi import APIRouter, Depends, Query
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from assistant.cases.case import Case
from assistant.cases.handling import Handling
from assistant.identity.citizens import Citizen
from assistant.web import case_schemas as wire
from assistant.web.citizen import Citizens
from assistant.web.errors import UnknownSource
from assistant.web.sse import render
from guardrails.outbound import quote
from prefill.documents.picturing import picture_of
from prefill.papers.making import preview
from prefill.papers.paper import Paper
from prefill.papers.request import PaperFormat, PaperKind

_INLINE = {"image/jpeg", "image/png", "image/webp"}
_KEPT = {"Cache-Control": "no-store"}


def paper_routes(router: APIRouter, handling: Handling, citizens: Citizens) -> None:  # noqa: C901 - one function for each route
    """Add the routes; papers are made anew each time, so they never lag behind the case."""
    known = Depends(citizens.known)

    def papers_of(case_id: str, citizen: Citizen) -> list[tuple[str, Paper]]:
        return handling.papers_by_part(handling.case(case_id, citizen.owner))

    def paper_of(case_id: str, citizen: Citizen, part: str, kind: PaperKind, format_: PaperFormat) -> Paper:
        paper = handling.paper(handling.case(case_id, citizen.owner), part, kind, format_)
        if paper is None:
            raise UnknownSource
        return paper

    @router.get("/{case_id}/papers")
    async def papers(case_id: str, citizen: Annotated[Citizen, known]) -> wire.CasePapers:
        """The papers of the case as it stands."""

        def listed() -> list[wire.CasePaper]:
            return [
                wire.CasePaper(
                    part=part,
                    kind=paper.kind,
                    format=paper.format,
                    title=render(quote(paper.title, "case")),
                    file_name=render(quote(paper.file_name, "case")),
                    pages=len(preview(paper)),
                )
                for part, paper in papers_of(case_id, citizen)
            ]

        return wire.CasePapers(papers=await run_in_threadpool(listed))

    @router.get("/{case_id}/paper", response_class=Response)
    async def paper(
        case_id: str,
        part: Annotated[str, Query(max_length=80)],
        kind: PaperKind,
        format: PaperFormat,
        citizen: Annotated[Citizen, known],
    ) -> Response:
        """One paper, to keep or to print."""
        made = await run_in_threadpool(paper_of, case_id, citizen, part, kind, format)
        name = f"{made.kind.value}.{made.format.value}"
        headers = {**_KEPT, "Content-Disposition": f'attachment; filename="{name}"'}
        return Response(made.content, media_type=made.media_type, headers=headers)

    @router.get("/{case_id}/paper/page", response_class=Response)
    async def page(
        case_id: str,
        part: Annotated[str, Query(max_length=80)],
        kind: PaperKind,
        number: Annotated[int, Query(ge=1, le=200)],
        citizen: Annotated[Citizen, known],
    ) -> Response:
        """A page of the PDF as a picture: what is seen here is what is downloaded."""
        made = await run_in_threadpool(paper_of, case_id, citizen, part, kind, PaperFormat.PDF)
        pages = await run_in_threadpool(preview, made)
        if number > len(pages):
            raise UnknownSource
        return Response(pages[number - 1], media_type="image/png", headers=_KEPT)

    @router.get("/{case_id}/code.svg", response_class=Response)
    async def code(case_id: str, citizen: Annotated[Citizen, known]) -> Response:
        """The continuation code as a QR picture for the window."""
        case = await run_in_threadpool(handling.case, case_id, citizen.owner)
        drawn = io.BytesIO()
        segno.make(case.code, error="m").save(drawn, kind="svg", scale=6, border=2, dark="#000", light="#fff")
        return Response(drawn.getvalue(), media_type="image/svg+xml", headers=_KEPT)

    @router.get("/{case_id}/file", response_class=Response)
    async def file(
        case_id: str,
        file: Annotated[str, Query(max_length=80)],
        citizen: Annotated[Citizen, known],
        page: Annotated[int | None, Query(ge=1, le=200)] = None,
    ) -> Response:
        """A file that was handed in, as it was; with `page`, that page of it as a picture, whatever the file is."""

        def found() -> Response:
            return file_of(handling, handling.case(case_id, citizen.owner), file, page)

        return await run_in_threadpool(found)


def file_of(handling: Handling, case: Case, file: str, page: int | None = None) -> Response:
    """A file of the case, or a page of it as a picture; a browser never runs what somebody handed in.

    Raises UnknownSource where there is no such page, or none can be shown.
    """
    kind = next((f.media_type for f in case.files if f.file == file), "")
    content = handling.desk.cases.content(case.id, file)
    if page is not None and not (kind in _INLINE and page == 1):
        drawn = picture_of(content, page)
        if drawn is None:
            raise UnknownSource
        return Response(drawn, media_type="image/jpeg", headers=_KEPT)
    shown = kind if kind in _INLINE else "application/octet-stream"
    disposition = "inline" if kind in _INLINE else "attachment"
    return Response(content, media_type=shown, headers={**_KEPT, "Content-Disposition": disposition})
