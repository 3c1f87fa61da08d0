"""The HTTP application: wiring of routes, lifespan and middleware, nothing else."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from dataclasses import replace

from fastapi import Depends, FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from assistant.handoff.files import MOST_BYTES
from assistant.web.case_files import MAX_CASE_FILE_BYTES
from assistant.web.case_routes import CASE_FILES, CaseParts, case_router
from assistant.web.chat_routes import chat_router
from assistant.web.citizen import Citizens
from assistant.web.citizen_routes import citizen_router
from assistant.web.clerk_parts import ClerkParts
from assistant.web.clerk_routes import clerk_router
from assistant.web.console_parts import Console
from assistant.web.console_routes import console_router
from assistant.web.console_runs import DATASETS, MAX_DATASET_BYTES
from assistant.web.console_uploads import MAX_UPLOAD_BYTES, UPLOADS
from assistant.web.documented import Documented
from assistant.web.error_answers import on_http_exception, on_invalid_request, on_web_error
from assistant.web.errors import WebError
from assistant.web.feedback_routes import feedback_router
from assistant.web.handoff_live import CitizensLive
from assistant.web.handoff_parts import HandoffParts
from assistant.web.handoff_routes import FILE_ADDRESSES, handoff_router
from assistant.web.handoff_wanting import Wanting
from assistant.web.health_routes import health_router
from assistant.web.hosts import OnlyUnder
from assistant.web.knowledge_routes import knowledge_router
from assistant.web.middleware import BodyLimit, Calm, CountAnswers, SecurityHeaders
from assistant.web.openai_api import openai_router
from assistant.web.operation_parts import Operating
from assistant.web.operation_routes import operation_router
from assistant.web.own_conversations import OwnConversations
from assistant.web.page_routes import page_router
from assistant.web.rates import RateLimits, Rates
from assistant.web.schemas import ErrorAnswer
from assistant.web.services import Services
from assistant.web.staff import Staff
from assistant.web.staff_routes import staff_router
from assistant.web.switched import SwitchedRoutes
from assistant.web.turns import Turns


def create_app(  # noqa: C901 - one line for each part that may be absent
    services: Services,
    staff: Staff | None = None,
    console: Console | None = None,
    operating: Operating | None = None,
    *,
    citizens: Citizens | None = None,
    rates: Rates | None = None,
    handoff: HandoffParts | None = None,
    cases: CaseParts | None = None,
    clerk: ClerkParts | None = None,
    names: frozenset[str] | None = None,
) -> FastAPI:
    """The product over HTTP; without `staff` it has the citizens' part only."""
    kept_cases = cases.handling.desk.cases if cases is not None else None
    own = OwnConversations(citizens=citizens, conversations=services.conversations, cases=kept_cases)
    of_its_owner = [Depends(own.mine)]
    if handoff is not None:
        handoff = replace(handoff, may_name=own.may_name)
        services = replace(services, persons=Wanting(parts=handoff, conversations=services.conversations))
    turns = Turns(services)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with handoff.pulse.beating() if handoff is not None else nullcontext():
            yield
        await turns.close()

    # No documentation pages: the framework's own load scripts from elsewhere.
    app = Documented(
        responses={"4XX": {"model": ErrorAnswer}, "5XX": {"model": ErrorAnswer}},
        title="Xiao Shen 小申",
        version="0.1.0",
        openapi_url="/api/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
    )
    app.add_exception_handler(WebError, on_web_error)
    app.add_exception_handler(RequestValidationError, on_invalid_request)
    app.add_exception_handler(HTTPException, on_http_exception)
    app.include_router(chat_router(services, turns, citizens), dependencies=of_its_owner)
    app.include_router(feedback_router(services, turns), dependencies=of_its_owner)
    app.include_router(knowledge_router(services))
    app.include_router(health_router(services))
    app.include_router(openai_router(services.for_api))
    if citizens is not None:
        app.include_router(citizen_router(citizens))
    if cases is not None:
        app.include_router(case_router(cases))
    if staff is not None:
        app.include_router(staff_router(staff))
    if console is not None:
        app.include_router(console_router(console))
    if operating is not None:
        app.include_router(operation_router(operating))
    if clerk is not None:
        app.include_router(clerk_router(clerk, citizens), dependencies=of_its_owner)
    if handoff is not None:
        app.router.routes.append(CitizensLive(handoff, own.mine).route())
        app.include_router(handoff_router(handoff, services, staff), dependencies=of_its_owner)
    app.include_router(page_router(services))
    # The last one added is the outermost: headers also on what Calm answers.
    longer = {UPLOADS: MAX_UPLOAD_BYTES, CASE_FILES: MAX_CASE_FILE_BYTES} | dict.fromkeys(FILE_ADDRESSES, MOST_BYTES)
    longer |= dict.fromkeys(DATASETS, MAX_DATASET_BYTES)
    app.add_middleware(BodyLimit, longer=longer)
    app.add_middleware(SwitchedRoutes, services=services)
    if rates is not None:
        app.add_middleware(RateLimits, rates=rates)
    if names is not None:
        app.add_middleware(OnlyUnder, names=names)
    app.add_middleware(Calm, new_id=services.new_id)
    if operating is not None:
        app.add_middleware(CountAnswers, counted=operating.operation.answered)
    app.add_middleware(SecurityHeaders)
    return app
