"""An embedder that keeps on disk what it embedded: the same requests are looked at many times in training."""

from collections.abc import Sequence
from pathlib import Path

from knowledge.recognition.vectors import VectorCache
from knowledge.roles import Embedder, Vectors


class RememberingEmbedder:
    """Implements `knowledge.roles.Embedder`."""

    def __init__(self, embedder: Embedder, folder: Path) -> None:
        self._embedder = embedder
        self._cache = VectorCache(folder, embedder.name)

    @property
    def name(self) -> str:
        """The name of the embedder behind it."""
        return self._embedder.name

    @property
    def dimensions(self) -> int:
        """Of the embedder behind it."""
        return self._embedder.dimensions

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of what people ask."""
        return self._cache.vectors("query", texts, self._embedder.embed_queries)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of what is searched in."""
        return self._cache.vectors("passage", texts, self._embedder.embed_passages)

    def save(self) -> None:
        """Writes what is new."""
        self._cache.save()
