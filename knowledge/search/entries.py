"""What is indexed: the published passages with their titles, and a fingerprint that tells two states apart."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from knowledge.passages import DocumentVersion, Passage
from knowledge.search.roles import LexicalEntry, Library
from knowledge.search.tokens import terms


@dataclass(frozen=True, slots=True)
class Entry:
    """A published passage and the document version it stands in."""

    document: DocumentVersion
    passage: Passage

    @property
    def titles(self) -> str:
        """The document's title and the headings above the passage."""
        return f"{self.document.title}\n{self.passage.heading}"

    @property
    def embedded_text(self) -> str:
        """What the embedder reads: the nearest heading says what a bare list is about."""
        nearest = self.passage.heading.rpartition(" / ")[2] or self.document.title
        return f"{nearest}\n{self.passage.text}"

    def as_lexical(self) -> LexicalEntry:
        """The passage as terms."""
        return LexicalEntry(self.passage.id, terms(self.titles), terms(self.passage.text))


def published(library: Library) -> Iterator[Entry]:
    """Yield all passages of all published versions, in a stable order; read one version at a time."""
    for document in library.published_documents():
        for passage in library.passages(document.id):
            yield Entry(document, passage)


def digests(entries: Iterable[Entry]) -> dict[str, str]:
    """Return for each version a hash of which passages it has and what they say."""
    hashes: dict[str, hashlib._Hash] = {}
    for entry in entries:
        digest = hashes.setdefault(entry.document.id, hashlib.sha256())
        for part in (entry.passage.id, entry.titles, entry.passage.text):
            digest.update(part.encode("utf-8", "surrogatepass"))
            digest.update(b"\0")
    return {version: digest.hexdigest() for version, digest in hashes.items()}


def fingerprint_of(versions: Mapping[str, str]) -> str:
    """Return one hash for all versions with their digests."""
    lines = "".join(f"{version}\t{versions[version]}\n" for version in sorted(versions))
    return hashlib.sha256(lines.encode("utf-8", "surrogatepass")).hexdigest()


def fingerprint(entries: Iterable[Entry]) -> str:
    """Return a hash of which passages there are and what they say."""
    return fingerprint_of(digests(entries))
