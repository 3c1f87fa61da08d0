"""What changed in the truth since a generation was built, and whether that is little enough to extend it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from knowledge.search.entries import Entry
from knowledge.search.generations import Generation
from knowledge.search.manifest import Manifest
from knowledge.search.roles import Library

WHOLE_BELOW = 2_000
"""Below so many passages everything is built anew each time: that takes a second, and leaves nothing to go wrong."""

_MOST_CHANGES = 8_000
_LARGEST_SHARE = 0.2
_OLD_PROBES = 20


@dataclass(frozen=True, slots=True)
class Change:
    """Versions that readers no longer see, and passages of versions that they see since."""

    gone: frozenset[str]
    entries: tuple[Entry, ...]

    @property
    def is_none(self) -> bool:
        """True where the generation holds what readers see."""
        return not self.gone and not self.entries

    @property
    def fresh(self) -> frozenset[str]:
        """The versions of the entries."""
        return frozenset(entry.document.id for entry in self.entries)

    def is_small(self, present: Manifest) -> bool:
        """True where extending is cheaper than building anew, and the list of changes stays short."""
        most = min(_MOST_CHANGES, int(present.passages * _LARGEST_SHARE))
        return present.changes + len(self.entries) <= most


def change_since(generation: Generation, library: Library) -> Change:
    """Compare by version: a version's passages never change, a correction is a version of its own."""
    published = {document.id: document for document in library.published_documents()}
    fresh = [document for version, document in published.items() if version not in generation.versions]
    entries = tuple(Entry(document, passage) for document in fresh for passage in library.passages(document.id))
    return Change(generation.versions - published.keys(), entries)


def some_entries(library: Library, roster: Mapping[str, str], but: frozenset[str]) -> tuple[Entry, ...]:
    """A few passages that were there before, spread evenly, to see that they are still found."""
    old = [version for version in dict.fromkeys(roster.values()) if version not in but]
    chosen = set(old[:: max(1, len(old) // _OLD_PROBES)][:_OLD_PROBES])
    documents = [document for document in library.published_documents() if document.id in chosen]
    return tuple(Entry(d, passages[len(passages) // 2]) for d in documents if (passages := library.passages(d.id)))


def spread(entries: Sequence[Entry], most: int) -> tuple[Entry, ...]:
    """At most so many, spread evenly."""
    return tuple(entries[:: -(-len(entries) // most)]) if entries else ()


@dataclass(frozen=True, slots=True)
class TextsOnDemand:
    """The wording of passages by id, read when it is asked for."""

    library: Library
    roster: Mapping[str, str]
    _read: dict[str, dict[str, str]] = field(default_factory=dict)

    def get(self, passage_id: str) -> str | None:
        """None where the generation holds no such passage."""
        version = self.roster.get(passage_id)
        if version is None:
            return None
        if version not in self._read:
            self._read[version] = {passage.id: passage.text for passage in self.library.passages(version)}
        return self._read[version].get(passage_id)
