"""Which citizen a request comes from."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection

from assistant.audit.acts import Audit
from assistant.identity.citizens import ANONYMOUS_LONGEST, LONGEST, Begun, Citizen, SqlCitizens
from assistant.identity.oidc import OidcProvider
from assistant.identity.sign_in import same_secret
from assistant.web.citizen_acts import act_of
from assistant.web.errors import CitizenUnknown, ForgedRequest
from assistant.web.services import Clock

COOKIE = "xiaoshen_citizen"
CSRF_HEADER = "x-csrf-token"
_SAFE = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True, slots=True, kw_only=True)
class Citizens:
    """The sessions of citizens, as the routes use them. Without a provider nobody can sign in, all else works.

    `secure`: the product is reached over https, so that the cookie never goes over anything else.
    """

    sessions: SqlCitizens
    provider: OidcProvider | None
    audit: Audit
    clock: Clock
    secure: bool

    async def known(self, request: Request) -> Citizen:
        """A dependency: who it is. Raises CitizenUnknown, and ForgedRequest for a change without the page's token."""
        citizen = await self.find(request)
        if citizen is None:
            raise CitizenUnknown
        if request.method not in _SAFE and not same_secret(request.headers.get(CSRF_HEADER, ""), citizen.csrf_token):
            raise ForgedRequest
        return citizen

    async def acting(self, request: Request) -> AsyncIterator[Citizen]:
        """The same for routes whose changes are recorded: before they are made, and again where they failed."""
        citizen = await self.known(request)
        act = act_of(request, citizen.owner)
        if act is not None:
            await run_in_threadpool(self.audit.record, act, at=self.clock())
        try:
            yield citizen
        except Exception as failure:
            if act is not None:
                details = {**act.details, "why": type(failure).__name__}
                failed = replace(act, action=f"{act.action}.failed", details=details)
                await run_in_threadpool(self.audit.record, failed, at=self.clock())
            raise

    async def find(self, request: HTTPConnection) -> Citizen | None:
        """Who it is, if anybody that we know."""
        token = request.cookies.get(COOKIE)
        return await run_in_threadpool(self.sessions.find, token, self.clock()) if token else None

    def set_cookie(self, request: Request, response: Response, begun: Begun) -> None:
        """Give the browser its session. Lax: the way back from the provider is a link on another site."""
        longest = LONGEST if begun.citizen.signed_in else ANONYMOUS_LONGEST
        response.set_cookie(
            COOKIE,
            begun.token,
            max_age=int(longest.total_seconds()),
            httponly=True,
            samesite="lax",
            secure=self.secure or request.url.scheme == "https",
            path="/api",
        )
