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
        """The product can answer; 503 with the reason while it cannot, 200 with the reason while it answers worse."""
        problem = services.not_ready()
        if problem is not None:
            return JSONResponse(Health(status="not_ready", problem=problem).model_dump(), status_code=503)
        worse = services.degraded()
        return JSONResponse(Health(status="ok" if worse is None else "degraded", problem=worse).model_dump())

    return router
