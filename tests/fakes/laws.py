"""Builders of documents by articles, held in memory: enough for conflicts, staleness and impact."""

from datetime import date

from knowledge.corpus.catalogue import Catalogue
from knowledge.items import ServiceItem
from knowledge.passages import DocumentVersion, Passage, VersionState
from knowledge.policies import Policy

TODAY = date(2026, 11, 22)


def a_law(
    name: str,
    title: str,
    *articles: str,
    region: str = "上海市",
    begins: date | None = date(2020, 1, 1),
    issued: date | None = None,
) -> tuple[DocumentVersion, tuple[Passage, ...]]:
    """A published document; each text is the article of its place, 第一条 first."""
    version = DocumentVersion(
        id=f"v-{name}",
        name=name,
        title=title,
        number=None,
        issuer=None,
        issued_on=issued,
        effective_from=begins,
        effective_to=None,
        region=region,
        state=VersionState.PUBLISHED,
        sha256=name,
    )
    numerals = "一二三四五六七八九十"
    passages = tuple(
        Passage(
            id=f"{version.id}-p{n}",
            version_id=version.id,
            ordinal=n,
            text=text,
            heading="",
            clause=f"第{numerals[n - 1]}条",
            start=0,
            end=len(text),
        )
        for n, text in enumerate(articles, 1)
    )
    return version, passages


class LawsAndSheets:
    """Implements `KnowledgeBase` over documents and the sheets of a catalogue."""

    def __init__(self, *laws: tuple[DocumentVersion, tuple[Passage, ...]], catalogue: Catalogue | None = None) -> None:
        self._laws = {version.id: (version, passages) for version, passages in laws}
        self._catalogue = catalogue

    def items(self, as_of: date) -> tuple[ServiceItem, ...]:
        """The catalogue's."""
        return self._catalogue.items if self._catalogue else ()

    def item(self, slug: str, as_of: date) -> ServiceItem | None:
        """One of them."""
        return next((item for item in self.items(as_of) if item.slug == slug), None)

    def policies(self, as_of: date) -> tuple[Policy, ...]:
        """The catalogue's."""
        return self._catalogue.policies if self._catalogue else ()

    def policy(self, policy_id: str, as_of: date) -> Policy | None:
        """One of them."""
        return next((policy for policy in self.policies(as_of) if policy.id == policy_id), None)

    def document(self, name: str, as_of: date) -> DocumentVersion | None:
        """By name."""
        return next((v for v, _ in self._laws.values() if v.name == name and v.is_in_force(as_of)), None)

    def published_documents(self) -> tuple[DocumentVersion, ...]:
        """All of them."""
        return tuple(version for version, _ in self._laws.values())

    def version(self, version_id: str) -> DocumentVersion | None:
        """By id."""
        found = self._laws.get(version_id)
        return found[0] if found else None

    def passages(self, version_id: str) -> tuple[Passage, ...]:
        """Its articles."""
        return self._laws[version_id][1]

    def beginnings(self, after: date) -> tuple[date, ...]:
        """Nothing is announced."""
        return ()

    def revision(self) -> int:
        """Never changes."""
        return 1
