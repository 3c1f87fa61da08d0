"""An embedder without a model: words and characters hashed into a vector, for tests and homes without model files."""

import hashlib
from collections.abc import Sequence

import numpy as np

from knowledge.roles import Vectors
from knowledge.search.tokens import characters, pairs, words


class HashingEmbedder:
    """Implements `knowledge.roles.Embedder`, deterministically: texts that share words are near."""

    def __init__(self, dimensions: int = 256) -> None:
        self._dimensions = dimensions

    @property
    def name(self) -> str:
        """Stable name."""
        return f"hashing-{self._dimensions}-1"

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return self._dimensions

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """The same as for passages."""
        return self.embed_passages(texts)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """One row a text; a text without a word gets the first axis, so that every row has unit length."""
        rows = np.zeros((len(texts), self._dimensions), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for feature in (*words(text), *pairs(text), *characters(text)):
                digest = hashlib.blake2b(feature.encode("utf-8"), digest_size=5).digest()
                row[int.from_bytes(digest[:4], "big") % self._dimensions] += 1.0 if digest[4] % 2 else -1.0
            if not row.any():
                row[0] = 1.0
        normalized: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return normalized
