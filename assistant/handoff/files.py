"""Files that citizens and clerks show each other: pictures and PDF files, told by their bytes and not by their name."""

from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select

from assistant.handoff.errors import NotNow, UnknownTicket
from assistant.handoff.happenings import Side
from assistant.handoff.log import TicketLog
from assistant.handoff.screening import words_of_a_person
from assistant.handoff.tables import HandoffFileRow
from assistant.handoff.ticket import State
from knowledge.storage.engine import reading

MOST_BYTES: Final = 10 * 1024 * 1024
MOST_FILES: Final = 20
_KINDS: Final = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
)
_WEBP = (b"RIFF", b"WEBP", "image/webp")


class FileRefused(NotNow):
    """Only pictures and PDF files can be sent here."""


class FileTooLarge(NotNow):
    """The file is larger than ten megabytes, or there are twenty already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentFile:
    """A file of a ticket, without its content."""

    id: str
    name: str
    media_type: str
    size: int


class HandoffFiles:
    """Keeps files with their ticket; they go when it goes."""

    def __init__(self, log: TicketLog) -> None:
        self._log = log

    def keep(self, file_id: str, ticket_id: str, side: Side, name: str, content: bytes) -> SentFile:
        """Keep a file, to be named by a message; the same bytes of the same side again are the same file.

        Raises FileRefused, FileTooLarge, NotNow when the ticket is over.
        """
        media_type = _kind_of(content)
        if media_type is None:
            raise FileRefused("Send a picture or a PDF file.")
        if len(content) > MOST_BYTES:
            raise FileTooLarge("Send a smaller file.")
        named = words_of_a_person(name.replace("\\", "/").rpartition("/")[2][:120], from_citizen=False).text or "文件"
        with self._log.change() as change:
            ticket = self._log.locked(change, ticket_id)
            if ticket.state is State.ENDED:
                raise NotNow(f"Ticket {ticket_id} is over.")
            before = select(HandoffFileRow).where(HandoffFileRow.ticket_id == ticket_id)
            again = before.where(HandoffFileRow.side == side.value, HandoffFileRow.content == content)
            sent = change.session.scalar(again.limit(1))
            if sent is not None:  # the line broke before the page heard that it was kept
                return _sent(sent, len(content))
            count = select(func.count()).where(HandoffFileRow.ticket_id == ticket_id)
            if (change.session.scalar(count) or 0) >= MOST_FILES:
                raise FileTooLarge("Twenty files are enough for one conversation.")
            row = HandoffFileRow(
                id=file_id,
                ticket_id=ticket_id,
                side=side.value,
                name=named,
                media_type=media_type,
                content=content,
                at=self._log.clock(),
            )
            change.session.add(row)
            return _sent(row, len(content))

    def of(self, ticket_id: str) -> dict[str, SentFile]:
        """The files of a ticket, by id."""
        size = func.length(HandoffFileRow.content).label("size")
        columns = (HandoffFileRow.id, HandoffFileRow.name, HandoffFileRow.media_type, size)
        query = select(*columns).where(HandoffFileRow.ticket_id == ticket_id)
        with reading(self._log.engine) as session:
            found = session.execute(query).all()
        return {row.id: SentFile(id=row.id, name=row.name, media_type=row.media_type, size=row.size) for row in found}

    def content(self, ticket_id: str, file_id: str) -> tuple[SentFile, bytes]:
        """A file with its content. Raises UnknownTicket where the ticket has no such file."""
        with reading(self._log.engine) as session:
            row = session.get(HandoffFileRow, file_id)
            if row is None or row.ticket_id != ticket_id:
                raise UnknownTicket(f"Ticket {ticket_id} has no file {file_id}.")
            return _sent(row, len(row.content)), row.content


def _sent(row: HandoffFileRow, size: int) -> SentFile:
    return SentFile(id=row.id, name=row.name, media_type=row.media_type, size=size)


def _kind_of(content: bytes) -> str | None:
    riff, webp, media_type = _WEBP
    if content.startswith(riff) and content[8:12] == webp:
        return media_type
    return next((kind for first, kind in _KINDS if content.startswith(first)), None)
