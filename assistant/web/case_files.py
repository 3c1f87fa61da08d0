"""A file that is handed in for a material: all of its bytes within the limit, and what it is by them."""

from fastapi import Request

from assistant.web.case_errors import FileNotTaken
from assistant.web.errors import UploadEmpty, UploadNotTaken, UploadTooBig
from assistant.web.sniffed import kind_seen

MAX_CASE_FILE_BYTES = 20 * 1024 * 1024


async def body_of(request: Request) -> bytes:
    """The whole file. Raises UploadTooBig before more than the limit was held, and UploadEmpty."""
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > MAX_CASE_FILE_BYTES:
            raise UploadTooBig(MAX_CASE_FILE_BYTES)
    if not content:
        raise UploadEmpty
    return bytes(content)


def kind_of(content: bytes, name: str) -> str:
    """The media type by the bytes. Raises FileNotTaken for what a machine would run."""
    try:
        return kind_seen(content, name)
    except UploadNotTaken as refused:
        raise FileNotTaken from refused
