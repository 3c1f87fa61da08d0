"""Routes to what answers rest on: items, sources at the clause, originals."""

from fastapi import APIRouter, Request

from assistant.web.error_answers import language_of
from assistant.web.errors import UnknownItem, UnknownSource
from assistant.web.item_sheets import item_sheet
from assistant.web.original_routes import originals_of_citizens, readable_document
from assistant.web.schemas import ItemSheet, SourceSheet
from assistant.web.services import Services
from assistant.web.source_sheets import sheet_of_document, sheet_of_item, sheet_of_policy


def knowledge_router(services: Services) -> APIRouter:
    """The routes, bound to the services."""
    router = APIRouter(prefix="/api", tags=["knowledge"])
    knowledge = services.knowledge

    @router.get("/items/{slug}")
    def item(request: Request, slug: str, language: str | None = None) -> ItemSheet:
        """A service item with everything that is known about it today."""
        found = knowledge.item(slug, services.clock().date())
        if found is None:
            raise UnknownItem
        return item_sheet(found, language or language_of(request.headers.get("accept-language")))

    @router.get("/sources/{source:path}")
    def source_sheet(source: str, anchor: str | None = None, version: str | None = None) -> SourceSheet:
        """A source at the clause. `version` is the one that was cited; without it, the one in force today."""
        today = services.clock().date()
        kind, _, name = source.partition("/")
        if kind == "items" and (found := knowledge.item(name, today)) is not None:
            said = services.statements_of(found)
            return sheet_of_item(found, said, anchor=anchor, version=version, today=today)
        if kind == "policies" and (policy := knowledge.policy(name, today)) is not None:
            said = services.statements_of(policy)
            return sheet_of_policy(policy, said, anchor=anchor, version=version, today=today)
        if kind == "documents":
            document = readable_document(services, name, version)
            return sheet_of_document(
                document,
                knowledge.passages(document.id),
                anchor=anchor,
                current=knowledge.document(name, today),
                today=today,
                has_original=services.originals.original(document.sha256) is not None,
            )
        raise UnknownSource

    router.include_router(originals_of_citizens(services))
    return router
