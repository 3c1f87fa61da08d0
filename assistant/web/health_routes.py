"""Routes for whoever watches the process: is it alive, can it answer."""

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from assistant.web.schemas import Health
from assistant.web.services import Services


def health_router(services: Services) -> APIRouter:
    """The routes, bound to the services."""
    router = APIRouter(prefix="/api", tags=["health"])

    @router.get("/health")
    async def health() -> Health:
        """The process lives."""
        return Health(status="ok")

    @router.get("/ready", responses={503: {"model": Health}})
    def ready() -> JSONResponse:
        """The product can answer; 503 with the reason while it cannot."""
        problem = services.not_ready()
        told = Health(status="ok" if problem is None else "not_ready", problem=problem)
        return JSONResponse(told.model_dump(), status_code=200 if problem is None else 503)

    return router
