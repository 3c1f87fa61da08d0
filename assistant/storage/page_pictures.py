"""Pages of originals as pictures: made once, in a process that may crash or hang alone, and kept in a folder."""

import os
import subprocess
import sys
import threading
from pathlib import Path

from assistant.storage.originals import OriginalFiles

_SECONDS = 20
_MEMORY = 2 * 1024**3
_ROOT = Path(__file__).resolve().parent.parent.parent
_AT_ONCE = 2
_LAST_PAGE = 10_000


class PagePictures:
    """Draws pages of PDF files and pictures. The folder may be deleted at any time."""

    def __init__(self, originals: OriginalFiles, folder: Path) -> None:
        self._originals = originals
        self._folder = folder
        # A page costs a process and memory: many readers at once wait instead.
        self._turns = threading.BoundedSemaphore(_AT_ONCE)

    def page(self, sha256: str, page: int) -> Path | None:
        """Where the PNG of a page, counted from 1, lies; None where the original has no such page or is no picture."""
        if not 1 <= page <= _LAST_PAGE:
            return None
        original = self._originals.original(sha256)
        if original is None:
            return None
        kept = self._folder / sha256 / f"{page}.png"
        if not kept.is_file():
            with self._turns:
                if not kept.is_file() and not self._draw(original, page, kept):
                    return None
        return kept

    def _draw(self, original: Path, page: int, kept: Path) -> bool:
        command = [sys.executable, "-m", "ingest.rendering", str(original.resolve()), str(page), str(_MEMORY)]
        try:
            done = subprocess.run(  # noqa: S603 - our own interpreter and module
                command, cwd=_ROOT, capture_output=True, timeout=_SECONDS, check=False
            )
        except subprocess.TimeoutExpired:
            return False
        if done.returncode != 0 or not done.stdout:
            return False
        kept.parent.mkdir(parents=True, exist_ok=True)
        partial = kept.with_name(f"{kept.name}.{os.getpid()}.{threading.get_ident()}.part")
        partial.write_bytes(done.stdout)
        partial.replace(kept)
        return True
