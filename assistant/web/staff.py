"""Who is signed in behind a request, and whether they may do what they ask for."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from assistant.identity.accounts import StoredSession
from assistant.identity.people import Action, Person
from assistant.identity.permissions import Permissions
from assistant.identity.sign_in import SignIn, same_secret
from assistant.web.errors import ForgedRequest, NotAllowed, NotSignedIn
from assistant.web.services import Clock

COOKIE = "xiaoshen_staff"
CSRF_HEADER = "x-csrf-token"
_SAFE = ("GET", "HEAD", "OPTIONS")


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """The sign-in of staff, as the routes use it. `examples`: the accounts that come with a new home can be used."""

    sign_in: SignIn
    permissions: Permissions
    clock: Clock
    examples: bool

    def may(self, action: Action) -> Callable[[Request], Awaitable[Person]]:
        """A dependency that gives the person, or raises NotSignedIn, NotAllowed or ForgedRequest."""

        async def person(request: Request) -> Person:
            session = await self.session(request)
            if request.method not in _SAFE:
                refuse_forged(request, session)
            if not self.permissions.allows(session.person, action):
                raise NotAllowed
            return session.person

        return person

    async def session(self, request: Request) -> StoredSession:
        """The session of the request's cookie. Raises NotSignedIn."""
        token = request.cookies.get(COOKIE)
        session = await run_in_threadpool(self.sign_in.find, token, self.clock()) if token else None
        if session is None:
            raise NotSignedIn
        return session


def refuse_forged(request: Request, session: StoredSession) -> None:
    """Raises ForgedRequest where a change does not carry the token that only our own page can read."""
    if not same_secret(request.headers.get(CSRF_HEADER, ""), session.csrf_token):
        raise ForgedRequest
