"""Vectors of the catalogue's texts, kept on disk by content, so that a start embeds only what is new."""

import hashlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile
from zipfile import BadZipFile

import numpy as np

from knowledge.roles import Vectors


class VectorCache:
    """One file an embedder. Losing it costs half a minute; a damaged one is replaced."""

    def __init__(self, folder: Path | None, embedder: str) -> None:
        safe = hashlib.sha256(embedder.encode()).hexdigest()[:16]
        self._file = folder / f"vectors-{safe}.npz" if folder else None
        self._known: dict[str, Vectors] = {}
        self._used: set[str] = set()
        if self._file and self._file.is_file():
            self._known = _read(self._file)
        self._fresh = False

    def vectors(self, kind: str, texts: Sequence[str], embed: Callable[[Sequence[str]], Vectors]) -> Vectors:
        """A row a text. `kind` keeps queries and passages apart."""
        keys = [hashlib.sha256(f"{kind}:{text}".encode("utf-8", "replace")).hexdigest() for text in texts]
        self._used.update(keys)
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._known}
        if missing:
            fresh = embed(list(missing.values()))
            self._known |= dict(zip(missing, fresh, strict=True))
            self._fresh = True
        return np.stack([self._known[key] for key in keys]) if keys else embed([])

    def save(self) -> None:
        """Writes what was used, where anything is new; texts that no catalogue has any more are dropped."""
        if self._file is None or not self._fresh:
            return
        self._file.parent.mkdir(parents=True, exist_ok=True)
        keys = sorted(self._used)
        with NamedTemporaryFile(dir=self._file.parent, suffix=".npz", delete=False) as aside:
            try:
                np.savez(aside, keys=np.array(keys), vectors=np.stack([self._known[key] for key in keys]))
                aside.close()
                os.replace(aside.name, self._file)
            except OSError:  # a full disk costs the cache, not the start
                Path(aside.name).unlink(missing_ok=True)


def _read(file: Path) -> dict[str, Vectors]:
    try:
        with file.open("rb") as opened, np.load(opened, allow_pickle=False) as content:
            return dict(zip(content["keys"].tolist(), content["vectors"], strict=True))
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):
        return {}
