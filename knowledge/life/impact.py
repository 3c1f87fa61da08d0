"""This changed: which items, forms, rules and answers have to be looked at again."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from knowledge.items import ServiceItem
from knowledge.life.map import Edge, EdgeKind, KnowledgeMap
from knowledge.life.naming_laws import articles_in, before_articles, law_key, number_of
from knowledge.passages import DocumentVersion


class AffectedKind(StrEnum):
    """What kind of thing has to be looked at again."""

    FACT = "fact"
    CONDITION = "condition"
    MATERIAL = "material"
    RULE = "rule"
    FORM = "form"
    ANSWER = "answer"
    POLICY = "policy"
    BUNDLE = "bundle"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True, kw_only=True)
class Affected:
    """One thing to look at again. `certain` is false where only the whole law is named, not the clause."""

    kind: AffectedKind
    source: str
    title: str
    anchor: str
    text: str
    certain: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """Everything that rests on a source or one of its clauses. `articles` is empty where the whole source is meant.

    `answers_given` counts the kept answers to citizens that cited what is affected.
    """

    target: str
    title: str
    articles: tuple[int, ...]
    affected: tuple[Affected, ...]
    answers_given: int = 0

    @property
    def sources(self) -> tuple[str, ...]:
        """What is affected, each source once."""
        return tuple(dict.fromkeys(a.source for a in self.affected))


_PARTS = {
    "conditions": AffectedKind.CONDITION,
    "materials": AffectedKind.MATERIAL,
    "review_points": AffectedKind.RULE,
    "faq": AffectedKind.ANSWER,
}


class ImpactView:
    """Looks from a clause, a document, a material or a department back to what rests on it."""

    def __init__(self, knowledge_map: KnowledgeMap, items: Iterable[ServiceItem], titles: Mapping[str, str]) -> None:
        """`titles` are the names of all sources."""
        self._map = knowledge_map
        self._items = {item.source: item for item in items}
        self._titles = titles

    def of_document(self, version: DocumentVersion, clause: str | None = None) -> Impact:
        """What rests on a document, or on one of its clauses."""
        keys = (law_key(version.title), version.number, law_key(version.name.rsplit(".", 1)[0]))
        return self._of_law(version.source, version.title, keys, articles_in(clause or ""))

    def of_text(self, target: str) -> Impact:
        """What rests on a law as people name it (上海市养犬管理条例第十条), a 文号, a material or a department."""
        for kind in ("material", "department"):
            reached = self._map.reaching(f"{kind}:{target}")
            if reached:
                found = tuple(dict.fromkeys(self._affected(reached, ())))
                return Impact(target=f"{kind}:{target}", title=target, articles=(), affected=self._with_bundles(found))
        articles = articles_in(target)
        name = before_articles(target)
        number = number_of(target)
        return self._of_law(f"law:{law_key(name)}", name.strip("《》 "), (law_key(name), number), articles)

    def of_sheet(self, source: str) -> Impact:
        """What rests on an item: the bundles it is part of and the items that name it."""
        found = tuple(self._affected(self._map.reaching(source), ()))
        return Impact(target=source, title=self._titles.get(source, source), articles=(), affected=found)

    def _of_law(self, target: str, title: str, keys: Iterable[str | None], articles: tuple[int, ...]) -> Impact:
        edges = [edge for key in dict.fromkeys(keys) if key for edge in self._map.reaching(f"law:{key}")]
        found = tuple(dict.fromkeys(self._affected(edges, articles)))
        return Impact(target=target, title=title, articles=articles, affected=self._with_bundles(found))

    def _affected(self, edges: Iterable[Edge], articles: tuple[int, ...]) -> Iterator[Affected]:
        for edge in edges:
            if articles and edge.articles and not set(articles) & set(edge.articles):
                continue
            yield Affected(
                kind=_kind_of(edge),
                source=edge.source,
                title=self._titles.get(edge.source, edge.source),
                anchor=edge.anchor,
                text=edge.text,
                certain=not articles or bool(edge.articles),
            )

    def _with_bundles(self, found: tuple[Affected, ...]) -> tuple[Affected, ...]:
        """The forms of the items affected, and the bundles that hold them, come along."""
        further: list[Affected] = []
        for source in dict.fromkeys(a.source for a in found):
            item = self._items.get(source)
            if item is None:
                continue
            certain = any(a.certain for a in found if a.source == source)
            if item.form_fields:
                fields = "、".join(field.name for field in item.form_fields)
                further.append(_of_item(AffectedKind.FORM, item, f"{source}#form", fields, certain=certain))
            for edge in self._map.reaching(source):
                bundle = self._items.get(edge.source)
                if edge.kind is EdgeKind.MEMBER and bundle is not None:
                    further.append(_of_item(AffectedKind.BUNDLE, bundle, edge.anchor, item.name, certain=certain))
        return (*found, *dict.fromkeys(further))


def _of_item(kind: AffectedKind, item: ServiceItem, anchor: str, text: str, *, certain: bool) -> Affected:
    return Affected(kind=kind, source=item.source, title=item.name, anchor=anchor, text=text, certain=certain)


def _kind_of(edge: Edge) -> AffectedKind:
    if edge.source.startswith("policies/"):
        return AffectedKind.POLICY
    if edge.source.startswith("documents/"):
        return AffectedKind.DOCUMENT
    if edge.kind is EdgeKind.MEMBER:
        return AffectedKind.BUNDLE
    return _PARTS.get(edge.anchor.partition("#")[2].split(".")[0], AffectedKind.FACT)
