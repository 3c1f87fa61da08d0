"""An embedder from any folder that sentence-transformers can load (XIAOSHEN_EMBEDDER=<folder>). Needs torch."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from knowledge.errors import ModelFilesMissing
from knowledge.roles import Vectors


class SentenceTransformersEmbedder:
    """Implements `knowledge.roles.Embedder`. Uses the folder's own prompts `query` and `passage` where it has them."""

    def __init__(self, folder: Path) -> None:
        if not (folder / "modules.json").is_file():
            raise ModelFilesMissing(
                f"{folder} is no sentence-transformers folder (modules.json is missing). "
                "Set XIAOSHEN_EMBEDDER to such a folder, or to e5-small."
            )
        try:
            from sentence_transformers import SentenceTransformer  # noqa: PLC0415 - torch takes seconds to import
        except ImportError as error:
            message = "XIAOSHEN_EMBEDDER names a folder, which needs torch. Run: make setup, or use e5-small."
            raise ModelFilesMissing(message) from error
        self._model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
        fingerprint = hashlib.sha256()
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                fingerprint.update(f"{path.relative_to(folder)}:{path.stat().st_size}".encode())
                fingerprint.update(path.read_bytes()[:1_000_000])
        self._name = f"{folder.name}-{fingerprint.hexdigest()[:12]}"
        self._dimensions = int(self._model.get_embedding_dimension() or 0)

    @property
    def name(self) -> str:
        """The folder's name with a fingerprint of its files."""
        return self._name

    @property
    def dimensions(self) -> int:
        """As the model says."""
        return self._dimensions

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Vectors of what people ask."""
        return self._embed(texts, "query")

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Vectors of what is searched in."""
        return self._embed(texts, "passage")

    def _embed(self, texts: Sequence[str], prompt: str) -> Vectors:
        if not texts:
            return np.zeros((0, self._dimensions), dtype=np.float32)
        safe = [text[:6000].encode("utf-8", "replace").decode("utf-8") for text in texts]
        prompt_name = prompt if prompt in self._model.prompts else None
        vectors = self._model.encode(
            safe, prompt_name=prompt_name, normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True
        )
        return np.asarray(vectors, dtype=np.float32)
