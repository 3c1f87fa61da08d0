"""The knowledge graph: which edges the sheet of an item draws, and reading them back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import Engine, or_, select
from sqlalchemy.sql import ColumnElement

from knowledge.items import ServiceItem
from knowledge.passages import VersionState
from knowledge.storage.engine import reading
from knowledge.storage.tables import LinkRow, ServiceItemVersionRow

_LONGEST = 500  # characters of a target's name; the column holds 512


class LinkKind(StrEnum):
    """What an edge leads to."""

    MATERIAL = "material"
    DEPARTMENT = "department"
    LAW = "law"
    RELATED = "related"
    MEMBER = "member"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An edge from an item (`items/<slug>`) to another item or to the name of a material, department or law.

    `detail` is the articles of a law, or when a material is required.
    """

    source: str
    kind: LinkKind
    target: str
    detail: str | None = None


def links_of(item: ServiceItem) -> Iterator[Link]:
    """All edges that the item's sheet draws, each once."""
    drawn = dict.fromkeys(
        (
            *(_edge(item, LinkKind.MATERIAL, m.name, m.required_when) for m in item.materials),
            _edge(item, LinkKind.DEPARTMENT, item.department, None),
            *(_edge(item, LinkKind.LAW, law.law, "、".join(law.articles) or None) for law in item.legal_basis),
            *(_edge(item, LinkKind.RELATED, f"items/{link.slug}", None) for link in item.related_items),
            *(_edge(item, LinkKind.MEMBER, f"items/{link.slug}", None) for link in item.members),
        )
    )
    yield from drawn


def _edge(item: ServiceItem, kind: LinkKind, target: str, detail: str | None) -> Link:
    return Link(source=item.source, kind=kind, target=target[:_LONGEST], detail=detail)


class KnowledgeGraph:
    """Reads the edges of the items in force on a day."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def leaving(self, source: str, as_of: date) -> tuple[Link, ...]:
        """The edges that the item draws."""
        return self._links(LinkRow.source == source, as_of)

    def reaching(self, target: str, as_of: date) -> tuple[Link, ...]:
        """The edges that end at a name: all items that need a material, or rest on a law."""
        return self._links(LinkRow.target == target, as_of)

    def _links(self, wanted: ColumnElement[bool], as_of: date) -> tuple[Link, ...]:
        version = ServiceItemVersionRow
        query = (
            select(LinkRow)
            .join(version, version.id == LinkRow.version_id)
            .where(
                wanted,
                version.state.in_((VersionState.PUBLISHED, VersionState.SUPERSEDED)),
                or_(version.in_force_from.is_(None), version.in_force_from <= as_of),
                or_(version.in_force_to.is_(None), version.in_force_to >= as_of),
            )
            .order_by(LinkRow.source, LinkRow.id)
        )
        with reading(self._engine) as session:
            return tuple(
                Link(source=row.source, kind=LinkKind(row.kind), target=row.target, detail=row.detail)
                for row in session.scalars(query)
            )
