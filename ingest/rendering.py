"""One page of an original as a picture, made in a process of its own: `python -m ingest.rendering PATH PAGE MEMORY`.

The picture goes to standard output as PNG. Exit status 3: there is no such page, or no picture can be made of it.
"""

import contextlib
import io
import sys
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image

from ingest.errors import IngestError
from ingest.parsers.picture import pictures_of
from ingest.sniffing import Format, sniff

NO_PICTURE = 3
_LARGEST_SIDE = 1600


def page_picture(content: bytes, page: int) -> bytes | None:
    """PNG of a page, counted from 1, its longer side at most 1,600 pixels; None where there is none."""
    match sniff(content, "").format:
        case Format.PDF:
            shown = _of_pdf(content, page)
        case Format.IMAGE:
            shown = _of_picture(content, page)
        case _:
            return None
    if shown is None:
        return None
    shown.thumbnail((_LARGEST_SIDE, _LARGEST_SIDE))
    packed = io.BytesIO()
    shown.save(packed, "PNG", optimize=True)
    return packed.getvalue()


def _of_pdf(content: bytes, page: int) -> Image.Image | None:
    try:
        document = pdfium.PdfDocument(content)
        if not 1 <= page <= len(document):
            return None
        sheet = document[page - 1]
        scale = _LARGEST_SIDE / max(*sheet.get_size(), 1.0)
        image: Image.Image = sheet.render(scale=scale).to_pil().convert("RGB")
    except pdfium.PdfiumError:
        return None
    return image


def _of_picture(content: bytes, page: int) -> Image.Image | None:
    try:
        found = next((frame for number, frame in enumerate(pictures_of(content), 1) if number == page), None)
    except IngestError:
        return None
    return None if found is None else Image.fromarray(found[:, :, ::-1])


def main() -> int:
    """The child process."""
    path, page, memory = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - not every system has it

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    made = page_picture(Path(path).read_bytes(), page)
    if made is None:
        return NO_PICTURE
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
