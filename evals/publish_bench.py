"""How long it takes until a changed guide is served from a large index: `python -m evals.publish_bench`.

The passages are synthetic, their vectors random: neither changes what a publish costs. The changed guide is embedded by
the product's own model.
"""

import argparse
import hashlib
import json
import os
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np

from assistant.bootstrap import build_embedder
from assistant.settings import Settings
from assistant.storage.migrating import upgrade_to_head
from knowledge.roles import Embedder, Vectors
from knowledge.search.entries import published
from knowledge.search.opening import DocumentIndex, open_index
from knowledge.storage.documents import ParsedDocument, PassageDraft
from knowledge.storage.engine import open_engine, sqlite_url
from knowledge.storage.four_eyes import OPERATOR
from knowledge.storage.store import KnowledgeStore

PASSAGES_A_DOCUMENT = 30
_AT_ONCE = 100
_LEAST_LENGTH, _MOST_LENGTH = 12, 30


@dataclass(frozen=True, slots=True)
class _Took:
    """Seconds on the clock, and seconds of processors: on a busy machine only the second mean anything."""

    wall: float
    cpu: float

    def __add__(self, other: "_Took") -> "_Took":
        return _Took(self.wall + other.wall, self.cpu + other.cpu)


def main() -> None:
    """Fill a scratch home, then publish, measure, repeat."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--passages", type=int, default=60_000)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--json", type=Path)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measured = measure(Path(folder), chosen.passages, chosen.rounds)
    text = json.dumps(measured, ensure_ascii=False, indent=1)
    if chosen.json:
        chosen.json.write_text(text + "\n", encoding="utf-8")
    sys.stdout.write(text + "\n")


def measure(home: Path, passages: int, rounds: int) -> dict[str, object]:
    """Seconds of each step; `peak_mb` is the most memory the process ever had."""
    engine = open_engine(sqlite_url(home))
    upgrade_to_head(engine)
    store = KnowledgeStore(engine, look_again_after=0.0)
    embedder = build_embedder(Settings(), say=lambda _: None)
    words = random.Random(20261122)  # noqa: S311 - texts, not secrets
    for first in range(0, passages // PASSAGES_A_DOCUMENT, _AT_ONCE):
        last = min(first + _AT_ONCE, passages // PASSAGES_A_DOCUMENT)
        _publish(store, tuple(_document(f"guide-{n}.txt", words) for n in range(first, last)))
    index = open_index(store, embedder, home=home, clock=lambda: datetime.now(UTC), dense_budget=None)
    _seed_vectors(index, embedder)
    whole = _timed(index.refresh)
    index.search.search("申请办理", as_of=_today())
    steps: list[dict[str, _Took]] = [_round(store, index, words) for _ in range(rounds)]
    manifest = index.generations.manifest()
    index.close()
    engine.dispose()
    return {
        "passages": manifest.passages if manifest else 0,
        "changed_passages": PASSAGES_A_DOCUMENT,
        "rounds": rounds,
        "load_average": round(os.getloadavg()[0], 1),
        "build_whole": _told([whole]),
        **{step: _told([each[step] for each in steps]) for step in steps[0]},
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def _round(store: KnowledgeStore, index: DocumentIndex, words: random.Random) -> dict[str, _Took]:
    """A new version of one guide: saved, found in memory at once, indexed, found in the index; then withdrawn."""
    document = _document("guide-7.txt", words)
    wanted = document.passages[3].text
    saving = _timed(lambda: _publish(store, (document,)))
    at_once = _timed(lambda: _must_find(index, wanted))
    indexing = _timed(index.refresh)
    searching = _timed(lambda: _must_find(index, wanted))
    new = _document("guide-7.txt", words)
    corrected = replace(new, passages=(*document.passages[3:], *new.passages[:3]))
    correcting = _timed(lambda: _publish(store, (corrected,))) + _timed(index.refresh)
    wanted = corrected.passages[-1].text
    correcting += _timed(lambda: _must_find(index, wanted))
    newest = store.documents.versions(document.name)[-1]
    withdrawing = _timed(lambda: store.documents.withdraw(newest.id, now=datetime.now(UTC), actor="bench", why="bench"))
    gone = _timed(lambda: _must_not_find(index, wanted))
    unindexing = _timed(index.refresh)
    return {
        "save_and_publish": saving,
        "first_search_before_the_index": at_once,
        "index": indexing,
        "first_search_in_the_new_generation": searching,
        "publish_until_served": saving + indexing + searching,
        "correction_of_3_passages_until_served": correcting,
        "withdraw_until_gone": withdrawing + gone,
        "index_without_it": unindexing,
    }


def _told(took: list[_Took]) -> dict[str, float]:
    return {
        "wall_s_median": round(statistics.median(each.wall for each in took), 3),
        "wall_s_max": round(max(each.wall for each in took), 3),
        "cpu_s_median": round(statistics.median(each.cpu for each in took), 3),
    }


def _must_find(index: DocumentIndex, text: str) -> None:
    found = index.search.search(text, as_of=_today())
    if not any(hit.passage.text == text for hit in found.hits):
        raise AssertionError("What was published is not found.")


def _must_not_find(index: DocumentIndex, text: str) -> None:
    found = index.search.search(text, as_of=_today())
    if any(hit.passage.text == text for hit in found.hits):
        raise AssertionError("What was withdrawn is found.")


def _timed(step: Callable[[], object]) -> _Took:
    begun, worked = time.perf_counter(), time.process_time()
    step()
    return _Took(time.perf_counter() - begun, time.process_time() - worked)


def _today() -> date:
    return datetime.now(UTC).date()


def _publish(store: KnowledgeStore, documents: tuple[ParsedDocument, ...]) -> None:
    store.documents.save_all(documents, now=datetime.now(UTC), actor="bench", publish_why="bench", approved_by=OPERATOR)
    store.refresh()


def _document(name: str, words: random.Random) -> ParsedDocument:
    texts = [_text(words) for _ in range(PASSAGES_A_DOCUMENT)]
    original = "\n".join(texts).encode()
    return ParsedDocument(
        name=name,
        sha256=hashlib.sha256(original).hexdigest(),
        original=original,
        media_type="text/plain",
        title=_text(words)[:20],
        number=None,
        issuer=None,
        issued_on=None,
        effective_from=None,
        effective_to=None,
        region="上海市",
        passages=tuple(
            PassageDraft(text=text, heading="一、办理条件", clause=None, start=0, end=len(text)) for text in texts
        ),
    )


def _text(words: random.Random) -> str:
    """Sentences of made-up words of two characters, a few of them common, as in any language."""
    sentences = []
    for _ in range(words.randint(2, 5)):
        picked = [_word(words) for _ in range(words.randint(_LEAST_LENGTH, _MOST_LENGTH) // 2)]
        sentences.append("".join(picked) + "。")
    return "".join(sentences)


def _word(words: random.Random) -> str:
    rank = int(words.paretovariate(0.6)) % 20_000
    return chr(0x4E00 + rank % 5_000) + chr(0x4E00 + rank // 4 % 5_000)


def _seed_vectors(index: DocumentIndex, embedder: Embedder) -> None:
    """Random unit vectors for what is there: embedding it would take half an hour and is not what is measured."""
    texts = [entry.embedded_text for entry in published(index.library)]
    index.builder.cache.embed(_Random(embedder), texts)


class _Random:
    """Has the name of the real embedder, so that its vectors are taken for that one's."""

    def __init__(self, real: Embedder) -> None:
        self.name, self.dimensions = real.name, real.dimensions
        self._random = np.random.default_rng(7)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        return self.embed_passages(texts)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        rows = self._random.standard_normal((len(texts), self.dimensions), dtype=np.float32)
        lengths: Vectors = np.linalg.norm(rows, axis=1, keepdims=True)
        return rows / lengths


if __name__ == "__main__":
    main()
