"""Vectors for scale: those of real texts are made once and kept, those of invented copies are moved a little from them."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from assistant.bootstrap import ROOT, build_embedder
from assistant.settings import Settings
from knowledge.embedding.e5 import E5Embedder
from knowledge.embedding.folder import E5_NAME
from knowledge.roles import Embedder, Vectors
from knowledge.search.vector_cache import VectorCache

_FEW = 16
"""So many queries at once are a catalogue being indexed, not somebody asking."""

_MOVED = 0.25
"""Length of what is added to a unit vector: copies lie at a cosine of about .97 to what they were copied from."""

_HEAD = 60


def served_embedder(threads: int = 2) -> Embedder:
    """The product's embedder, which here remembers hardly any query: each is computed, as if nobody had asked it yet."""
    settings = Settings()
    embedder = build_embedder(settings, say=lambda _: None)
    if settings.embedder != "e5-small":
        return embedder
    return E5Embedder((settings.models or ROOT / "var" / "models") / E5_NAME, threads=threads, remembered=8)


@dataclass(slots=True)
class StretchedEmbedder:
    """Implements `Embedder`. `original` gives the real text an invented one was made from, None for a real one.

    At most `most_new` real passages are embedded; beyond that they are treated like invented ones.
    """

    inner: Embedder
    cache: VectorCache
    original: Callable[[str], str | None]
    most_new: int | None = None
    real: int = 0
    invented: int = 0
    _rows: dict[str, int] = field(default_factory=dict)
    _known: Vectors = field(default_factory=lambda: np.zeros((0, 0), dtype=np.float32))

    @property
    def name(self) -> str:
        """The inner one's: what was trained on its vectors goes on working."""
        return self.inner.name

    @property
    def dimensions(self) -> int:
        """The inner one's."""
        return self.inner.dimensions

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """A request is computed; the ways of asking of a catalogue are kept."""
        if len(texts) <= _FEW:
            return self.inner.embed_queries(texts)
        return self.cache.embed(_AsPassages(self.inner), texts)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """One row a text."""
        own = [row for row, text in enumerate(texts) if self.original(text) is None]
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        embedded = self._affordable([texts[row] for row in own])
        if embedded:
            vectors = self.cache.embed(self.inner, embedded)
            self._remember(embedded, vectors)
        at = {text: place for place, text in enumerate(embedded)}
        for row, text in enumerate(texts):
            if text in at:
                rows[row] = vectors[at[text]]
                self.real += 1
            else:
                rows[row] = self._moved(text)
                self.invented += 1
        return rows

    def _affordable(self, texts: Sequence[str]) -> list[str]:
        if self.most_new is None:
            return list(texts)
        known = [text for text in texts if not self.cache.missing(self.inner, [text])]
        fresh = [text for text in texts if text not in set(known)][: self.most_new]
        self.most_new -= len(fresh)
        return [*known, *fresh]

    def _remember(self, texts: Sequence[str], vectors: Vectors) -> None:
        start = len(self._known)
        self._known = np.concatenate([self._known, vectors]) if start else vectors
        for place, text in enumerate(texts, start):
            self._rows[text[:_HEAD]] = place

    def _moved(self, text: str) -> Vectors:
        """The vector of the original, or of any real text where that has none, moved as the text's hash says."""
        drawn = np.random.default_rng(int.from_bytes(hashlib.sha256(text.encode("utf-8", "replace")).digest()[:8]))
        row = self._rows.get((self.original(text) or text)[:_HEAD])
        if not len(self._known):
            raise ValueError("No real text has a vector yet, so none can be moved; embed some real ones first.")
        start = self._known[int(drawn.integers(len(self._known))) if row is None else row]
        vector = start + drawn.standard_normal(self.dimensions).astype(np.float32) * _MOVED / np.sqrt(self.dimensions)
        return np.asarray(vector / np.linalg.norm(vector), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class _AsPassages:
    """The inner embedder's queries under a name of their own, for a cache of passages."""

    inner: Embedder

    @property
    def name(self) -> str:
        return f"{self.inner.name} queries"

    @property
    def dimensions(self) -> int:
        return self.inner.dimensions

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self.inner.embed_queries(texts)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        return self.inner.embed_queries(texts)


def kept_vectors(work: Path) -> VectorCache:
    """The file of the real texts' vectors."""
    return VectorCache(work / "vectors.sqlite")
