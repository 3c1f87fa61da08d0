"""Sources of a sheet, and how a fact's pointers into them decide what the fact is worth."""

from knowledge.corpus.sheet import Node
from knowledge.items import FactStatus, Origin, SourceRef


class Sources:
    """The origins of one sheet by id."""

    def __init__(self, sheet: Node) -> None:
        self.origins = tuple(_origin(node) for node in sheet.nodes("sources"))
        self._by_id = {origin.id: origin for origin in self.origins}

    def refs(self, fact: Node) -> tuple[SourceRef, ...]:
        """The fact's sources; a pointer to nothing is left out (the checker reports it).

        A sheet with a single source need not repeat it with every fact: a fact without a `source` key rests on it.
        """
        if not fact.has("source") and len(self.origins) == 1:
            return (SourceRef(origin=self.origins[0]),)
        refs: list[SourceRef] = []
        for pointer in fact.nodes("source"):
            origin = self._by_id.get(pointer.text("ref"))
            if origin is not None:
                refs.append(SourceRef(origin=origin, locator=pointer.optional("locator")))
        return tuple(refs)

    def weigh(self, fact: Node) -> tuple[FactStatus, tuple[SourceRef, ...]]:
        """The fact's status with its sources. What claims a source and shows none is not believed."""
        status, refs = fact.status(), self.refs(fact)
        if status is not FactStatus.SOURCED:
            written = refs if fact.has("source") else ()
            return status, written
        return (status, refs) if refs else (FactStatus.UNVERIFIED, ())


def _origin(node: Node) -> Origin:
    return Origin(
        id=node.text("id"),
        title=node.text("title"),
        url=node.optional("url") or "",
        date=node.optional("date"),
        kind=node.text("kind"),
    )
