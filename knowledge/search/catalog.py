"""The truth as the search reads it: versions in force and their passages, remembered until the revision changes."""

from collections import OrderedDict
from collections.abc import Mapping
from datetime import date
from threading import Lock

from knowledge.passages import DocumentVersion, Passage
from knowledge.search.entries import Entry
from knowledge.search.roles import Library

_DAYS = 8
_VERSIONS = 400


class Catalog:
    """Safe to share between threads. Asks for the revision at every search, so a withdrawal counts at once."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._lock = Lock()
        self._revision: int | None = None
        self._days: OrderedDict[date, Mapping[str, DocumentVersion]] = OrderedDict()
        self._passages: OrderedDict[str, dict[str, Passage]] = OrderedDict()

    def in_force(self, as_of: date) -> Mapping[str, DocumentVersion]:
        """Versions in force on that day by id; of one name only the newest."""
        revision = self._library.revision()
        with self._lock:
            if revision != self._revision:
                self._days.clear()
                self._passages.clear()
                self._revision = revision
            if as_of in self._days:
                self._days.move_to_end(as_of)
                return self._days[as_of]
        # Names come with their oldest version first, so the newest one in force is the last that is kept.
        newest = {v.name: v for v in self._library.published_documents() if v.is_in_force(as_of)}
        versions = {version.id: version for version in newest.values()}
        with self._lock:
            if revision == self._revision:
                self._days[as_of] = versions
                while len(self._days) > _DAYS:
                    self._days.popitem(last=False)
        return versions

    def passages(self, version_id: str) -> Mapping[str, Passage]:
        """The passages of a version by id, in order."""
        with self._lock:
            known = self._passages.get(version_id)
            if known is not None:
                self._passages.move_to_end(version_id)
                return known
        read = {passage.id: passage for passage in self._library.passages(version_id)}
        with self._lock:
            self._passages[version_id] = read
            while len(self._passages) > _VERSIONS:
                self._passages.popitem(last=False)
        return read

    def entry(self, document: DocumentVersion, passage_id: str) -> Entry | None:
        """The passage with its document; None where the truth no longer holds it."""
        passage = self.passages(document.id).get(passage_id)
        return None if passage is None else Entry(document, passage)
