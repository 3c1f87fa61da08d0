"""What the statements of items and policies say, prepared for ranking: kinds of values, facets, words, vectors."""

import hashlib
import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

import numpy as np

from assistant.steps.needs import ValueKind, kinds_in, need_of
from knowledge.roles import Embedder, Vectors
from knowledge.statements import Facet, Statement

_CHINESE_RUN = re.compile(r"[\u3400-\u9fff]+|[A-Za-z]{2,}|\d+")


def terms(text: str) -> frozenset[str]:
    """Character pairs of the Chinese runs, words and numbers: enough to compare short texts."""
    found: set[str] = set()
    for run in _CHINESE_RUN.findall(text):
        if run[0] > "\u3400":
            found.update(run[i : i + 2] for i in range(len(run) - 1)) if len(run) > 1 else found.add(run)
        else:
            found.add(run.lower())
    return frozenset(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A statement and what ranking needs to know of it."""

    statement: Statement
    kinds: frozenset[ValueKind]
    facets: frozenset[Facet]
    terms: frozenset[str]


def profile_of(statement: Statement) -> Profile:
    """Read a statement once. Its own facets count, and those which the frequent question it answers asks."""
    facets = {statement.facet, *statement.also}
    if statement.question:
        facets.update(need_of(statement.question).facets)
    return Profile(
        statement=statement,
        kinds=kinds_in(statement.text),
        facets=frozenset(facets),
        terms=terms(f"{statement.question or ''} {statement.text}"),
    )


class WordWeights:
    """How telling a term is: rare terms weigh more."""

    def __init__(self, texts: Iterable[frozenset[str]]) -> None:
        counted: Counter[str] = Counter()
        total = 0
        for one in texts:
            counted.update(one)
            total += 1
        self._total = max(total, 1)
        self._weights = {term: math.log(1 + self._total / n) for term, n in counted.items()}

    def of(self, term: str) -> float:
        """Weight of a term; an unseen one weighs as one seen once."""
        return self._weights.get(term, math.log(1 + self._total))

    def overlap(self, asked: frozenset[str], said: frozenset[str]) -> float:
        """Share of the asked weight that is also said, 0 to 1."""
        whole = sum(self.of(term) for term in asked)
        return sum(self.of(term) for term in asked & said) / whole if whole else 0.0


class StatementVectors:
    """Vectors of statements, made once per wording and kept: in memory, and in a file where a folder is given."""

    def __init__(self, embedder: Embedder, folder: Path | None = None) -> None:
        self._embedder = embedder
        self._file = folder / f"statements-{_key(embedder.name)}.npz" if folder else None
        self._known: dict[str, Vectors] = {}
        self._lock = Lock()
        self._read()

    def of(self, texts: Sequence[str]) -> Vectors:
        """One row a text."""
        if not texts:
            return np.zeros((0, self._embedder.dimensions), dtype=np.float32)
        with self._lock:
            missing = [t for t in dict.fromkeys(texts) if _key(t) not in self._known]
            if missing:
                rows = self._embedder.embed_passages(missing)
                self._known.update({_key(t): row for t, row in zip(missing, rows, strict=True)})
            return np.stack([self._known[_key(t)] for t in texts])

    def keep(self) -> None:
        """Write what is known to the file; a full disk only means that it is made again next time."""
        if self._file is None:
            return
        with self._lock:
            keys = sorted(self._known)
            aside = self._file.with_suffix(".part")
            try:
                self._file.parent.mkdir(parents=True, exist_ok=True)
                with aside.open("wb") as out:
                    np.savez(out, keys=np.array(keys), rows=np.stack([self._known[k] for k in keys]))
                aside.replace(self._file)
            except OSError:
                aside.unlink(missing_ok=True)

    def _read(self) -> None:
        if self._file is None or not self._file.is_file():
            return
        try:
            with np.load(self._file, allow_pickle=False) as stored:
                rows = np.asarray(stored["rows"], dtype=np.float32)
                if rows.ndim == 2 and rows.shape[1] == self._embedder.dimensions:  # noqa: PLR2004
                    self._known = dict(zip((str(k) for k in stored["keys"]), rows, strict=True))
        except (OSError, ValueError, KeyError):
            self._known = {}


def _key(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:24]
