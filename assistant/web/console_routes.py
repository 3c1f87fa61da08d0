"""All routes of the knowledge console."""

from fastapi import APIRouter

from assistant.web.console_documents import documents_router
from assistant.web.console_items import items_router
from assistant.web.console_learning import learning_router
from assistant.web.console_life import life_router
from assistant.web.console_originals import originals_router
from assistant.web.console_parts import Console
from assistant.web.console_runs import runs_router
from assistant.web.console_search import search_router
from assistant.web.console_uploads import uploads_router
from assistant.web.console_work import work_router
from assistant.web.rule_fewer import fewer_router
from assistant.web.rule_routes import rules_router


def console_router(console: Console) -> APIRouter:
    """The routes, bound to the console's parts."""
    router = APIRouter()
    for part in (
        documents_router,
        originals_router,
        life_router,
        uploads_router,
        search_router,
        work_router,
        learning_router,
        runs_router,
        items_router,
        rules_router,
        fewer_router,
    ):
        router.include_router(part(console))
    return router
