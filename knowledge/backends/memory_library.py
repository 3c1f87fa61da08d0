"""A library of documents in memory: for tests, for training, and for evaluating folders that are no knowledge base."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from threading import Lock

from knowledge.passages import DocumentVersion, Passage, VersionState


class MemoryLibrary:
    """Implements `knowledge.search.roles.Library`."""

    def __init__(self, documents: Iterable[tuple[DocumentVersion, Sequence[Passage]]] = ()) -> None:
        self._versions: dict[str, DocumentVersion] = {}
        self._passages: dict[str, tuple[Passage, ...]] = {}
        self._revision = 0
        self._lock = Lock()
        for version, passages in documents:
            self.publish(version, passages)

    def publish(self, version: DocumentVersion, passages: Sequence[Passage]) -> int:
        """Add a version with its passages, or replace it; the new revision."""
        with self._lock:
            self._versions[version.id] = version
            self._passages[version.id] = tuple(passages)
            self._revision += 1
            return self._revision

    def withdraw(self, version_id: str) -> int:
        """Take a version back; the new revision."""
        with self._lock:
            self._versions[version_id] = replace(self._versions[version_id], state=VersionState.WITHDRAWN)
            self._revision += 1
            return self._revision

    def published_documents(self) -> tuple[DocumentVersion, ...]:
        """Published versions by name; of one name in the order in which they came."""
        with self._lock:
            published = [v for v in self._versions.values() if v.state is VersionState.PUBLISHED]
        return tuple(sorted(published, key=lambda version: version.name))

    def passages(self, version_id: str) -> tuple[Passage, ...]:
        """All passages of a version, in order."""
        return self._passages.get(version_id, ())

    def revision(self) -> int:
        """Grows with every change."""
        return self._revision
