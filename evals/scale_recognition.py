"""Recognition at the size of a district, a city and ten cities: build, memory, milliseconds, requests a second."""

import multiprocessing
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from assistant.bootstrap import shipped_corpus
from evals.baselines.langchain_retriever import plain_retriever
from evals.scale_measure import calls_a_second, milliseconds, resident
from evals.scale_sheets import catalogues, original_name
from evals.scale_vectors import StretchedEmbedder, kept_vectors, served_embedder
from knowledge.corpus.requests import open_requests
from knowledge.items import ServiceItem
from knowledge.recognition.asking import load_asking
from knowledge.recognition.build import build_recognizer
from knowledge.recognition.decision import RecognitionRequest
from knowledge.recognition.recognizer import LearnedRecognizer
from knowledge.recognition.views import phrase_views, sheet_views
from knowledge.recognition.weights import load_weights
from knowledge.roles import Embedder

SEED = 20261122
WORKERS = 2
_ASKED = 410
_SECONDS = 8.0

Figures = dict[str, float | str]


@dataclass(frozen=True, slots=True)
class Ground:
    """What a measurement stands on. `size` counts catalogues from the smallest: 0, 1, 2."""

    shared: Path
    work: Path
    size: int


def requests(count: int = _ASKED) -> list[str]:
    """Ways of asking that ship, drawn with a fixed seed."""
    asking = [one.query for one in load_asking(shipped_corpus() / "asking")]
    return random.Random(SEED).sample(asking, min(count, len(asking)))  # noqa: S311  a fixed sample, no secret


def measured(ground: Ground) -> Figures:
    """One size, one process: build, memory, and one request after another."""
    catalogue = catalogues(ground.shared)[ground.size]
    embedder = _stretched(ground.work, served_embedder())
    began = time.perf_counter()
    _warm_vectors(catalogue.items, embedder)
    embedding = time.perf_counter() - began
    before, began = resident(), time.perf_counter()
    recognizer = _recognizer(catalogue.items, embedder)
    built = time.perf_counter() - began
    after = resident()
    views = len(sheet_views(catalogue.items))
    return {
        "items": len(catalogue.items),
        "about": catalogue.about,
        "embedding_s": round(embedding, 1),
        "build_s": round(built, 2),
        "memory_mib": round(after - before, 1),
        "vectors_mib": round(views * embedder.dimensions * 4 / 2**20, 1),
        **milliseconds(partial(_ask, recognizer), requests()),
    }


def sustained(ground: Ground) -> Figures:
    """Two workers without a pause: as two processes, each with one thread for the embedder, and as two threads."""
    spawning = multiprocessing.get_context("spawn")
    with spawning.Pool(WORKERS) as pool:
        rates = pool.map(partial(_worker, ground), range(WORKERS), chunksize=1)
    items = catalogues(ground.shared)[ground.size].items
    embedder = _stretched(ground.work, served_embedder(threads=1))
    recognizer = _recognizer(items, embedder)
    texts = requests(2000)
    threads = calls_a_second(partial(_ask, recognizer), texts, seconds=_SECONDS, threads=WORKERS)
    return {
        "items": len(items),
        "two_processes_a_second": round(sum(rates), 1),
        "two_threads_a_second": round(threads, 1),
        "seconds": _SECONDS,
    }


def beside_plain(ground: Ground) -> Figures:
    """The product's recognizer and a plain LangChain retriever over the same sheets, turn by turn in one process."""
    items = catalogues(ground.shared)[ground.size].items
    embedder = _stretched(ground.work, served_embedder())
    recognizer = _recognizer(items, embedder)
    began = time.perf_counter()
    plain = plain_retriever([view.text for view in sheet_views(items)], embedder)
    built = time.perf_counter() - began
    ours, theirs = [], []
    for text in requests(210):
        ours.append(milliseconds(partial(_ask, recognizer), [text], warm=0)["p50"])
        theirs.append(milliseconds(plain.invoke, [text + "?"], warm=0)["p50"])
    own, other = _middle(ours), _middle(theirs)
    return {"items": len(items), "plain_build_s": round(built, 1), "ours_p50": own, "plain_p50": other,
            "ratio": round(own / other, 2)}  # fmt: skip


def _worker(ground: Ground, number: int) -> float:
    items = catalogues(ground.shared)[ground.size].items
    recognizer = _recognizer(items, _stretched(ground.work, served_embedder(threads=1)))
    texts = requests(2000)[number::WORKERS]
    milliseconds(partial(_ask, recognizer), texts[:10], warm=9)
    return calls_a_second(partial(_ask, recognizer), texts, seconds=_SECONDS)


def _ask(recognizer: LearnedRecognizer, text: str) -> object:
    return recognizer.recognize(RecognitionRequest(query=text))


def _recognizer(items: Sequence[ServiceItem], embedder: Embedder) -> LearnedRecognizer:
    folder = shipped_corpus() / "asking"
    return build_recognizer(items, load_asking(folder), embedder, load_weights(), opened=open_requests(folder))


def _stretched(work: Path, embedder: Embedder) -> StretchedEmbedder:
    return StretchedEmbedder(embedder, kept_vectors(work), original_name)


def _warm_vectors(items: Sequence[ServiceItem], embedder: StretchedEmbedder) -> None:
    """Real texts are embedded and kept first, so that building is timed as at any later start."""
    texts = [view.text for view in sheet_views(items) if original_name(view.text) is None]
    embedder.prepare(texts)
    embedder.embed_queries([view.text for view in phrase_views(items, load_asking(shipped_corpus() / "asking"))])


def _middle(values: Sequence[float]) -> float:
    return round(sorted(values)[len(values) // 2], 2)
