"""Routes of citizens' sessions: a browser without a name, signing in at the city's provider, signing out."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import RedirectResponse
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from assistant.identity.citizens import Citizen
from assistant.web.citizen import COOKIE, Citizens
from assistant.web.citizen_sign_in import SEE_OTHER, come_back, recorded, set_out
from assistant.web.schemas import Wire


class CitizenSession(Wire):
    """Who this browser is. `csrf_token` goes into the header X-CSRF-Token of each change."""

    signed_in: bool
    shown_as: str
    can_sign_in: bool
    csrf_token: Annotated[str, Field(min_length=1)]


def citizen_router(citizens: Citizens) -> APIRouter:
    """The routes, bound to the sessions."""
    router = APIRouter(prefix="/api/citizen", tags=["citizen"])

    def told(citizen: Citizen) -> CitizenSession:
        return CitizenSession(
            signed_in=citizen.signed_in,
            shown_as=citizen.shown_as,
            can_sign_in=citizens.provider is not None,
            csrf_token=citizen.csrf_token,
        )

    @router.post("/session", status_code=201)
    async def begin(request: Request, response: Response) -> CitizenSession:
        """Give this browser a session without a name; the one that it has stays."""
        found = await citizens.find(request)
        if found is not None:
            return told(found)
        begun = await run_in_threadpool(citizens.sessions.begin, citizens.clock())
        citizens.set_cookie(request, response, begun)
        return told(begun.citizen)

    @router.get("/session")
    async def who(request: Request) -> CitizenSession:
        """Who this browser is; 401 where it has no session."""
        return told(await citizens.known(request))

    @router.delete("/session", status_code=204)
    async def sign_out(request: Request, response: Response) -> None:
        """End the session. What was begun without signing in cannot be reached from this browser any more."""
        citizen = await citizens.known(request)
        await run_in_threadpool(citizens.sessions.end, request.cookies[COOKIE])
        if citizen.signed_in:
            await recorded(citizens, "citizen.signed_out", citizen.owner)
        response.delete_cookie(COOKIE, path="/api", httponly=True, samesite="lax")

    @router.get("/sign-in", status_code=SEE_OTHER, response_class=RedirectResponse)
    async def go_and_sign_in(
        request: Request, return_to: Annotated[str | None, Query(max_length=300)] = None
    ) -> RedirectResponse:
        """Go to the identity provider. `return_to` is a page of ours to come back to."""
        return await set_out(citizens, request, return_to)

    @router.get("/sign-in/return", status_code=SEE_OTHER, response_class=RedirectResponse)
    async def back_from_signing_in(
        request: Request,
        state: Annotated[str, Query(max_length=200)] = "",
        code: Annotated[str, Query(max_length=4000)] = "",
    ) -> RedirectResponse:
        """Back from the provider: a new session with a new token, or the front page saying that it failed."""
        return await come_back(citizens, request, state, code)

    return router
