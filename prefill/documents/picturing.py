"""A page of an uploaded file as a picture, as it was read: `python -m prefill.documents.picturing PAGE MEMORY`.

Made in a process of its own, with the file on standard input: a file that hangs or eats memory takes nobody along. The
picture goes to standard output as JPEG. Exit status 3: there is no such page, or no picture can be made of it.
"""

import contextlib
import io
import subprocess
import sys
import threading
from pathlib import Path
from typing import Final

from PIL import Image

from prefill.documents.errors import DocumentError
from prefill.documents.files import open_file

NO_PICTURE: Final = 3
_LARGEST_SIDE: Final = 1600
_QUALITY: Final = 85
_SECONDS: Final = 30
_MEMORY: Final = 2 * 1024**3
_AT_ONCE: Final = threading.BoundedSemaphore(2)
_ROOT: Final = Path(__file__).resolve().parent.parent.parent


def picture_of(content: bytes, page: int) -> bytes | None:
    """JPEG of a page, counted from 1; None where there is none. Blocking: call it off the event loop."""
    command = [sys.executable, "-m", "prefill.documents.picturing", str(page), str(_MEMORY)]
    with _AT_ONCE:
        try:
            done = subprocess.run(  # noqa: S603 - our own interpreter and module
                command, cwd=_ROOT, input=content, capture_output=True, timeout=_SECONDS, check=False
            )
        except subprocess.TimeoutExpired:
            return None
    return done.stdout if done.returncode == 0 and done.stdout else None


def page_as_read(content: bytes, page: int) -> bytes | None:
    """The same in this process: the very picture that was read, so that a field's box lies where the field stands."""
    try:
        pages = open_file(content).pages
    except DocumentError:
        return None
    picture = pages[page - 1].picture if 1 <= page <= len(pages) else None
    if picture is None:
        return None
    shown = Image.fromarray(picture[:, :, ::-1])
    shown.thumbnail((_LARGEST_SIDE, _LARGEST_SIDE), Image.Resampling.LANCZOS)
    packed = io.BytesIO()
    shown.save(packed, "JPEG", quality=_QUALITY)
    return packed.getvalue()


def main() -> int:
    """The child process."""
    page, memory = int(sys.argv[1]), int(sys.argv[2])
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - not every system has it

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    made = page_as_read(sys.stdin.buffer.read(), page)
    if made is None:
        return NO_PICTURE
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
