"""Retrieval on a BEIR folder: indexed into a scratch home by the product's own reading, index and search."""

import csv
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from pydantic import Field, field_validator

from evals.progress import SECONDS_BETWEEN_LINES, Progress, Shown
from evals.result import Row, RunResult
from evals.samples import BrokenLine, Case, CaseFile
from evals.scorers.retrieval import RetrievalRow, retrieval_metrics
from ingest.errors import Unreadable
from ingest.reading import read_text
from knowledge.backends.memory_library import MemoryLibrary
from knowledge.passages import DocumentVersion, Passage, VersionState
from knowledge.roles import Embedder, Found, Hit
from knowledge.search.evidence import EVIDENCE_NEEDED
from knowledge.search.opening import FOLDER, open_index
from knowledge.search.passage_search import HybridPassageSearch
from knowledge.search.rescoring import Rescorer
from knowledge.search.vector_cache import VectorCache

TASK = "retrieval"

DENSE_UP_TO = 80_000
"""Passages that are embedded whole; 50,000 articles take half an hour on two idle cores. In a bigger folder vectors
are made for what the words find, query by query."""

_BEST = 100
_PASSAGES_READ = 300
_DAY = date(2026, 1, 1)


class BeirDocument(Case):
    """A line of `corpus.jsonl`."""

    id: str = Field(alias="_id", coerce_numbers_to_str=True)
    title: str = ""
    text: str = ""

    @field_validator("title", "text", mode="before")
    @classmethod
    def _absent_is_empty(cls, value: object) -> object:
        return "" if value is None else value


class BeirQuery(Case):
    """A line of `queries.jsonl`."""

    id: str = Field(alias="_id", coerce_numbers_to_str=True)
    text: str


@dataclass(frozen=True, slots=True)
class BeirFolder:
    """A folder in the form of the BEIR benchmarks."""

    path: Path

    def documents(self) -> CaseFile[BeirDocument]:
        """The documents, read line by line."""
        return CaseFile(self.path / "corpus.jsonl", BeirDocument)

    def queries(self, limit: int | None) -> CaseFile[BeirQuery]:
        """The first `limit` queries."""
        return CaseFile(self.path / "queries.jsonl", BeirQuery, limit)

    def relevant(self) -> dict[str, dict[str, int]]:
        """Grades above zero by query and document."""
        grades: dict[str, dict[str, int]] = {}
        with (self.path / "qrels" / "test.tsv").open(encoding="utf-8", newline="") as lines:
            for query, document, grade in (row[:3] for row in csv.reader(lines, delimiter="\t") if len(row) >= 3):  # noqa: PLR2004
                if grade.strip().isdigit() and int(grade) > 0:
                    grades.setdefault(query, {})[document] = int(grade)
        return grades


def run(
    data: Path,
    scratch: Path,
    embedder: Embedder,
    limit: int | None,
    progress: Progress,
    *,
    dense_up_to: int = DENSE_UP_TO,
) -> RunResult:
    """Index the folder's documents, ask its queries, and score the documents that come back."""
    folder = BeirFolder(data)
    relevant = folder.relevant()
    library, names, broken = _library(folder.documents())
    search, legs = _search(library, embedder, scratch, dense_up_to)
    queries = folder.queries(limit)
    scored: list[RetrievalRow] = []
    latencies: list[float] = []
    try:
        for query in progress(queries):
            began = time.perf_counter()
            found = search.search(query.text, as_of=_DAY, limit=_PASSAGES_READ)
            latencies.append((time.perf_counter() - began) * 1000)
            scored.append(_row(query.id, relevant.get(query.id, {}), found, names))
    finally:
        search.close()
    return RunResult(
        task=TASK,
        dataset=str(data),
        config={"embedder": embedder.name, "documents": len(names), "legs": legs},
        metrics=retrieval_metrics(scored),
        rows=[_as_json(row) for row in scored],
        latencies=latencies,
        broken=(*broken, *queries.broken),
    )


def _library(documents: CaseFile[BeirDocument]) -> tuple[MemoryLibrary, dict[str, str], list[BrokenLine]]:
    """Read every document the way ingestion does. Ids of a folder may hold anything, so versions get ids of our own."""
    library = MemoryLibrary()
    names: dict[str, str] = {}
    for number, document in enumerate(Shown("reading documents")(documents)):
        version = _version(f"d{number}", document)
        names[version.id] = document.id
        library.publish(version, tuple(_passages(version, document)))
    return library, names, documents.broken


def _version(version_id: str, document: BeirDocument) -> DocumentVersion:
    return DocumentVersion(
        id=version_id,
        name=version_id,
        title=document.title,
        number=None,
        issuer=None,
        issued_on=None,
        effective_from=None,
        effective_to=None,
        region="",
        state=VersionState.PUBLISHED,
        sha256="",
    )


def _passages(version: DocumentVersion, document: BeirDocument) -> Iterator[Passage]:
    try:
        drafts = read_text(document.text or document.title, f"{version.id}.txt").passages
    except Unreadable:
        return
    for number, draft in enumerate(drafts):
        yield Passage(
            id=f"{version.id}#{number}",
            version_id=version.id,
            ordinal=number,
            text=draft.text,
            heading=draft.heading,
            clause=draft.clause,
            start=draft.start,
            end=draft.end,
            garbled=draft.garbled,
        )


def _search(
    library: MemoryLibrary, embedder: Embedder, scratch: Path, dense_up_to: int
) -> tuple[HybridPassageSearch, str]:
    index = open_index(
        library,
        embedder,
        home=scratch,
        clock=lambda: datetime.now(UTC),
        dense_budget=dense_up_to,
        rescorer=Rescorer(embedder, VectorCache(scratch / FOLDER / "vectors.sqlite")),
        progress=_Embedded(),
    )
    manifest = index.refresh()
    return index.search, "words and vectors" if manifest.dense else "words, vectors for the best of them"


class _Embedded:
    """Says every few seconds how many passages are embedded."""

    def __init__(self) -> None:
        self._said = time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        if time.monotonic() - self._said > SECONDS_BETWEEN_LINES:
            self._said = time.monotonic()
            print(f"embedding passages: {done}/{total}", file=sys.stderr, flush=True)  # noqa: T201 - progress


def _row(query_id: str, relevant: dict[str, int], found: Found, names: dict[str, str]) -> RetrievalRow:
    """A document stands where its best passage stands."""
    best: dict[str, Hit] = {}
    for hit in found.hits:
        best.setdefault(names[hit.document.id], hit)
    ranking = list(best)[:_BEST]
    return RetrievalRow(
        id=query_id,
        relevant=relevant,
        ranking=ranking,
        scores=[best[document].score for document in ranking],
        evidence=found.evidence,
        no_evidence=found.evidence < EVIDENCE_NEEDED,
    )


def _as_json(row: RetrievalRow) -> Row:
    measures: Row = {"evidence": round(row.evidence, 4)}
    if row.relevant:
        measures |= {"recall@5": round(row.recall(5), 4), "ndcg@10": round(row.ndcg, 4), "mrr@10": row.reciprocal_rank}
    return {
        "id": row.id,
        "ranking": list(row.ranking),
        "scores": [round(score, 4) for score in row.scores],
        "no_evidence": row.no_evidence,
        "evidence": round(row.evidence, 4),
        "measures": measures,
    }
