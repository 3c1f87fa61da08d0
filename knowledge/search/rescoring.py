"""Vectors for what the words found: a stand-in for the dense leg where a generation is too big to embed whole."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.roles import Embedder
from knowledge.search.entries import Entry
from knowledge.search.vector_cache import VectorCache

DEPTH = 30
"""How many of the words' candidates are read. Embedding them takes seconds, so this is for batches, not for a turn."""


@dataclass(frozen=True, slots=True)
class Rescorer:
    """Embeds candidates when they first come up, and remembers them."""

    embedder: Embedder
    cache: VectorCache
    depth: int = DEPTH

    def cosines(self, query: str, candidates: Sequence[Entry]) -> dict[str, float]:
        """Return the cosine of each candidate by passage id."""
        if not candidates:
            return {}
        vector = self.embedder.embed_queries([query])[0]
        rows = self.cache.embed(self.embedder, [entry.embedded_text for entry in candidates])
        return {e.passage.id: float(cosine) for e, cosine in zip(candidates, rows @ vector, strict=True)}
