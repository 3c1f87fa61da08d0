"""The files as the offices sent them, as files: the edge sends files, the truth holds bytes."""

import os
from pathlib import Path

from sqlalchemy import Engine

from knowledge.storage.engine import reading
from knowledge.storage.tables import OriginalRow

_DIGEST_LENGTH = 64


class OriginalFiles:
    """Lays an original out in a folder when it is first asked for. The folder may be deleted at any time."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self._engine = engine
        self._folder = folder

    def original(self, sha256: str) -> Path | None:
        """Where the original with this content lies, or None where there is none."""
        if len(sha256) != _DIGEST_LENGTH or not sha256.isalnum():
            return None
        path = self._folder / sha256
        if path.is_file():
            return path
        with reading(self._engine) as session:
            row = session.get(OriginalRow, sha256)
            if row is None:
                return None
            content = row.content
        self._folder.mkdir(parents=True, exist_ok=True)
        partial = self._folder / f"{sha256}.{os.getpid()}.part"
        partial.write_bytes(content)
        partial.replace(path)  # whole or not at all, also when two ask at once
        return path
