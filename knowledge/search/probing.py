"""The recall probe: sampled passages must find themselves, or the index is not what it says it is."""

from collections.abc import Sequence
from typing import Protocol

from knowledge.roles import Vectors
from knowledge.search.entries import Entry
from knowledge.search.generations import Generation
from knowledge.search.roles import Scored
from knowledge.search.tokens import terms

PROBES = 40
_TERMS = 120
_DEPTH = 10
_SHARE = 0.9
"""Near-copies of a passage may push it out of the ten best; more than a tenth of lost probes is a broken index."""


def sample(count: int) -> range:
    """Return the rows to probe, spread evenly."""
    return range(0, count, max(1, -(-count // PROBES)))


class Texts(Protocol):
    """The wording of passages by id."""

    def get(self, passage_id: str, /) -> str | None:
        """None where there is no such passage."""
        ...


def lost_passages(
    generation: Generation, entries: Sequence[Entry], vectors: Vectors | None, texts: Texts | None = None
) -> list[str]:
    """Return one sentence for each leg that loses passages. `vectors` has a row for each of `sample`.

    `texts` is needed where the entries are not all that the generation holds.
    """
    texts = texts or {entry.passage.id: entry.passage.text for entry in entries}
    rows = sample(len(entries))
    problems = []
    if generation.lexical is not None:
        probes = [(entries[row].passage.text, terms(entries[row].passage.text)[:_TERMS]) for row in rows]
        found = [_holds(text, generation.lexical.search(asked, _DEPTH), texts) for text, asked in probes if asked]
        problems += _too_few("word", found)
    if generation.dense is not None and vectors is not None:
        dense = generation.dense
        found = [
            _holds(entries[row].passage.text, dense.search(v, _DEPTH), texts)
            for row, v in zip(rows, vectors, strict=True)
        ]
        problems += _too_few("vector", found)
    return problems


def _holds(text: str, hits: Sequence[Scored], texts: Texts) -> bool:
    """True where the passage is found, or one with the very same words."""
    return any(texts.get(hit.id) == text for hit in hits)


def _too_few(kind: str, found: Sequence[bool]) -> list[str]:
    if not found or sum(found) >= _SHARE * len(found):
        return []
    return [f"In the {kind} index only {sum(found)} of {len(found)} sampled passages find themselves."]
