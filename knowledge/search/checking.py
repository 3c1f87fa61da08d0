"""What `xiaoshen doctor` says about the index of documents."""

from dataclasses import dataclass
from enum import StrEnum

from knowledge.errors import IndexBusy, IndexDamaged
from knowledge.roles import Embedder, Vectors
from knowledge.search.entries import Entry, fingerprint, published
from knowledge.search.generations import Generation, Generations
from knowledge.search.probing import lost_passages, sample
from knowledge.search.roles import Library
from knowledge.search.tokens import ANALYSIS
from knowledge.search.vector_cache import VectorCache

_PART = "index"
_MEND = "xiaoshen doctor --repair"


class Level(StrEnum):
    """How bad a finding is."""

    OK = "ok"
    NOTE = "note"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `mend` is the command that mends it."""

    level: Level
    part: str
    message: str
    mend: str | None = None


def check_index(generations: Generations, library: Library, embedder: Embedder) -> tuple[Finding, ...]:
    """Compare the current generation with the truth, and let it find what it holds."""
    entries = list(published(library))
    if generations.current() is None and not entries:
        return (Finding(Level.OK, _PART, "No document is published yet, so there is nothing to index."),)
    try:
        generation = generations.open_current()
    except IndexDamaged as error:
        return (Finding(Level.BROKEN, _PART, str(error), _MEND), *_busy(generations))
    try:
        problems = _problems(generation, generations, entries, embedder)
        findings = [Finding(Level.BROKEN, _PART, problem, _MEND) for problem in problems]
    finally:
        generation.close()
    return (*findings, *_notes(generation), *([] if findings else [_healthy(generation)]), *_busy(generations))


def _problems(generation: Generation, generations: Generations, entries: list[Entry], embedder: Embedder) -> list[str]:
    manifest = generation.manifest
    problems = list(generation.damage)
    if (manifest.lexical, manifest.analysis) != (generations.lexical.name, ANALYSIS):
        problems.append("The index was built by another release of Xiao Shen.")
    if manifest.dense is not None and manifest.embedder != embedder.name:
        problems.append(f"The vectors are those of {manifest.embedder}; configured is {embedder.name}.")
    if manifest.fingerprint != fingerprint(entries):
        problems.append(
            "Documents were published or withdrawn since the index was built; the new ones are found slowly."
        )
        return problems
    try:
        problems += lost_passages(generation, entries, _vectors(generation, generations, entries, embedder))
    except IndexDamaged as error:
        problems.append(str(error))
    return problems


def _vectors(
    generation: Generation, generations: Generations, entries: list[Entry], embedder: Embedder
) -> Vectors | None:
    if generation.dense is None or generation.manifest.embedder != embedder.name:
        return None
    texts = [entries[row].embedded_text for row in sample(len(entries))]
    return VectorCache(generations.folder / "vectors.sqlite").embed(embedder, texts)


def _notes(generation: Generation) -> list[Finding]:
    why = generation.manifest.why_no_dense
    if why is None or not generation.manifest.passages:
        return []
    return [Finding(Level.NOTE, _PART, f"Documents are searched by words only: {why}", _MEND)]


def _healthy(generation: Generation) -> Finding:
    manifest = generation.manifest
    legs = "words and vectors" if generation.dense is not None else "words"
    return Finding(
        Level.OK, _PART, f"{manifest.passages} passages by {legs}, built {manifest.built_at} ({manifest.id})."
    )


def _busy(generations: Generations) -> list[Finding]:
    try:
        with generations.writer():
            return []
    except IndexBusy:
        return [Finding(Level.NOTE, _PART, "A new index is being built right now.")]
