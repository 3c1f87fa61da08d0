"""Files that citizen and clerk show each other: sent, looked at with numbers covered, taken along by the two only."""

from dataclasses import dataclass, field
from typing import Annotated
from urllib.parse import quote as url_quote

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from assistant.audit.acts import Act, Audit
from assistant.handoff.errors import UnknownTicket
from assistant.handoff.files import MOST_BYTES, FileRefused, FileTooLarge, SentFile
from assistant.handoff.happenings import Side
from assistant.handoff.previewing import Previews
from assistant.handoff.ticket import Ticket
from assistant.identity.people import Person
from assistant.web import handoff_schemas as wire
from assistant.web.errors import UploadNotTaken
from assistant.web.handoff_parts import HandoffParts
from assistant.web.sniffed import must_be
from ingest.sniffing import Format

UPLOADS = "/api/handoff/files"
DESK_UPLOADS = "/api/desk/files"
_KINDS = (Format.IMAGE, Format.PDF)
_BODY = {"requestBody": {"content": {"application/octet-stream": {}}, "required": True}}
_PRIVATE = {"Cache-Control": "private, no-store"}


@dataclass(frozen=True, slots=True, kw_only=True)
class FileDesk:
    """What both sides' routes do with files. Sending and taking along are recorded, without names."""

    parts: HandoffParts
    audit: Audit
    previews: Previews = field(default_factory=Previews)

    async def keep(self, request: Request, ticket: Ticket, side: Side, name: str, actor: str) -> SentFile:
        """Take the body as a file of the ticket. Raises FileRefused, and FileTooLarge before more was held."""
        content = bytearray()
        async for chunk in request.stream():
            content += chunk
            if len(content) > MOST_BYTES:
                raise FileTooLarge("Send a smaller file.")
        return await run_in_threadpool(self._kept, ticket, side, name, bytes(content), actor)

    def _kept(self, ticket: Ticket, side: Side, name: str, content: bytes, actor: str) -> SentFile:
        try:
            must_be(content, name, _KINDS)
        except UploadNotTaken as refused:
            raise FileRefused("Send a picture or a PDF file.") from refused
        kept = self.parts.files.keep(self.parts.new_id(), ticket.id, side, name, content)
        self._record("file.sent", ticket, kept, actor)
        return kept

    def preview(self, ticket: Ticket, file_id: str) -> Response:
        """The first page with the lines covered that identify somebody."""
        found, content = self.parts.files.content(ticket.id, file_id)
        picture = self.previews.of(found.id, content)
        if picture is None:
            raise UnknownTicket(f"No picture can be made of file {file_id}.")
        return Response(picture, media_type="image/png", headers={"Cache-Control": "private, max-age=600"})

    def original(self, ticket: Ticket, file_id: str, actor: str) -> Response:
        """The file as it was sent, to take along; never run or shown in our page."""
        found, content = self.parts.files.content(ticket.id, file_id)
        self._record("file.taken", ticket, found, actor)
        named = f"attachment; filename*=UTF-8''{url_quote(found.name)}"
        return Response(content, media_type=found.media_type, headers={**_PRIVATE, "Content-Disposition": named})

    def _record(self, action: str, ticket: Ticket, found: SentFile, actor: str) -> None:
        act = Act(
            actor=actor,
            action=action,
            subject=f"ticket/{ticket.id}",
            details={"file": found.id, "kind": found.media_type, "bytes": str(found.size)},
            about=f"conversation/{ticket.conversation}",
        )
        self.audit.record(act, at=self.parts.handoff.log.clock())


def citizen_files(router: APIRouter, desk: FileDesk) -> None:
    """The citizen's side: whoever knows the conversation."""
    parts, base = desk.parts, "/conversations/{conversation_id}/handoff/files"

    @router.post(UPLOADS.removeprefix("/api"), status_code=201, openapi_extra=_BODY)
    async def send_file(
        request: Request,
        conversation: Annotated[str, Query(max_length=64)],
        name: Annotated[str, Query(max_length=200)],
    ) -> wire.HandoffFile:
        """Send a picture or a PDF as the body; name it in a message afterwards."""
        ticket = await run_in_threadpool(parts.known, conversation)
        kept = await desk.keep(request, ticket, Side.CITIZEN, name, "citizen")
        return file_view(kept, f"/api/conversations/{conversation}/handoff/files/")

    @router.get(f"{base}/{{file_id}}", response_class=Response)
    def load_file(conversation_id: str, file_id: str) -> Response:
        """A file of the conversation, to take along."""
        return desk.original(parts.known(conversation_id), file_id, "citizen")

    @router.get(f"{base}/{{file_id}}/preview", response_class=Response)
    def preview_file(conversation_id: str, file_id: str) -> Response:
        """What the file looks like: a PNG of its first page, numbers that identify somebody covered."""
        return desk.preview(parts.known(conversation_id), file_id)


def desk_files(router: APIRouter, desk: FileDesk, works: Person) -> None:
    """The clerks' side: who has the conversation, had it last, or is offered it."""
    parts = desk.parts

    @router.post("/files", status_code=201, openapi_extra=_BODY)
    async def send_file(
        request: Request,
        ticket: Annotated[str, Query(max_length=64)],
        name: Annotated[str, Query(max_length=200)],
        person: Person = works,
    ) -> wire.HandoffFile:
        """Send a picture or a PDF as the body; name it in a message afterwards."""
        seen = await run_in_threadpool(parts.look, ticket, 0)
        if person.id not in seen.ticket.speakers:
            raise UnknownTicket(f"Ticket {ticket} is not yours.")
        kept = await desk.keep(request, seen.ticket, Side.CLERK, name, person.id)
        return file_view(kept, f"/api/desk/tickets/{ticket}/files/")

    @router.get("/tickets/{ticket}/files/{file_id}", response_class=Response)
    def load_file(ticket: str, file_id: str, person: Person = works) -> Response:
        """A file of the conversation, to take along."""
        return desk.original(parts.shown_to(ticket, person.id).ticket, file_id, person.id)

    @router.get("/tickets/{ticket}/files/{file_id}/preview", response_class=Response)
    def preview_file(ticket: str, file_id: str, person: Person = works) -> Response:
        """What the file looks like: a PNG of its first page, numbers that identify somebody covered."""
        return desk.preview(parts.shown_to(ticket, person.id).ticket, file_id)


def file_view(found: SentFile, url: str) -> wire.HandoffFile:
    """A file as the pages name it; `url` is the address that its id follows."""
    return wire.HandoffFile(
        id=found.id, name=found.name, media_type=found.media_type, size=found.size, url=url + found.id
    )
