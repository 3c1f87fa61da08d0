"""The reference of the bench: a plain LangChain retriever over Chroma with the same embedder, and nothing else."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import mkdtemp

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, PrivateAttr

from knowledge.backends.chroma_dense import ChromaEngine
from knowledge.roles import Embedder
from knowledge.search.roles import DenseIndex


class PlainRetriever(BaseRetriever):
    """Embeds the question, asks Chroma for the nearest, returns their texts."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    k: int = 8
    _index: DenseIndex = PrivateAttr()
    _texts: dict[str, str] = PrivateAttr()
    _embedder: Embedder = PrivateAttr()

    def __init__(self, index: DenseIndex, texts: dict[str, str], embedder: Embedder, k: int = 8) -> None:
        super().__init__(k=k)
        self._index, self._texts, self._embedder = index, texts, embedder

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        hits = self._index.search(self._embedder.embed_queries([query])[0], self.k)
        return [Document(page_content=self._texts[hit.id], metadata={"id": hit.id, "score": hit.score}) for hit in hits]


def plain_retriever(texts: Sequence[str], embedder: Embedder, folder: Path | None = None, k: int = 8) -> PlainRetriever:
    """Put the texts into a Chroma collection with the product's own parameters, in `folder` or a temporary one."""
    place = (folder or Path(mkdtemp(prefix="xiaoshen-plain-"))) / "plain" / "dense"
    place.mkdir(parents=True, exist_ok=True)
    by_id = {f"t{number}": text for number, text in enumerate(texts)}
    engine = ChromaEngine()
    engine.build(place, list(by_id), embedder.embed_passages(list(by_id.values())))
    return PlainRetriever(engine.open(place), by_id, embedder, k)
