"""Building a generation: from the truth, aside, checked, and only then switched to."""

import errno
from collections.abc import Callable, Sequence
from datetime import datetime

from knowledge.errors import IndexDamaged, StorageFull
from knowledge.roles import Embedder, Vectors
from knowledge.search.entries import Entry, fingerprint, published
from knowledge.search.generations import DENSE, LEXICAL, Generation, Generations
from knowledge.search.manifest import Manifest, write_manifest, write_roster
from knowledge.search.probing import lost_passages, sample
from knowledge.search.roles import Library
from knowledge.search.tokens import ANALYSIS
from knowledge.search.vector_cache import VectorCache

Clock = Callable[[], datetime]
Progress = Callable[[int, int], None]

DENSE_BUDGET = 20_000
"""Passages that one build embeds at most: about ten minutes on two cores. Beyond it the generation has words only."""


class IndexBuilder:
    """Builds generations of one library with one embedder. `dense_budget` None means that everything is embedded."""

    def __init__(
        self,
        generations: Generations,
        library: Library,
        embedder: Embedder,
        *,
        clock: Clock,
        dense_budget: int | None = DENSE_BUDGET,
        progress: Progress | None = None,
    ) -> None:
        self._generations, self._library, self._embedder = generations, library, embedder
        self._clock, self._budget, self._progress = clock, dense_budget, progress
        self.cache = VectorCache(generations.folder / "vectors.sqlite")

    def build(self, *, wait: float = 60.0, anew: bool = False) -> Manifest:
        """Bring the index up to date with the truth; nothing is built where it is so already, unless `anew`.

        Waits for another writer for `wait` seconds, then raises IndexBusy. Raises StorageFull, and IndexDamaged where
        the new index fails its checks: in either case the old generation goes on being served.
        """
        try:
            with self._generations.writer(wait):
                self._generations.sweep()
                revision = self._library.revision()
                entries = list(published(self._library))
                print_ = fingerprint(entries)
                present = self._generations.manifest()
                if not anew and present is not None and self._is_up_to_date(present, print_):
                    return present
                manifest = self._build(entries, print_, revision)
                self._generations.switch(manifest.id)
                self._generations.sweep()
                return manifest
        except OSError as error:
            if error.errno in {errno.ENOSPC, errno.EDQUOT}:
                raise StorageFull("The disk is full; the old index stays. Free some space and start again.") from error
            raise

    def _is_up_to_date(self, present: Manifest, print_: str) -> bool:
        engines = (present.lexical, present.analysis, present.embedder)
        if engines != (self._generations.lexical.name, ANALYSIS, self._embedder.name) or present.fingerprint != print_:
            return False
        try:
            generation = self._generations.open_current()
        except IndexDamaged:
            return False
        generation.close()
        wanted = present.dense == self._generations.dense.name or (present.dense is None and self._budget is not None)
        return wanted and not generation.damage

    def _build(self, entries: Sequence[Entry], print_: str, revision: int) -> Manifest:
        now = self._clock()
        folder = self._generations.new_folder(now)
        try:
            self._generations.lexical.build(folder / LEXICAL, (entry.as_lexical() for entry in entries))
            vectors, why_not = self._vectors(entries)
            if vectors is not None:
                self._generations.dense.build(folder / DENSE, [entry.passage.id for entry in entries], vectors)
            write_roster(folder, [(entry.passage.id, entry.document.id) for entry in entries])
            manifest = Manifest(
                id=folder.name,
                built_at=now.isoformat(),
                revision=revision,
                passages=len(entries),
                fingerprint=print_,
                analysis=ANALYSIS,
                lexical=self._generations.lexical.name,
                embedder=self._embedder.name,
                dimensions=self._embedder.dimensions,
                dense=None if vectors is None else self._generations.dense.name,
                why_no_dense=why_not,
            )
            write_manifest(folder, manifest)
            self._check(Generation(folder, self._generations.lexical, self._generations.dense), entries, vectors)
        except BaseException:
            self._generations.remove(folder)
            raise
        return manifest

    def _vectors(self, entries: Sequence[Entry]) -> tuple[Vectors | None, str | None]:
        if not entries:
            return None, "There is no passage yet."
        texts = [entry.embedded_text for entry in entries]
        missing = self.cache.missing(self._embedder, texts)
        if self._budget is not None and missing > self._budget:
            return None, f"{missing} passages are not embedded yet; one build embeds at most {self._budget}."
        return self.cache.embed(self._embedder, texts, self._progress), None

    def _check(self, generation: Generation, entries: Sequence[Entry], vectors: Vectors | None) -> None:
        """Count, and look whether sampled passages find themselves. Raises IndexDamaged."""
        try:
            probes = None if vectors is None else vectors[list(sample(len(entries)))]
            problems = [*generation.damage, *lost_passages(generation, entries, probes)]
        finally:
            generation.close()
        if problems:
            raise IndexDamaged(f"The new index fails its checks, the old one stays in service: {' '.join(problems)}")
