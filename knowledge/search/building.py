"""Building a generation: from the truth, aside, checked, and only then switched to."""

import errno
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from knowledge.errors import IndexDamaged, StorageFull
from knowledge.roles import Embedder, Vectors
from knowledge.search.changes import read_changes, write_changes
from knowledge.search.entries import Entry, digests, fingerprint, fingerprint_of, published
from knowledge.search.extending import WHOLE_BELOW, Change, TextsOnDemand, change_since, some_entries, spread
from knowledge.search.generations import DENSE, LEXICAL, Generation, Generations
from knowledge.search.manifest import Manifest, write_manifest, write_roster, write_sizes, write_versions
from knowledge.search.probing import PROBES, Texts, lost_passages, sample
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
        whole_below: int = WHOLE_BELOW,
    ) -> None:
        self._generations, self._library, self._embedder = generations, library, embedder
        self._clock, self._budget, self._progress = clock, dense_budget, progress
        self._whole_below = whole_below
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
                manifest = None if anew else self._up_to_date(revision)
                if manifest is None:
                    entries = list(published(self._library))
                    manifest = self._build(entries, revision)
                if manifest.id == self._generations.current():
                    return manifest
                self._generations.switch(manifest.id)
                self._generations.sweep()
                return manifest
        except OSError as error:
            if error.errno in {errno.ENOSPC, errno.EDQUOT}:
                raise StorageFull("The disk is full; the old index stays. Free some space and start again.") from error
            raise

    def _up_to_date(self, revision: int) -> Manifest | None:
        """The current generation where it is up to date, or a new one that extends it; None where all is built anew."""
        present = self._generations.manifest()
        if present is None or not self._is_ours(present) or self._generations.damage() is not None:
            return None
        try:
            generation = self._generations.open_current()
        except IndexDamaged:
            return None
        try:
            if generation.damage:
                return None
            if present.passages < self._whole_below:
                is_same = present.fingerprint == fingerprint(published(self._library))
                return present if is_same else None
            change = change_since(generation, self._library)
            if change.is_none:
                return present
            return self._extend(generation, change, revision) if change.is_small(present) else None
        finally:
            generation.close()

    def _is_ours(self, present: Manifest) -> bool:
        engines = (present.lexical, present.analysis, present.embedder)
        if engines != (self._generations.lexical.name, ANALYSIS, self._embedder.name):
            return False
        return present.dense == self._generations.dense.name or (present.dense is None and self._budget is not None)

    def _build(self, entries: Sequence[Entry], revision: int) -> Manifest:
        now = self._clock()
        folder = self._generations.new_folder(now)
        try:
            self._generations.lexical.build(folder / LEXICAL, (entry.as_lexical() for entry in entries))
            vectors, why_not = self._vectors(entries)
            if vectors is not None:
                self._generations.dense.build(folder / DENSE, [entry.passage.id for entry in entries], vectors)
            versions = digests(entries)
            manifest = Manifest(
                id=folder.name,
                built_at=now.isoformat(),
                revision=revision,
                passages=len(entries),
                fingerprint=fingerprint_of(versions),
                analysis=ANALYSIS,
                lexical=self._generations.lexical.name,
                embedder=self._embedder.name,
                dimensions=self._embedder.dimensions,
                dense=None if vectors is None else self._generations.dense.name,
                why_no_dense=why_not,
            )
            self._sealed(folder, manifest, {entry.passage.id: entry.document.id for entry in entries}, versions)
            probes = None if vectors is None else vectors[list(sample(len(entries)))]
            self._check(folder, entries, probes)
        except BaseException:
            self._generations.remove(folder)
            raise
        return manifest

    def _extend(self, former: Generation, change: Change, revision: int) -> Manifest | None:
        """A generation that shares the files of the former one. None where it fails: then all is built anew."""
        now = self._clock()
        folder = self._generations.new_folder(now)
        entries, present = change.entries, former.manifest
        try:
            gone = [passage for passage, version in former.roster.items() if version in change.gone]
            words = (entry.as_lexical() for entry in entries)
            self._generations.lexical.extend(former.folder / LEXICAL, folder / LEXICAL, gone, words)
            if present.dense is not None:
                vectors = self.cache.embed(self._embedder, [entry.embedded_text for entry in entries])
                changes = read_changes(former.folder, present)
                write_changes(folder, changes.then(gone, [entry.passage.id for entry in entries], vectors))
            roster = {p: version for p, version in former.roster.items() if version not in change.gone}
            roster |= {entry.passage.id: entry.document.id for entry in entries}
            versions = {v: digest for v, digest in former.digests.items() if v not in change.gone} | digests(entries)
            manifest = replace(
                present,
                id=folder.name,
                built_at=now.isoformat(),
                revision=revision,
                passages=len(roster),
                fingerprint=fingerprint_of(versions),
                base=(present.base or present.id) if present.dense is not None else None,
                changes=present.changes + len(gone) + len(entries),
            )
            self._sealed(folder, manifest, roster, versions)
            probed = (*spread(entries, PROBES // 2), *some_entries(self._library, roster, change.fresh))[:PROBES]
            probes = None
            if present.dense is not None:
                probes = self.cache.embed(self._embedder, [entry.embedded_text for entry in probed])
            self._check(folder, probed, probes, TextsOnDemand(self._library, roster))
        except IndexDamaged:
            self._generations.remove(folder)
            return None
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

    def _sealed(self, folder: Path, manifest: Manifest, roster: dict[str, str], versions: dict[str, str]) -> None:
        """Write what is known of the generation; the manifest last, for without one a folder is nothing."""
        write_roster(folder, list(roster.items()))
        write_versions(folder, versions)
        write_sizes(folder)
        write_manifest(folder, manifest)

    def _check(
        self, folder: Path, entries: Sequence[Entry], probes: Vectors | None, texts: Texts | None = None
    ) -> None:
        """Count, and look whether sampled passages find themselves. Raises IndexDamaged."""
        generation = Generation(folder, self._generations.lexical, self._generations.dense)
        try:
            problems = [*generation.damage, *lost_passages(generation, entries, probes, texts)]
        finally:
            generation.close()
        if problems:
            raise IndexDamaged(f"The new index fails its checks, the old one stays in service: {' '.join(problems)}")
