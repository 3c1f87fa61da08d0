"""Vectors of texts seen before, so that publishing one document embeds one document."""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import numpy as np

from knowledge.errors import StorageFull
from knowledge.roles import Embedder, Vectors

_BATCH = 64
_KEYS_A_QUERY = 500


class VectorCache:
    """A SQLite file of vectors by embedder and text hash. A lost or broken file costs time, never an answer."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def missing(self, embedder: Embedder, texts: Sequence[str]) -> int:
        """How many of the texts would have to be embedded."""
        keys = {_key(text) for text in texts}
        with closing(self._connect()) as connection:
            return len(keys) - _count(connection, embedder.name, sorted(keys))

    def embed(
        self, embedder: Embedder, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
    ) -> Vectors:
        """One row a text; new ones are embedded and kept, batch by batch, so that an aborted build loses little.

        `progress` is told how many texts are done, and of how many.
        """
        rows = np.zeros((len(texts), embedder.dimensions), dtype=np.float32)
        with closing(self._connect()) as connection:
            for start in range(0, len(texts), _KEYS_A_QUERY):
                part = list(texts[start : start + _KEYS_A_QUERY])
                known = _read(connection, embedder.name, [_key(text) for text in part])
                for fresh in _batches(sorted({t for t in part if _key(t) not in known}, key=len)):
                    known |= _embed_and_keep(connection, embedder, fresh)
                rows[start : start + len(part)] = np.stack([known[_key(text)] for text in part])
                if progress is not None:
                    progress(start + len(part), len(texts))
        return rows

    def forget_others(self, embedder: Embedder) -> None:
        """Drop the vectors of embedders that are no longer used."""
        with closing(self._connect()) as connection, connection:
            connection.execute("DELETE FROM vectors WHERE embedder <> ?", (embedder.name,))

    def _connect(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        try:
            return _open(self._path)
        except sqlite3.DatabaseError:
            self._path.unlink(missing_ok=True)
            return _open(self._path)


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=30.0)
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS vectors "
            "(embedder TEXT, key BLOB, vector BLOB NOT NULL, PRIMARY KEY (embedder, key)) WITHOUT ROWID"
        )
    except sqlite3.DatabaseError:
        connection.close()
        raise
    return connection


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:16]


def _batches(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(texts), _BATCH):
        yield texts[start : start + _BATCH]


def _read(connection: sqlite3.Connection, embedder: str, keys: Sequence[bytes]) -> dict[bytes, Vectors]:
    found: dict[bytes, Vectors] = {}
    for start in range(0, len(keys), _KEYS_A_QUERY):
        part = keys[start : start + _KEYS_A_QUERY]
        marks = ",".join("?" * len(part))
        sql = f"SELECT key, vector FROM vectors WHERE embedder = ? AND key IN ({marks})"  # noqa: S608 - only marks
        for key, vector in connection.execute(sql, (embedder, *part)):
            found[bytes(key)] = np.frombuffer(vector, dtype=np.float32)
    return found


def _count(connection: sqlite3.Connection, embedder: str, keys: Sequence[bytes]) -> int:
    """How many are known, without reading a vector."""
    known = 0
    for start in range(0, len(keys), _KEYS_A_QUERY):
        part = keys[start : start + _KEYS_A_QUERY]
        marks = ",".join("?" * len(part))
        sql = f"SELECT COUNT(*) FROM vectors WHERE embedder = ? AND key IN ({marks})"  # noqa: S608 - only marks
        known += int(connection.execute(sql, (embedder, *part)).fetchone()[0])
    return known


def _embed_and_keep(connection: sqlite3.Connection, embedder: Embedder, texts: Sequence[str]) -> dict[bytes, Vectors]:
    vectors = np.asarray(embedder.embed_passages(texts), dtype=np.float32)
    fresh = {_key(text): vectors[i] for i, text in enumerate(texts)}
    rows = [(embedder.name, key, vector.tobytes()) for key, vector in fresh.items()]
    try:
        with connection:
            connection.executemany("INSERT OR REPLACE INTO vectors VALUES (?, ?, ?)", rows)
    except sqlite3.OperationalError as error:
        if "full" in str(error):
            raise StorageFull("The disk is full while embedding. Free some space and start again.") from error
        raise
    return fresh
