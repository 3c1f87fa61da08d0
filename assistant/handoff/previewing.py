"""What a file in a conversation looks like: its first page, with the lines covered in which numbers identify somebody.

Made in a process of its own, `python -m assistant.handoff.previewing` with the file on standard input: a picture that
hangs or eats memory takes nobody along. What cannot be looked through is not shown.
"""

import contextlib
import io
import re
import subprocess
import sys
import threading
from collections import OrderedDict
from pathlib import Path
from typing import Final

import numpy as np
from PIL import Image, ImageDraw

from assistant.handoff.screening import IDENTIFYING
from guardrails import pii
from ingest.rendering import page_picture
from knowledge.reading.ocr import Seen, see

_SECONDS: Final = 30
_READING_SECONDS: Final = 15
_MEMORY: Final = 3 * 1024**3
_AT_ONCE: Final = 1
_KEPT: Final = 60
_EDGE: Final = 4  # pixels around a covered line
_ROOT: Final = Path(__file__).resolve().parent.parent.parent
_DAY = re.compile(r"(?:19|20)\d\d([.\-/])\d{1,2}\1\d{1,2}")
_SPACES = re.compile(r"[\s.\-·]")
_LONG_NUMBER = re.compile(r"\d{11,}")
NO_PICTURE: Final = 3


class Previews:
    """Pictures of files, made once each while this process lives."""

    def __init__(self) -> None:
        self._made: OrderedDict[str, bytes | None] = OrderedDict()
        self._turns = threading.BoundedSemaphore(_AT_ONCE)
        self._lock = threading.Lock()

    def of(self, file_id: str, content: bytes) -> bytes | None:
        """PNG of the first page, covered; None where none can be made. Blocking: call it off the event loop."""
        with self._turns:
            with self._lock:
                if file_id in self._made:
                    self._made.move_to_end(file_id)
                    return self._made[file_id]
            made = _drawn(content)
            with self._lock:
                self._made[file_id] = made
                while len(self._made) > _KEPT:
                    self._made.popitem(last=False)
            return made


def covered_picture(content: bytes) -> bytes | None:
    """The first page as PNG without the lines that identify somebody; None where there is no picture, or no end."""
    page = page_picture(content, 1)
    if page is None:
        return None
    with Image.open(io.BytesIO(page)) as opened:
        shown = opened.convert("RGB")
    seen = see(np.ascontiguousarray(np.asarray(shown)[:, :, ::-1]), seconds=_READING_SECONDS)
    if not seen.complete:  # a part was not looked through: nothing is shown rather than what nobody checked
        return None
    brush = ImageDraw.Draw(shown)
    for text in seen.texts:
        if identifies(text.text):
            brush.rectangle(_place(text, *shown.size), fill=(64, 64, 64))
    packed = io.BytesIO()
    shown.save(packed, "PNG", optimize=True)
    return packed.getvalue()


def identifies(line: str) -> bool:
    """Whether a line that was read from a picture holds a number that identifies somebody."""
    if _LONG_NUMBER.search(_SPACES.sub("", _DAY.sub("|", line))):  # also one that was read with a wrong digit
        return True
    return any(span.type in IDENTIFYING for span in pii.find(line))


def _place(text: Seen, width: int, height: int) -> tuple[float, float, float, float]:
    box = text.box
    left, top = box.left * width - _EDGE, box.top * height - _EDGE
    return left, top, box.right * width + _EDGE, box.bottom * height + _EDGE


def _drawn(content: bytes) -> bytes | None:
    command = [sys.executable, "-m", "assistant.handoff.previewing", str(_MEMORY)]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module
            command, cwd=_ROOT, input=content, capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return None
    return done.stdout if done.returncode == 0 and done.stdout else None


def main() -> int:
    """The child process."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - not every system has it

        memory = int(sys.argv[1])
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    made = covered_picture(sys.stdin.buffer.read())
    if made is None:
        return NO_PICTURE
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
