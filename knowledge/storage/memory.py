"""The knowledge base in memory: for scratch evaluations and tests. The same rules as on a database, nothing is kept."""

from datetime import date, datetime

from knowledge.corpus.catalogue import Catalogue
from knowledge.items import ServiceItem
from knowledge.passages import DocumentVersion, Passage, VersionState
from knowledge.policies import Policy
from knowledge.storage.lives import day_of, last_day
from knowledge.storage.memory_documents import MemoryDocumentDrafts
from knowledge.storage.memory_log import MemoryLog
from knowledge.storage.publishing import CatalogueChange, first_day_of_sheet, plan, sheets_of
from knowledge.storage.shelf import Dated, Held, Shelf


class MemoryKnowledgeBase:
    """Implements `knowledge.roles.KnowledgeBase`; `documents` takes the writes of documents."""

    def __init__(self) -> None:
        self._log = MemoryLog()
        self.documents = MemoryDocumentDrafts(self._log)
        self._items: list[Dated[ServiceItem]] = []
        self._policies: list[Dated[Policy]] = []
        self._item_shelf: Shelf[ServiceItem] = Shelf(())
        self._policy_shelf: Shelf[Policy] = Shelf(())
        self._in_force: dict[str, str] = {}
        self._ever: set[str] = set()

    def items(self, as_of: date) -> tuple[ServiceItem, ...]:
        """All published items, ordered by slug."""
        return self._item_shelf.on(as_of)

    def item(self, slug: str, as_of: date) -> ServiceItem | None:
        """The item, or None where there is none on that day."""
        return self._item_shelf.one(slug, as_of)

    def policies(self, as_of: date) -> tuple[Policy, ...]:
        """All published policies, ordered by id, those whose period is over too."""
        return self._policy_shelf.on(as_of)

    def policy(self, policy_id: str, as_of: date) -> Policy | None:
        """The policy, or None."""
        return self._policy_shelf.one(policy_id, as_of)

    def document(self, name: str, as_of: date) -> DocumentVersion | None:
        """The version of the document in force on that day, or None."""
        return self.documents.find(name, as_of)

    def published_documents(self) -> tuple[DocumentVersion, ...]:
        """Every published version, ordered by name and then age; their dates may lie ahead."""
        return self.documents.in_state(VersionState.PUBLISHED)

    def version(self, version_id: str) -> DocumentVersion | None:
        """A version by id, whatever its state."""
        return self.documents.version(version_id)

    def passages(self, version_id: str) -> tuple[Passage, ...]:
        """All passages of a version, in order."""
        return self.documents.passages(version_id)

    def beginnings(self, after: date) -> tuple[date, ...]:
        """The days after that one on which something published begins to count, in order."""
        days = {v.effective_from for v in self.published_documents() if v.effective_from and v.effective_from > after}
        days |= self._item_shelf.beginnings(after) | self._policy_shelf.beginnings(after)
        days |= {day for p in self.policies(after) if (day := p.period.begins) is not None and day > after}
        return tuple(sorted(days))

    def revision(self) -> int:
        """A number that grows with every publish or withdrawal."""
        return self._log.revision

    def publish_catalogue(self, catalogue: Catalogue, *, now: datetime, actor: str, why: str) -> CatalogueChange:
        """Bring the truth to what the catalogue says; the same catalogue again changes nothing."""
        todo, today = plan(self._in_force, catalogue), day_of(now)
        if not todo.is_empty:
            revision = self._log.next_revision()
            self._withdraw(todo.gone)
            fresh = {*todo.added, *todo.changed}
            for sheet in sheets_of(catalogue):
                if sheet.source in fresh:
                    self._add(sheet, today)
                    self._log.note(now, actor, "published", sheet.source, sheet.version, why=why, revision=revision)
            for source in todo.gone:
                self._log.note(now, actor, "withdrawn", source, "", why=why, revision=revision)
            self._item_shelf, self._policy_shelf = Shelf(self._items), Shelf(self._policies)
        return CatalogueChange(
            added=todo.added,
            changed=todo.changed,
            withdrawn=todo.gone,
            unchanged=todo.unchanged,
            revision=self._log.revision,
        )

    def _add(self, sheet: ServiceItem | Policy, today: date) -> None:
        begins = first_day_of_sheet(sheet, replaces_another=sheet.source in self._ever, published_on=today)
        self._ever.add(sheet.source)
        ends = begins or today
        if isinstance(sheet, ServiceItem):
            self._items = _ended(self._items, sheet.slug, ends)
            self._items.append(Dated(sheet.slug, begins, None, sheet))
        else:
            self._policies = _ended(self._policies, sheet.id, ends)
            self._policies.append(Dated(sheet.id, begins, None, sheet))
        self._in_force[sheet.source] = sheet.version

    def _withdraw(self, gone: tuple[str, ...]) -> None:
        """Take away the version in force; earlier ones stay readable for their own days."""
        self._items = [d for d in self._items if d.last is not None or d.sheet.source not in gone]
        self._policies = [d for d in self._policies if d.last is not None or d.sheet.source not in gone]
        for source in gone:
            del self._in_force[source]


def _ended(versions: list[Dated[Held]], name: str, next_begins: date) -> list[Dated[Held]]:
    return [
        Dated(v.name, v.first, last_day(v.last, next_begins), v.sheet) if v.name == name and v.last is None else v
        for v in versions
    ]
