"""Retrieval on a BEIR folder: indexed into a scratch home by the product's own reading, index and search."""

import csv
import hashlib
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from pydantic import AliasChoices, BaseModel, Field, field_validator

from evals.harness.runs import Pair, Scored, Scoring
from evals.harness.runs import run as run_cases
from evals.progress import SECONDS_BETWEEN_LINES, Progress, Shown
from evals.result import Row, RunResult
from evals.samples import BrokenLine, Case, CaseFile
from evals.scorers.retrieval import CUTS, RetrievalRow, retrieval_metrics
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
_INDEX = "index.json"
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
    """A line of `queries.jsonl`, with the grades of the documents that `qrels` name for it."""

    id: str = Field(validation_alias=AliasChoices("_id", "id"), coerce_numbers_to_str=True)
    text: str
    relevant: dict[str, int] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BeirFolder:
    """A folder in the form of the BEIR benchmarks."""

    path: Path

    def documents(self) -> CaseFile[BeirDocument]:
        """The documents, read line by line."""
        return CaseFile(self.path / "corpus.jsonl", BeirDocument)

    def queries(self, limit: int | None) -> "BeirQueries":
        """The first `limit` queries."""
        return BeirQueries(self, limit)

    def digest(self) -> str:
        """Of the documents: rankings over other ones are not gone on with."""
        with (self.path / "corpus.jsonl").open("rb") as documents:
            return hashlib.file_digest(documents, "sha256").hexdigest()[:16]

    def relevant(self) -> dict[str, dict[str, int]]:
        """Grades above zero by query and document."""
        grades: dict[str, dict[str, int]] = {}
        with (self.path / "qrels" / "test.tsv").open(encoding="utf-8", newline="") as lines:
            for query, document, grade in (row[:3] for row in csv.reader(lines, delimiter="\t") if len(row) >= 3):  # noqa: PLR2004
                if grade.strip().isdigit() and int(grade) > 0:
                    grades.setdefault(query, {})[document] = int(grade)
        return grades


class BeirQueries:
    """The queries of a folder with what each should find."""

    def __init__(self, folder: BeirFolder, limit: int | None) -> None:
        self.path, self.broken = folder.path, list[BrokenLine]()
        self._folder, self._limit = folder, limit

    def __iter__(self) -> Iterator[BeirQuery]:
        relevant = self._folder.relevant()
        lines = CaseFile(self.path / "queries.jsonl", BeirQuery, self._limit)
        for query in lines:
            yield query.model_copy(update={"relevant": relevant.get(query.id, {})})
        self.broken += lines.broken


def run(
    data: Path,
    scratch: Path,
    embedder: Embedder,
    limit: int | None,
    progress: Progress,
    *,
    dense_up_to: int = DENSE_UP_TO,
    folder: Path | None = None,
) -> RunResult:
    """Index the folder's documents, ask its queries, and score the documents that come back.

    A run that goes on with nothing left to ask does not index.
    """
    beir = BeirFolder(data)
    opened: list[_Opened] = []

    async def produce(query: BeirQuery) -> Row:
        if not opened:
            opened.append(_opened(beir, embedder, scratch, dense_up_to))
        (index,) = opened
        began = time.perf_counter()
        found = index.search.search(query.text, as_of=_DAY, limit=_PASSAGES_READ)
        return _as_json(query.id, found, index.names, (time.perf_counter() - began) * 1000)

    config: Row = {"embedder": embedder.name, "corpus": beir.digest(), "dense_up_to": dense_up_to}
    try:
        result = run_cases(
            SCORING, beir.queries(limit), produce, config=config, progress=progress, folder=folder, at_once=1
        )
    finally:
        for index in opened:
            index.search.close()
    about = _about(opened, folder)
    told: Row = {"documents": about.documents, "legs": about.legs}
    return replace(result, config={**result.config, **told}, broken=(*about.broken, *result.broken))


class _About(BaseModel):
    """What is known of an index once it was made; kept beside a run, for one that goes on may not make it again."""

    documents: int = 0
    legs: str = ""
    broken: list[BrokenLine] = Field(default_factory=list)


def _about(opened: Sequence["_Opened"], folder: Path | None) -> _About:
    file = folder / _INDEX if folder is not None else None
    if opened:
        (index,) = opened
        about = _About(documents=len(index.names), legs=index.legs, broken=index.broken)
        if file is not None:
            file.write_text(about.model_dump_json(), encoding="utf-8")
        return about
    return _About.model_validate_json(file.read_bytes()) if file is not None and file.exists() else _About()


def score(pairs: Sequence[Pair[BeirQuery]]) -> Scored:
    """The measures, and each query's part of them."""
    rows = [_scored_row(query, row) for query, row in pairs]
    return Scored(metrics=retrieval_metrics(rows), scores=[_measures(row) for row in rows])


SCORING = Scoring(task=TASK, case=BeirQuery, score=score, kept_as="measures")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opened:
    """The folder's documents, indexed."""

    search: HybridPassageSearch
    legs: str
    names: dict[str, str]
    broken: list[BrokenLine]


def _opened(folder: BeirFolder, embedder: Embedder, scratch: Path, dense_up_to: int) -> _Opened:
    library, names, broken = _library(folder.documents())
    search, legs = _search(library, embedder, scratch, dense_up_to)
    return _Opened(search=search, legs=legs, names=names, broken=broken)


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


def _as_json(query_id: str, found: Found, names: dict[str, str], elapsed: float) -> Row:
    """A document stands where its best passage stands."""
    best: dict[str, Hit] = {}
    for hit in found.hits:
        best.setdefault(names[hit.document.id], hit)
    ranking = list(best)[:_BEST]
    return {
        "id": query_id,
        "ranking": list(ranking),
        "scores": [round(best[document].score, 4) for document in ranking],
        "no_evidence": found.evidence < EVIDENCE_NEEDED,
        "evidence": round(found.evidence, 4),
        "latency_ms": round(elapsed, 2),
    }


def _scored_row(query: BeirQuery, row: Row) -> RetrievalRow:
    """What was recorded; a query that failed found nothing."""
    ranking, scores = row.get("ranking"), row.get("scores")
    return RetrievalRow(
        id=query.id,
        relevant=query.relevant,
        ranking=[str(name) for name in ranking] if isinstance(ranking, list) else [],
        scores=[float(str(value)) for value in scores] if isinstance(scores, list) else [],
        evidence=float(str(row.get("evidence", 0.0))),
        no_evidence=bool(row.get("no_evidence", True)),
    )


def _measures(row: RetrievalRow) -> Row:
    """The query's own part of each measure; `evidence` beside them."""
    measures: Row = {"evidence": row.evidence}
    if not row.relevant:
        return measures | {"unanswerable_without_evidence": float(row.no_evidence)}
    measures |= {f"recall@{cut}": round(row.recall(cut), 4) for cut in CUTS}
    return measures | {
        "ndcg@10": round(row.ndcg, 4),
        "mrr@10": row.reciprocal_rank,
        "answerable_without_evidence": float(row.no_evidence),
    }
