"""The decoded text of an original, which the offsets of passages count in: read once in another process, then kept."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import IngestError
from ingest.reading import Reading
from knowledge.storage.documents import Original

Read = Callable[[bytes, str, str], Reading]
"""Reads content under a name, of a region where the file names none. Raises IngestError."""

_LONGEST = 2_000_000  # characters that a page can show beside its passages


@dataclass(frozen=True, slots=True)
class OriginalText:
    """The text, or why there is none."""

    text: str
    cut: bool = False
    reason: str | None = None


class OriginalTexts:
    """Reads originals again and keeps their texts in a folder, which may be deleted at any time."""

    def __init__(self, folder: Path, read: Read, region: str) -> None:
        self._folder = folder
        self._read = read
        self._region = region

    def text(self, original: Original, name: str) -> OriginalText:
        """The text of an original, cut where it is longer than a page can show."""
        kept = self._folder / f"{original.sha256}.txt"
        if not kept.is_file():
            try:
                reading = self._read(original.content, name, self._region)
            except IngestError as error:
                return OriginalText("", reason=str(error))
            self._folder.mkdir(parents=True, exist_ok=True)
            partial = self._folder / f"{original.sha256}.{os.getpid()}.part"
            partial.write_bytes(reading.text.encode("utf-8", "replace"))
            partial.replace(kept)
        text = kept.read_bytes().decode("utf-8")
        return OriginalText(text[:_LONGEST], cut=len(text) > _LONGEST)
