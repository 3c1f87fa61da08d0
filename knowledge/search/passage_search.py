"""Passage search: words and vectors over the current generation, the truth itself where an index is lost."""

import logging
from collections import ChainMap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock

import numpy as np

from knowledge.backends.memory import MemoryLexicalIndex
from knowledge.errors import IndexDamaged
from knowledge.passages import DocumentVersion, Passage
from knowledge.roles import Embedder, Found, Hit, Vectors
from knowledge.search.bm25 import best_possible, idf, weights
from knowledge.search.catalog import Catalog
from knowledge.search.entries import Entry
from knowledge.search.evidence import Model, Signs, Worth, shipped_model, signs
from knowledge.search.fusing import Candidate, fuse, with_whole
from knowledge.search.generations import Generation
from knowledge.search.reading import CurrentGeneration, Lease
from knowledge.search.rescoring import Rescorer
from knowledge.search.roles import LexicalIndex, Library
from knowledge.search.tokens import PAIR, pairs, searchable, terms, words
from knowledge.search.whole import DOCUMENTS, WHOLE_WEIGHT, readable
from knowledge.search.whole import scores as whole_scores
from knowledge.wording.statutory import words_of_statutes

_log = logging.getLogger(__name__)

_DEPTH = 100
_DEEPEST = 1600
_LONGEST_QUERY = 1000
_STATUTES_SAY = 0.4
"""Weight of the words of statutes beside the question's own, in the leg of vectors."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What was found, and the signs that its evidence is judged by; None where nothing was found."""

    hits: tuple[Hit, ...]
    signs: Signs | None
    degraded: str | None


@dataclass(frozen=True, slots=True)
class _Legs:
    """What the legs found, by passage id, and what they stand on."""

    lexical: dict[str, float]
    dense: dict[str, float]
    versions: Mapping[str, str]
    worth: Worth
    pairs: Mapping[str, float]
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Unindexed:
    """Versions in force that the current generation does not hold, as a word index in memory."""

    versions: frozenset[str]
    beside: str | None
    owner: dict[str, str]
    index: MemoryLexicalIndex


class HybridPassageSearch:
    """Implements `knowledge.roles.PassageSearch`. Safe to share between threads.

    What was published after the current generation was built is searched too, by words, straight from the truth; so
    is everything where the generation is lost. What was withdrawn is never returned, whatever the index still holds.
    """

    def __init__(
        self,
        library: Library,
        embedder: Embedder,
        current: CurrentGeneration,
        *,
        model: Model | None = None,
        rescorer: Rescorer | None = None,
    ) -> None:
        self._embedder, self._current = embedder, current
        self._catalog = Catalog(library)
        self._model, self._rescorer = model or shipped_model(), rescorer
        self._unindexed: _Unindexed | None = None
        self._lock = Lock()

    def search(self, query: str, *, as_of: date, limit: int = 8) -> Found:
        """Passages in force on that day, best first."""
        looked = self.look(query, as_of=as_of, limit=limit)
        if looked.degraded:
            _log.warning("search is degraded: %s", looked.degraded)
        if looked.signs is None:
            return Found(hits=(), evidence=0.0, degraded=looked.degraded)
        evidence = self._model.probability(looked.signs)
        compared = looked.signs.lead is not None
        return Found(hits=looked.hits, evidence=evidence, degraded=looked.degraded, compared=compared)

    def look(self, query: str, *, as_of: date, limit: int = 8) -> Looked:
        """What a search finds before its evidence is judged: for training, and for the search test page."""
        asked = searchable(query[:_LONGEST_QUERY])
        in_force = self._catalog.in_force(as_of)
        with self._current.lease() as lease:
            ranked, legs, fused = self._rank(asked, in_force, lease, limit)
        entries = [self._entry(c, legs, in_force) for c in ranked]
        kept = [(c, e) for c, e in zip(ranked, entries, strict=True) if e is not None]
        degraded = " ".join(dict.fromkeys(legs.problems)) or None
        # how far the first stands out is told before whole documents are read: reading lifts all that say as much
        seen = signs(asked, fused, [e for _, e in kept], legs.worth) if kept else None
        hits = tuple(_hit(c, e) for c, e in kept)
        return Looked(hits=hits, signs=seen, degraded=degraded)

    def around(self, passage: Passage, reach: int = 1) -> tuple[Passage, ...]:
        """The passage with its neighbors of the same clause, `reach` on either side, in reading order."""
        whole = list(self._catalog.passages(passage.version_id).values())
        return tuple(
            p
            for p in whole
            if p.id == passage.id
            or (
                abs(p.ordinal - passage.ordinal) <= reach and (p.heading, p.clause) == (passage.heading, passage.clause)
            )
        )

    def serving(self) -> str | None:
        """The id of the generation that the next search would use; None where none can be opened."""
        with self._current.lease() as lease:
            return lease.generation.manifest.id if lease.generation else None

    def close(self) -> None:
        """Let go of the index."""
        self._current.close()

    def _rank(
        self, query: str, in_force: Mapping[str, DocumentVersion], lease: Lease, limit: int
    ) -> tuple[list[Candidate], _Legs, list[Candidate]]:
        """Ranked with and without whole documents. Looks deeper where what is not in force crowds out the rest."""
        depth = max(_DEPTH, limit)
        while True:
            legs = self._ask(query, in_force, lease, depth)
            fused = fuse(_kept(legs.lexical, legs, in_force), _kept(legs.dense, legs, in_force))
            ranked = self._read_whole(fused, legs, in_force)
            found_all = max(len(legs.lexical), len(legs.dense)) < depth
            if len(ranked) >= limit or found_all or depth >= _DEEPEST:
                return ranked[:limit], legs, fused
            depth *= 4

    def _read_whole(
        self, ranked: Sequence[Candidate], legs: _Legs, in_force: Mapping[str, DocumentVersion]
    ) -> list[Candidate]:
        """Lift the passages of documents that hold the question's words as a whole, among the first documents."""
        firsts: dict[str, str] = {}
        for candidate in ranked:
            firsts.setdefault(legs.versions[candidate.id], candidate.id)
            if len(firsts) == DOCUMENTS:
                break
        known = {version: self._catalog.passages(version) for version in firsts}
        if all(len(passages) <= 1 for passages in known.values()):
            return list(ranked)
        texts = {
            version: readable(in_force[version].title, [p.text for p in passages.values()], passages[first].text)
            for (version, first), passages in zip(firsts.items(), known.values(), strict=True)
            if first in passages
        }
        whole = whole_scores(texts, legs.pairs)
        return with_whole(ranked, legs.versions, whole, WHOLE_WEIGHT)

    def _ask(self, query: str, in_force: Mapping[str, DocumentVersion], lease: Lease, depth: int) -> _Legs:
        problems = list(lease.problems)
        generation = lease.generation
        main = generation.lexical if generation else None
        if main is None and not problems:
            problems.append("The word index is missing. Run: xiaoshen doctor --repair")
        rest = self._rest(in_force, generation if main is not None else None)
        asked = terms(query)
        weighted = weights(asked)
        indexes = [index for index in (main, rest.index if rest else None) if index is not None]
        frequencies = _summed(indexes, list(weighted))
        count = sum(index.count for index in indexes)
        best = best_possible(weighted, frequencies, count) or 1.0
        scored = [hit for index in indexes for hit in index.search(asked, depth)]
        lexical = {hit.id: min(1.0, hit.score / best) for hit in scored}
        owner = ChainMap(rest.owner if rest else {}, generation.roster if generation else {})
        dense, problem = self._dense(query, generation, depth)
        if not dense and self._rescorer is not None:
            dense, problem = self._rescored(self._rescorer, query, lexical, owner, in_force), None
        said = words(query)
        of_two = list(dict.fromkeys(pairs(query)))
        return _Legs(
            lexical=lexical,
            dense=dense,
            versions=owner,
            worth=Worth(dict(zip(said, _summed(indexes, said), strict=True)), count),
            pairs=dict(zip(of_two, _rarity(indexes, [PAIR + pair for pair in of_two], count), strict=True)),
            problems=(*problems, *([problem] if problem else [])),
        )

    def _dense(self, query: str, generation: Generation | None, depth: int) -> tuple[dict[str, float], str | None]:
        if generation is None or not query.strip():
            return {}, None
        manifest = generation.manifest
        if generation.dense is None:
            why = manifest.why_no_dense
            return {}, f"Searching by words only: {why}" if why and manifest.passages else None
        if manifest.embedder != self._embedder.name:
            return {}, (
                f"The index holds vectors of {manifest.embedder}, not of {self._embedder.name}: "
                "searching by words only. Run: xiaoshen doctor --repair"
            )
        try:
            hits = generation.dense.search(self._vector(query), depth)
        except IndexDamaged as error:
            return {}, str(error)
        return {hit.id: hit.score for hit in hits}, None

    def _vector(self, query: str) -> Vectors:
        """The question's vector, drawn towards what statutes say for it; not of unit length, which changes no order."""
        rows = self._embedder.embed_queries([query, *words_of_statutes(query)])
        own: Vectors = rows[0]
        return own if len(rows) == 1 else own + np.float32(_STATUTES_SAY) * rows[1:].mean(axis=0)

    def _rescored(
        self,
        rescorer: Rescorer,
        query: str,
        lexical: Mapping[str, float],
        owner: Mapping[str, str],
        in_force: Mapping[str, DocumentVersion],
    ) -> dict[str, float]:
        best = sorted((p for p in lexical if owner.get(p) in in_force), key=lambda p: -lexical[p])[: rescorer.depth]
        entries = [self._catalog.entry(in_force[owner[passage]], passage) for passage in best]
        return rescorer.cosines(query, [entry for entry in entries if entry is not None])

    def _rest(self, in_force: Mapping[str, DocumentVersion], generation: Generation | None) -> _Unindexed | None:
        covered = generation.versions if generation else frozenset()
        missing = frozenset(in_force) - covered
        if not missing:
            return None
        beside = generation.manifest.id if generation else None
        with self._lock:
            known = self._unindexed
            if known is None or (known.versions, known.beside) != (missing, beside):
                known = self._unindexed = self._read(missing, in_force, generation)
            return known

    def _read(
        self, missing: frozenset[str], in_force: Mapping[str, DocumentVersion], generation: Generation | None
    ) -> _Unindexed:
        entries = [
            Entry(in_force[version], passage)
            for version in sorted(missing)
            for passage in self._catalog.passages(version).values()
        ]
        background: LexicalIndex | None = generation.lexical if generation else None
        index = MemoryLexicalIndex((entry.as_lexical() for entry in entries), background)
        beside = generation.manifest.id if generation else None
        return _Unindexed(missing, beside, {e.passage.id: e.document.id for e in entries}, index)

    def _entry(self, candidate: Candidate, legs: _Legs, in_force: Mapping[str, DocumentVersion]) -> Entry | None:
        return self._catalog.entry(in_force[legs.versions[candidate.id]], candidate.id)


def _kept(scores: dict[str, float], legs: _Legs, in_force: Mapping[str, DocumentVersion]) -> dict[str, float]:
    return {passage: score for passage, score in scores.items() if legs.versions.get(passage) in in_force}


def _summed(indexes: Sequence[LexicalIndex], asked: Sequence[str]) -> list[int]:
    counts = [index.frequencies(asked) for index in indexes]
    return [sum(column) for column in zip(*counts, strict=True)] if counts else [0] * len(asked)


def _rarity(indexes: Sequence[LexicalIndex], asked: Sequence[str], count: int) -> list[float]:
    return [idf(frequency, count) for frequency in _summed(indexes, asked)]


def _hit(candidate: Candidate, entry: Entry) -> Hit:
    legs = {"lexical": candidate.lexical}
    if candidate.dense is not None:
        legs["dense"] = candidate.dense
    return Hit(passage=entry.passage, document=entry.document, score=candidate.score, legs=legs)
