"""Retrieval over 6,000, 60,000 and 600,000 passages: build, memory, disk, milliseconds of the whole search."""

import random
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from statistics import median

from evals.baselines.langchain_retriever import plain_retriever
from evals.scale_measure import milliseconds, on_disk, resident
from evals.scale_passages import SIZES, SizedLibrary, original_passage, questions, sized_library
from evals.scale_recognition import SEED, Figures, Ground, requests
from evals.scale_vectors import StretchedEmbedder, kept_vectors, served_embedder
from knowledge.backends.chroma_dense import ChromaEngine
from knowledge.backends.exact_dense import ExactEngine
from knowledge.search.entries import published
from knowledge.search.opening import DocumentIndex, open_index
from knowledge.search.roles import DenseEngine

_DAY = date(2026, 1, 1)
_ASKED = 210
_EMBEDDED = 3_000
"""So many passages are really embedded: at thirty a second all of them would take half an hour."""

ENGINES: dict[str, type[DenseEngine]] = {"exact": ExactEngine, "chroma": ChromaEngine}


def measured(ground: Ground, engine: str) -> Figures:
    """One size in one process; the index is built in a scratch folder and removed."""
    sized = sized_library(ground.shared, ground.work, SIZES[ground.size])
    embedder = _stretched(ground, sized)
    asked = _questions(ground, 2 * _ASKED)[:_ASKED]
    with _scratch(ground.work / f"retrieval-{engine}-{ground.size}") as home:
        began = time.perf_counter()
        index = _open(sized, embedder, home, engine)
        index.refresh()
        built = time.perf_counter() - began
        index.close()
        before = resident()
        index = _open(sized, embedder, home, engine)
        index.search.search(asked[0], as_of=_DAY)
        figures: Figures = {
            "passages": sized.passages,
            "real": sized.real,
            "about": sized.about,
            "engine": engine,
            "build_s": round(built, 1),
            "memory_mib": round(resident() - before, 1),
            "disk_mib": round(sum(on_disk(f) for f in (home / "indexes").iterdir() if f.is_dir()), 1),
            **milliseconds(partial(index.search.search, as_of=_DAY), asked),
        }
        figures |= _legs(index, embedder, asked)
        index.close()
    return figures


def beside_plain(ground: Ground) -> Figures:
    """The whole search and a plain LangChain retriever on Chroma, turn by turn over the same vectors."""
    sized = sized_library(ground.shared, ground.work, SIZES[ground.size])
    embedder = _stretched(ground, sized)
    ours, theirs = [], []
    with _scratch(ground.work / "beside-plain") as home:
        index = _open(sized, embedder, home, "exact")
        index.refresh()
        began = time.perf_counter()
        plain = plain_retriever([entry.embedded_text for entry in published(sized.library)], embedder, home)
        built = time.perf_counter() - began
        for text in _questions(ground, _ASKED):
            ours.append(milliseconds(partial(index.search.search, as_of=_DAY), [text], warm=0)["p50"])
            theirs.append(milliseconds(plain.invoke, [text + "?"], warm=0)["p50"])
        index.close()
    own, other = round(median(ours), 2), round(median(theirs), 2)
    return {"passages": sized.passages, "plain_build_s": round(built, 1), "ours_p50": own, "plain_p50": other,
            "ratio": round(own / other, 2)}  # fmt: skip


def _legs(index: DocumentIndex, embedder: StretchedEmbedder, asked: list[str]) -> Figures:
    """Where the time goes: the vector of the question, and the vectors' leg alone."""
    generation = index.generations.open_current()
    try:
        embedding = milliseconds(lambda text: embedder.embed_queries([text]), [f"{text}?" for text in asked])
        vectors = {text: embedder.embed_queries([text])[0] for text in asked[:60]}
        dense = generation.dense
        nearest = milliseconds(lambda text: dense.search(vectors[text], 100), list(vectors)) if dense else {}
    finally:
        generation.close()
    return {"embedding_p50": embedding["p50"], "dense_p50": nearest.get("p50", "")}


def _questions(ground: Ground, count: int) -> list[str]:
    return questions(ground.shared, count) or requests(count)


def _stretched(ground: Ground, sized: SizedLibrary) -> StretchedEmbedder:
    embedder = StretchedEmbedder(served_embedder(), kept_vectors(ground.work), original_passage, only_prepared=True)
    real = [text for entry in published(sized.library) if original_passage(text := entry.embedded_text) is None]
    drawn = random.Random(SEED).sample(sorted(set(real)), min(_EMBEDDED, len(set(real))))  # noqa: S311  no secret
    embedder.prepare(drawn)
    return embedder


def _open(sized: SizedLibrary, embedder: StretchedEmbedder, home: Path, engine: str) -> DocumentIndex:
    return open_index(
        sized.library,
        embedder,
        home=home,
        clock=lambda: datetime.now(UTC),
        dense=ENGINES[engine](),
        dense_budget=None,
    )


@contextmanager
def _scratch(folder: Path) -> Iterator[Path]:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
