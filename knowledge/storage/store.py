"""`KnowledgeStore`: the knowledge base on a database, read through a cache that a publication empties."""

import time
from collections.abc import Callable
from datetime import date, datetime
from threading import RLock

from sqlalchemy import Engine, or_, select

from knowledge.corpus.catalogue import Catalogue
from knowledge.corpus.item_sheets import read_item
from knowledge.corpus.policy_sheets import read_policy
from knowledge.items import ServiceItem
from knowledge.passages import DocumentVersion, Passage, VersionState
from knowledge.policies import Policy
from knowledge.storage.engine import reading
from knowledge.storage.graph import KnowledgeGraph
from knowledge.storage.log import Hand, current_revision
from knowledge.storage.publishing import CatalogueChange, publish_catalogue
from knowledge.storage.rows import passage_of, version_of
from knowledge.storage.shelf import Dated, Shelf
from knowledge.storage.sql_documents import SqlDocumentDrafts
from knowledge.storage.tables import DocumentVersionRow, PassageRow, PolicyVersionRow, ServiceItemVersionRow

_READABLE = (VersionState.PUBLISHED, VersionState.SUPERSEDED)
_WAITING = (VersionState.DRAFT, VersionState.REVIEWED)
_LOOK_AGAIN_AFTER = 0.5  # seconds between two looks at the revision; readers must see a publication within two
_KEPT = 4096  # versions and passage lists kept in memory


class KnowledgeStore:
    """Implements `knowledge.roles.KnowledgeBase`; `documents` takes the writes of documents, `graph` reads links.

    Safe to use from several threads. Another process's publication is seen `look_again_after` seconds later at most.
    """

    def __init__(
        self,
        engine: Engine,
        *,
        look_again_after: float = _LOOK_AGAIN_AFTER,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.engine = engine
        self.documents = SqlDocumentDrafts(engine)
        self.graph = KnowledgeGraph(engine)
        self._look_again_after = look_again_after
        self._monotonic = monotonic
        self._lock = RLock()
        self._looked_at: float | None = None
        self._revision = -1
        self._items: Shelf[ServiceItem] | None = None
        self._policies: Shelf[Policy] | None = None
        self._found: dict[tuple[str, date], DocumentVersion | None] = {}
        self._versions: dict[str, DocumentVersion] = {}
        self._beginnings: dict[date, tuple[date, ...]] = {}
        self._passages: dict[str, tuple[Passage, ...]] = {}

    def items(self, as_of: date) -> tuple[ServiceItem, ...]:
        """All published items, ordered by slug."""
        return self._item_shelf().on(as_of)

    def item(self, slug: str, as_of: date) -> ServiceItem | None:
        """The item, or None where there is none on that day."""
        return self._item_shelf().one(slug, as_of)

    def policies(self, as_of: date) -> tuple[Policy, ...]:
        """All published policies, ordered by id, those whose period is over too."""
        return self._policy_shelf().on(as_of)

    def policy(self, policy_id: str, as_of: date) -> Policy | None:
        """The policy, or None."""
        return self._policy_shelf().one(policy_id, as_of)

    def document(self, name: str, as_of: date) -> DocumentVersion | None:
        """The version of the document in force on that day, or None. A withdrawn one is never found."""
        with self._lock:
            self.revision()
            key = (name, as_of)
            if key not in self._found:
                if len(self._found) >= _KEPT:
                    self._found.clear()
                self._found[key] = self._find(name, as_of)
            return self._found[key]

    def _find(self, name: str, as_of: date) -> DocumentVersion | None:
        row = DocumentVersionRow
        query = (
            select(row)
            .where(
                row.name == name,
                row.state.in_(_READABLE),
                or_(row.in_force_from.is_(None), row.in_force_from <= as_of),
                or_(row.in_force_to.is_(None), row.in_force_to >= as_of),
            )
            .order_by(row.ordinal.desc())
            .limit(1)
        )
        with reading(self.engine) as session:
            found = session.scalar(query)
            return version_of(found) if found else None

    def published_documents(self) -> tuple[DocumentVersion, ...]:
        """Every published version, ordered by name and then age; their dates may lie ahead."""
        row = DocumentVersionRow
        query = select(row).where(row.state == VersionState.PUBLISHED).order_by(row.name, row.ordinal)
        with reading(self.engine) as session:
            return tuple(version_of(found) for found in session.scalars(query))

    def version(self, version_id: str) -> DocumentVersion | None:
        """A version by id, whatever its state."""
        with self._lock:
            self.revision()
            kept = self._versions.get(version_id)
            if kept is None:
                with reading(self.engine) as session:
                    row = session.get(DocumentVersionRow, version_id)
                    kept = version_of(row) if row else None
                if len(self._versions) >= _KEPT:
                    self._versions.clear()
                if kept is not None and kept.state not in _WAITING:  # a review changes a draft without a revision
                    self._versions[version_id] = kept
            return kept

    def passages(self, version_id: str) -> tuple[Passage, ...]:
        """All passages of a version, in order. They never change, so they are kept across publications."""
        with self._lock:
            kept = self._passages.get(version_id)
            if kept is None:
                query = select(PassageRow).where(PassageRow.version_id == version_id).order_by(PassageRow.ordinal)
                with reading(self.engine) as session:
                    kept = tuple(passage_of(row) for row in session.scalars(query))
                if len(self._passages) >= _KEPT:
                    self._passages.clear()
                if kept:
                    self._passages[version_id] = kept
            return kept

    def beginnings(self, after: date) -> tuple[date, ...]:
        """The days after that one on which something published begins to count, in order."""
        items, policies = self._item_shelf(), self._policy_shelf()
        with self._lock:
            self.revision()
            if after not in self._beginnings:
                row = DocumentVersionRow
                query = select(row.in_force_from).where(row.state == VersionState.PUBLISHED, row.in_force_from > after)
                with reading(self.engine) as session:
                    days = {day for day in session.scalars(query) if day is not None}
                days |= items.beginnings(after) | policies.beginnings(after)
                days |= {day for p in policies.on(after) if (day := p.period.begins) is not None and day > after}
                self._beginnings[after] = tuple(sorted(days))
            return self._beginnings[after]

    def revision(self) -> int:
        """A number that grows with every publish or withdrawal; looking drops what became stale."""
        with self._lock:
            now = self._monotonic()
            if self._looked_at is None or now - self._looked_at >= self._look_again_after:
                with reading(self.engine) as session:
                    self._turn_to(current_revision(session))
                self._looked_at = now
            return self._revision

    def refresh(self) -> int:
        """Look at the revision now, whatever was seen a moment ago: for who has just written."""
        with self._lock:
            self._looked_at = None
            return self.revision()

    def publish_catalogue(self, catalogue: Catalogue, *, now: datetime, actor: str, why: str) -> CatalogueChange:
        """Bring the truth to what the catalogue says; the same catalogue again changes nothing."""
        change = publish_catalogue(self.engine, catalogue, Hand(at=now, actor=actor, why=why))
        self.refresh()
        return change

    def _turn_to(self, revision: int) -> None:
        if revision != self._revision:
            self._revision = revision
            self._items = self._policies = None
            self._found.clear()
            self._versions.clear()
            self._beginnings.clear()

    def _item_shelf(self) -> Shelf[ServiceItem]:
        with self._lock:
            self.revision()
            if self._items is None:
                row = ServiceItemVersionRow
                query = select(row).where(row.state.in_(_READABLE)).order_by(row.slug, row.ordinal)
                with reading(self.engine) as session:
                    self._items = Shelf(
                        Dated(found.slug, found.in_force_from, found.in_force_to, read_item(found.sheet))
                        for found in session.scalars(query)
                    )
            return self._items

    def _policy_shelf(self) -> Shelf[Policy]:
        with self._lock:
            self.revision()
            if self._policies is None:
                row = PolicyVersionRow
                query = select(row).where(row.state.in_(_READABLE)).order_by(row.policy_id, row.ordinal)
                with reading(self.engine) as session:
                    self._policies = Shelf(
                        Dated(found.policy_id, found.in_force_from, found.in_force_to, read_policy(found.sheet))
                        for found in session.scalars(query)
                    )
            return self._policies
