"""Routes of the console: the original of a version, as text and as it is. Nothing in it may run or load anything."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path
from fastapi.responses import FileResponse, Response

from assistant.identity.people import Action
from assistant.web.console_documents import shown_as, version_of
from assistant.web.console_parts import Console
from assistant.web.console_schemas import OriginalTextSheet
from assistant.web.errors import UnknownSource
from ingest.decoding import decode

# A document from outside: no scripts, no forms, nothing loaded from anywhere; its own style attributes may show.
_STILL = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'"
# The browser's own viewer shows PDF; a sandbox would keep it from starting.
_VIEWED = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"


def originals_router(console: Console) -> APIRouter:
    """The routes, bound to the console's parts."""
    router = APIRouter(prefix="/api/console", tags=["console"])
    reader = Depends(console.staff.may(Action.READ_KNOWLEDGE))

    @router.get("/versions/{version_id}/text", dependencies=[reader])
    def text(version_id: str) -> OriginalTextSheet:
        """The decoded original: what the offsets of passages count in."""
        version = version_of(console, version_id)
        read = console.texts.text(console.documents.original(version_id), version.name)
        return OriginalTextSheet(text=read.text, cut=read.cut, reason=read.reason)

    @router.get("/versions/{version_id}/original", response_class=Response, dependencies=[reader])
    def original(version_id: str) -> Response:
        """The original itself, for a frame of the page: sandboxed, or in the browser's own PDF viewer."""
        version_of(console, version_id)
        kept = console.documents.original(version_id)
        kind = shown_as(kept.media_type)
        if kind in ("none", "text"):
            raise UnknownSource
        media_type = "text/html; charset=utf-8" if kind == "html" else kept.media_type
        content = _as_utf8(kept.content) if kind == "html" else kept.content
        headers = {
            "Content-Security-Policy": _VIEWED if kind == "pdf" else _STILL,
            "X-Frame-Options": "SAMEORIGIN",
            "Content-Disposition": "inline",
        }
        return Response(content, media_type=media_type, headers=headers)

    @router.get("/versions/{version_id}/pages/{page}", response_class=FileResponse, dependencies=[reader])
    def page(version_id: str, page: Annotated[int, Path(ge=1)]) -> FileResponse:
        """A page of the original as a picture; passages are marked on it by their places."""
        version = version_of(console, version_id)
        picture = console.services.pages_of_originals.page(version.sha256, page)
        if picture is None:
            raise UnknownSource
        return FileResponse(picture, media_type="image/png", headers={"Cache-Control": "private, max-age=86400"})

    return router


def _as_utf8(content: bytes) -> bytes:
    """A page in the encoding that its header announces here, whatever it says of itself."""
    return decode(content).text.encode("utf-8", "replace")
