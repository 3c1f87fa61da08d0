"""Puts the parts of document search together; `assistant.bootstrap` calls this and nothing else here."""

from dataclasses import dataclass
from pathlib import Path

from knowledge.backends.chroma_dense import ChromaEngine
from knowledge.backends.tantivy_lexical import TantivyEngine
from knowledge.roles import Embedder
from knowledge.search.building import DENSE_BUDGET, Clock, IndexBuilder, Progress
from knowledge.search.checking import Finding, check_index
from knowledge.search.extending import WHOLE_BELOW
from knowledge.search.generations import Generations
from knowledge.search.manifest import Manifest
from knowledge.search.passage_search import HybridPassageSearch
from knowledge.search.reading import CurrentGeneration
from knowledge.search.rescoring import Rescorer
from knowledge.search.roles import DenseEngine, LexicalEngine, Library

FOLDER = "indexes"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentIndex:
    """Search over the published documents, and the upkeep of its index."""

    search: HybridPassageSearch
    generations: Generations
    builder: IndexBuilder
    library: Library
    embedder: Embedder

    def refresh(self, *, wait: float = 60.0) -> Manifest:
        """Bring the index up to date after a publish or a withdrawal; cheap where nothing changed."""
        return self.builder.build(wait=wait)

    def rebuild(self, *, wait: float = 60.0) -> Manifest:
        """Build the index again from the truth, whatever is there."""
        return self.builder.build(wait=wait, anew=True)

    def check(self) -> tuple[Finding, ...]:
        """What the doctor says."""
        return check_index(self.generations, self.library, self.embedder)

    def close(self) -> None:
        """Let go of the index files."""
        self.search.close()


def open_index(
    library: Library,
    embedder: Embedder,
    *,
    home: Path,
    clock: Clock,
    chroma_url: str | None = None,
    dense_budget: int | None = DENSE_BUDGET,
    progress: Progress | None = None,
    lexical: LexicalEngine | None = None,
    dense: DenseEngine | None = None,
    rescorer: Rescorer | None = None,
    whole_below: int = WHOLE_BELOW,
) -> DocumentIndex:
    """Open the index in `home`; nothing is built or read yet. The engines default to tantivy and Chroma.

    `dense_budget` is how many passages one build may embed, None for all; `progress` is told of each batch embedded.
    Indexes of fewer passages than `whole_below` are built anew for each change, larger ones extended.
    A `rescorer` stands in for vectors where a generation has none; it is for batches.
    """
    generations = Generations(
        home / FOLDER, lexical=lexical or TantivyEngine(), dense=dense or ChromaEngine(chroma_url)
    )
    builder = IndexBuilder(
        generations,
        library,
        embedder,
        clock=clock,
        dense_budget=dense_budget,
        progress=progress,
        whole_below=whole_below,
    )
    search = HybridPassageSearch(library, embedder, CurrentGeneration(generations), rescorer=rescorer)
    return DocumentIndex(search=search, generations=generations, builder=builder, library=library, embedder=embedder)
