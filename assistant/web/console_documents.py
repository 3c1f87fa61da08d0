"""Routes of the console: the list of documents, one document, its versions, corrections of passages."""

from hashlib import sha256
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request

from assistant.identity.people import Action, Person
from assistant.web.console_parts import Console
from assistant.web.console_schemas import (
    Correction,
    DocumentLine,
    DocumentPageSheet,
    DocumentQuery,
    DocumentSheet,
    LifeLine,
    PassageLine,
    Saved,
    VersionLine,
    VersionSheet,
)
from assistant.web.errors import UnknownSource, VersionNotNewest
from assistant.web.source_sheets import wire_places
from knowledge.passages import DocumentVersion
from knowledge.storage.document_lists import DocumentFilter, ListedDocument
from knowledge.storage.passage_edits import PassageChange, ReadPassage


def documents_router(console: Console) -> APIRouter:
    """The routes, bound to the console's parts."""
    router = APIRouter(prefix="/api/console", tags=["console"])
    reader = Depends(console.staff.may(Action.READ_KNOWLEDGE))
    editor = Depends(console.staff.may(Action.EDIT_KNOWLEDGE))

    @router.get("/documents", dependencies=[reader])
    def documents(asked: Annotated[DocumentQuery, Query()]) -> DocumentPageSheet:
        """A page of the list of documents; the states are those of their newest versions."""
        wanted = DocumentFilter(
            text=asked.text,
            states=tuple(asked.state),
            region=asked.region,
            order=asked.order,
            descending=asked.descending,
        )
        page = console.lists.page(wanted, offset=asked.offset, limit=asked.limit)
        return DocumentPageSheet(
            rows=[_line(console, row) for row in page.rows],
            total=page.total,
            counts=console.lists.counts(),
            regions=list(console.lists.regions()),
        )

    @router.get("/documents/{name}", dependencies=[reader])
    def document(name: str) -> DocumentSheet:
        """A document with its versions and its log."""
        newest = console.lists.newest_of(name)
        if newest is None:
            raise UnknownSource
        return DocumentSheet(
            document=_line(console, newest),
            versions=[_version_line(v) for v in reversed(console.documents.versions(name))],
            history=[
                LifeLine(at=e.at, who=console.who(e.actor), action=e.action, version=e.version_id, why=e.why)
                for e in reversed(console.documents.history(f"documents/{name}"))
            ],
        )

    @router.get("/versions/{version_id}", dependencies=[reader])
    def version(version_id: str) -> VersionSheet:
        """A version with its passages beside what was read first."""
        return _version_sheet(console, version_of(console, version_id))

    @router.post("/versions/{version_id}/corrections", status_code=201)
    def correct(request: Request, version_id: str, correction: Correction, person: Annotated[Person, editor]) -> Saved:
        """Save corrected passages as a new draft. `If-Match` carries the etag of what was corrected."""
        shown = version_of(console, version_id)
        if request.headers.get("if-match", "") != etag_of(console, shown):
            raise VersionNotNewest
        changes = [PassageChange(c.start, c.end, c.text) for c in correction.changes]
        saved = console.edits.correct(version_id, changes, now=console.clock(), actor=person.id, why=correction.why)
        return Saved(version=saved)

    return router


def version_of(console: Console, version_id: str) -> DocumentVersion:
    """The version, whatever its state. Raises UnknownSource."""
    found = console.knowledge.version(version_id)
    if found is None:
        raise UnknownSource
    return found


def etag_of(console: Console, version: DocumentVersion) -> str:
    """Changes whenever the version or its place in the document's life does."""
    newest = console.lists.newest_of(version.name)
    told = f"{version.id} {version.state} {newest.version_id if newest else ''}"
    return f'"{sha256(told.encode()).hexdigest()[:16]}"'


def _version_sheet(console: Console, version: DocumentVersion) -> VersionSheet:
    newest = console.lists.newest_of(version.name)
    is_newest = newest is not None and newest.version_id == version.id
    media_type = console.documents.original(version.id).media_type
    return VersionSheet(
        version=version.id,
        name=version.name,
        title=version.title,
        number=version.number,
        issuer=version.issuer,
        issued_on=version.issued_on,
        effective_from=version.effective_from,
        effective_to=version.effective_to,
        region=version.region,
        addressees=list(version.addressees),
        state=version.state,
        saved_by=console.who(newest.saved_by) if newest is not None and is_newest else None,
        newest=is_newest,
        etag=etag_of(console, version),
        media_type=media_type,
        shown_as=shown_as(media_type),
        passages=[_passage(pair) for pair in console.edits.beside_first(version.id)],
    )


def shown_as(media_type: str) -> Literal["html", "pdf", "image", "text", "none"]:
    """How the original itself can be shown, beside its text."""
    match media_type.partition("/"):
        case ("text", _, "html"):
            return "html"
        case ("application", _, "pdf"):
            return "pdf"
        case ("image", _, "png" | "jpeg" | "gif"):
            return "image"
        case ("text", _, _):
            return "text"
        case _:
            return "none"


def _passage(pair: ReadPassage) -> PassageLine:
    shown = pair.now or pair.first
    if shown is None:
        raise UnknownSource
    return PassageLine(
        id=pair.now.id if pair.now else None,
        text=pair.now.text if pair.now else None,
        first=pair.first.text if pair.first else None,
        heading=shown.heading,
        clause=shown.clause,
        start=shown.start,
        end=shown.end,
        garbled=shown.garbled,
        suspicious=shown.suspicious,
        edited=pair.edited,
        places=wire_places(shown.places),
    )


def _version_line(version: DocumentVersion) -> VersionLine:
    return VersionLine(
        version=version.id,
        state=version.state,
        effective_from=version.effective_from,
        effective_to=version.effective_to,
    )


def _line(console: Console, row: ListedDocument) -> DocumentLine:
    return DocumentLine(
        name=row.name,
        version=row.version_id,
        ordinal=row.ordinal,
        title=row.title,
        number=row.number,
        issuer=row.issuer,
        region=row.region,
        state=row.state,
        effective_from=row.effective_from,
        effective_to=row.effective_to,
        saved_at=row.saved_at,
        saved_by=console.who(row.saved_by),
        published_at=row.published_at,
        passages=row.passages,
        garbled=row.garbled,
        in_force=row.in_force,
    )
