"""Vector search with Chroma, embedded or on a server: one collection a generation, our own vectors only."""

from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from urllib.parse import urlsplit

import chromadb
import numpy as np
from chromadb.api import ClientAPI
from chromadb.api.client import Client
from chromadb.api.collection_configuration import CreateCollectionConfiguration, CreateHNSWConfiguration
from chromadb.api.models.Collection import Collection
from chromadb.config import Settings
from chromadb.errors import ChromaError, NotFoundError

from knowledge.errors import IndexDamaged
from knowledge.roles import Vectors
from knowledge.search.roles import DenseIndex, Scored

# With Chroma's defaults recall@10 against exact search was 0.66 on close vectors; with these 0.98.
_HNSW = CreateHNSWConfiguration(space="ip", max_neighbors=32, ef_construction=200, ef_search=256)
_ROWS_A_CALL = 1000
_FILE = "chroma.sqlite3"

# Chroma's Rust core reports damaged files and lost servers through a dozen unrelated types.
_FAILURES = (ChromaError, ValueError, RuntimeError, OSError, KeyError, TypeError, AttributeError)


class ChromaEngine:
    """Implements `DenseEngine`. Embedded without a `url`; the collection has the generation's name.

    An embedded folder is written by one process and afterwards only read: with two writers Chroma loses rows silently.
    """

    def __init__(self, url: str | None = None) -> None:
        self._url = url

    @property
    def name(self) -> str:
        """The library, its parameters, and where it runs."""
        return f"chroma-ip-32-200{'-server' if self._url else ''}"

    def build(self, folder: Path, ids: Sequence[str], vectors: Vectors) -> None:
        """Write one collection."""
        client = self._client_for_writing(folder)
        try:
            collection = client.create_collection(
                _collection(folder), embedding_function=None, configuration=CreateCollectionConfiguration(hnsw=_HNSW)
            )
            for start in range(0, len(ids), _ROWS_A_CALL):
                rows = slice(start, start + _ROWS_A_CALL)
                collection.add(ids=list(ids[rows]), embeddings=vectors[rows])
        finally:
            _close(client)

    def open(self, folder: Path) -> DenseIndex:
        """Open the collection and count it, so that a broken one is noticed now."""
        # Chroma would make an empty database where there is none.
        if self._url is None and not (folder / _FILE).is_file():
            raise IndexDamaged(f"The vector index in {folder} is missing. Run: xiaoshen doctor --repair")
        try:
            client = self._client(folder)
            return _ChromaIndex(client, client.get_collection(_collection(folder), embedding_function=None))
        except _FAILURES as error:
            raise IndexDamaged(f"The vector index in {folder} cannot be read. Run: xiaoshen doctor --repair") from error

    def remove(self, folder: Path) -> None:
        """Delete the collection on the server; an embedded one goes with its folder."""
        if self._url is None:
            return
        try:
            self._client(folder).delete_collection(_collection(folder))
        except NotFoundError:
            return  # a build that was aborted before it wrote vectors
        except _FAILURES as error:
            raise IndexDamaged(f"The collection of {folder} could not be removed from {self._url}.") from error

    def _client_for_writing(self, folder: Path) -> ClientAPI:
        if self._url is None:
            return self._client(folder)
        try:
            return self._client(folder)
        except _FAILURES as error:
            raise IndexDamaged(
                f"The Chroma server at {self._url} does not answer. Start it, or unset XIAOSHEN_CHROMA_URL."
            ) from error

    def _client(self, folder: Path) -> ClientAPI:
        settings = Settings(anonymized_telemetry=False)
        if self._url is None:
            return chromadb.PersistentClient(path=str(folder), settings=settings)
        parts = urlsplit(self._url)
        secure = parts.scheme == "https"
        port = parts.port or (443 if secure else 8000)
        return chromadb.HttpClient(host=parts.hostname or "127.0.0.1", port=port, ssl=secure, settings=settings)


class _ChromaIndex:
    """Implements `DenseIndex`."""

    def __init__(self, client: ClientAPI, collection: Collection) -> None:
        self._client, self._collection = client, collection
        self._count = collection.count()
        self._lock = Lock()

    @property
    def count(self) -> int:
        return self._count

    def search(self, vector: Vectors, limit: int) -> list[Scored]:
        wanted = min(limit, self._count)
        if not wanted:
            return []
        query = np.asarray(vector, dtype=np.float32).reshape(1, -1)
        try:
            found = self._collection.query(query_embeddings=query, n_results=wanted, include=["distances"])
        except _FAILURES as error:
            raise IndexDamaged("The vector index stopped answering. Run: xiaoshen doctor --repair") from error
        distances = found["distances"]
        if distances is None:
            raise IndexDamaged("The vector index answered without distances. Run: xiaoshen doctor --repair")
        return [Scored(i, 1.0 - float(d)) for i, d in zip(found["ids"][0], distances[0], strict=True)]

    def close(self) -> None:
        with self._lock:
            _close(self._client)


def _close(client: ClientAPI) -> None:
    if isinstance(client, Client):
        client.close()


def _collection(folder: Path) -> str:
    """Return the generation's name: the folder above the one that holds the vectors."""
    return f"xiaoshen-{folder.parent.name}"
