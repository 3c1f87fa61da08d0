"""The knowledge graph as one map: items, materials, departments, laws by article, policies, bundles, documents.

It is drawn from what is in force on a day; nothing is stored beside the truth.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from knowledge.items import ServiceItem
from knowledge.life.naming_laws import articles_in, law_key, laws_in, number_of
from knowledge.passages import DocumentVersion, Passage
from knowledge.policies import Policy
from knowledge.statements import Statement
from knowledge.statements_of import item_statements, policy_statements


class EdgeKind(StrEnum):
    """What one thing has to do with another."""

    NEEDS = "needs"  # item → material
    RUN_BY = "run_by"  # item, policy → department
    RESTS_ON = "rests_on"  # statement of an item or policy, passage of a document → law, document
    MEMBER = "member"  # bundle → item
    RELATED = "related"  # item → item


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """From a source to what it needs or rests on. Targets: items/…, material:名, department:名, law:名.

    `anchor` is the statement or passage that says so; `articles` are those of a law, empty where all of it is named.
    """

    source: str
    kind: EdgeKind
    target: str
    anchor: str
    articles: tuple[int, ...] = ()
    text: str = ""


class KnowledgeMap:
    """All edges of one day, from both ends."""

    def __init__(self, edges: Iterable[Edge]) -> None:
        self._from: defaultdict[str, list[Edge]] = defaultdict(list)
        self._to: defaultdict[str, list[Edge]] = defaultdict(list)
        for edge in dict.fromkeys(edges):
            self._from[edge.source].append(edge)
            self._to[edge.target].append(edge)

    def leaving(self, source: str) -> tuple[Edge, ...]:
        """What a source needs and rests on."""
        return tuple(self._from.get(source, ()))

    def reaching(self, target: str) -> tuple[Edge, ...]:
        """What needs the target or rests on it."""
        return tuple(self._to.get(target, ()))

    def laws(self) -> tuple[str, ...]:
        """The keys of all laws that anything rests on."""
        return tuple(sorted(target.removeprefix("law:") for target in self._to if target.startswith("law:")))


def edges_of_item(item: ServiceItem) -> Iterator[Edge]:
    """The edges that a sheet draws."""
    for material in item.materials:
        anchor = f"{item.source}#materials.{material.id}"
        target = f"material:{material.name}"
        yield Edge(source=item.source, kind=EdgeKind.NEEDS, target=target, anchor=anchor, text=material.name)
    yield _department(item.source, item.department)
    for kind, links in ((EdgeKind.MEMBER, item.members), (EdgeKind.RELATED, item.related_items)):
        for link in links:
            anchor = f"{item.source}#{'members' if kind is EdgeKind.MEMBER else 'related'}"
            yield Edge(source=item.source, kind=kind, target=f"items/{link.slug}", anchor=anchor, text=link.name)
    for statement in item_statements(item):
        yield from _grounds(statement)


def edges_of_policy(policy: Policy) -> Iterator[Edge]:
    """The edges that a policy draws."""
    yield _department(policy.source, policy.department)
    for statement in policy_statements(policy):
        yield from _grounds(statement)


def edges_of_document(version: DocumentVersion, passages: Iterable[Passage]) -> Iterator[Edge]:
    """The laws and documents that its passages name."""
    own = law_key(version.title)
    for passage in passages:
        for law in laws_in(passage.text):
            key = law_key(law.title)
            if key and key != own:
                yield Edge(
                    source=version.source,
                    kind=EdgeKind.RESTS_ON,
                    target=f"law:{key}",
                    anchor=f"{version.source}#p{passage.ordinal}",
                    articles=law.articles,
                    text=passage.text,
                )


def _department(source: str, name: str) -> Edge:
    anchor = f"{source}#department"
    return Edge(source=source, kind=EdgeKind.RUN_BY, target=f"department:{name}", anchor=anchor, text=name)


def _grounds(statement: Statement) -> Iterator[Edge]:
    """What a statement rests on: the origins it names, and the laws that its own wording names (设定依据)."""
    if statement.id.partition("#")[2].startswith("sources."):
        return
    named = {law_key(ref.origin.title): articles_in(ref.locator or "") for ref in statement.sources}
    named |= {
        number: articles for ref in statement.sources for number, articles in _by_number(ref.origin.title, ref.locator)
    }
    named |= {law_key(law.title): law.articles for law in laws_in(statement.text)}
    for key, articles in named.items():
        if key:
            yield Edge(
                source=statement.source,
                kind=EdgeKind.RESTS_ON,
                target=f"law:{key}",
                anchor=statement.id,
                articles=articles,
                text=statement.text,
            )


def _by_number(title: str, locator: str | None) -> Iterator[tuple[str, tuple[int, ...]]]:
    number = number_of(title)
    if number is not None:
        yield number, articles_in(locator or "")
