"""Vectors for scale: those of real texts are made once and kept, those of invented copies lie close to them."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import numpy as np

from assistant.bootstrap import ROOT, build_embedder
from assistant.settings import Settings
from knowledge.embedding.e5 import E5Embedder
from knowledge.embedding.folder import E5_NAME
from knowledge.recognition.vectors import VectorCache as CatalogueVectors
from knowledge.roles import Embedder, Vectors
from knowledge.search.vector_cache import VectorCache

_FEW = 16
"""So many queries at once are a catalogue being indexed, not somebody asking."""

_MOVED = 0.25
"""Length of what is added to a unit vector: copies lie at a cosine of about .97 to what they were copied from."""

_HEAD = 60


def models_folder() -> Path:
    """Where the product keeps its models and the vectors of its sheets."""
    return Settings().models or ROOT / "var" / "models"


def served_embedder(threads: int = 2) -> Embedder:
    """The product's embedder, remembering hardly a query: each is computed, as if nobody had asked it yet."""
    settings = Settings()
    embedder = build_embedder(settings, say=lambda _: None)
    if settings.embedder != "e5-small":
        return embedder
    return E5Embedder(models_folder() / E5_NAME, threads=threads, remembered=8)


@dataclass(slots=True)
class StretchedEmbedder:
    """Implements `Embedder`. `original` gives the real text an invented one was made from, None for a real one.

    Real passages are embedded once and kept; with `only_prepared`, those that `prepare` was not given are moved from
    those that it was, as the invented ones are: there are too many to embed while somebody waits.
    """

    inner: Embedder
    cache: VectorCache
    original: Callable[[str], str | None]
    only_prepared: bool = False
    product: CatalogueVectors = field(init=False)
    _rows: dict[str, int] = field(default_factory=dict)
    _starts: dict[str, int] = field(default_factory=dict)
    _known: Vectors = field(default_factory=lambda: np.zeros((0, 0), dtype=np.float32))

    def __post_init__(self) -> None:
        # what the product embedded at its last start is read from where it kept it; nothing is written there
        self.product = CatalogueVectors(models_folder() / "vectors", self.inner.name)

    @property
    def name(self) -> str:
        """The inner one's: what was trained on its vectors goes on working."""
        return self.inner.name

    @property
    def dimensions(self) -> int:
        """The inner one's."""
        return self.inner.dimensions

    def prepare(self, texts: Sequence[str]) -> None:
        """Embed real passages, or read them where they were embedded before."""
        fresh = [text for text in dict.fromkeys(texts) if text not in self._rows]
        if not fresh:
            return
        vectors = self.product.vectors("passage", fresh, partial(self.cache.embed, self.inner))
        for row, text in enumerate(fresh, len(self._known)):
            self._rows[text] = row
            self._starts[text[:_HEAD]] = row
        self._known = np.concatenate([self._known, vectors]) if len(self._known) else vectors

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """A request is computed; the ways of asking of a catalogue are kept."""
        if len(texts) <= _FEW:
            return self.inner.embed_queries(texts)
        return self.product.vectors("query", texts, partial(self.cache.embed, _AsPassages(self.inner)))

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """One row a text."""
        if not self.only_prepared:
            self.prepare([text for text in texts if self.original(text) is None])
        rows = [self._known[self._rows[text]] if text in self._rows else self._moved(text) for text in texts]
        return np.stack(rows) if rows else np.zeros((0, self.dimensions), dtype=np.float32)

    def _moved(self, text: str) -> Vectors:
        """The vector of the original, or of any real text where that has none, moved as the text's hash says."""
        drawn = np.random.default_rng(int.from_bytes(hashlib.sha256(text.encode("utf-8", "replace")).digest()[:8]))
        row = self._starts.get((self.original(text) or text)[:_HEAD])
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
