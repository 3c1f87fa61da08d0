"""Who is signed in behind a request, and whether they may do what they ask for."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from assistant.audit.acts import Act, Audit, MemoryAudit
from assistant.identity.accounts import StoredSession
from assistant.identity.people import Action, Person
from assistant.identity.permissions import Permissions
from assistant.identity.sign_in import SignIn, same_secret
from assistant.web.errors import ForgedRequest, NotAllowed, NotSignedIn
from assistant.web.services import Clock

COOKIE = "xiaoshen_staff"
CSRF_HEADER = "x-csrf-token"
_SAFE = ("GET", "HEAD", "OPTIONS")

Permitted = Callable[[Request], AsyncIterator[Person]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """The sign-in of staff, as the routes use it. `examples`: the accounts that come with a new home can be used."""

    sign_in: SignIn
    permissions: Permissions
    clock: Clock
    examples: bool
    audit: Audit = field(default_factory=MemoryAudit)

    def may(self, action: Action) -> Permitted:
        """A dependency that gives the person, or raises NotSignedIn, NotAllowed or ForgedRequest.

        A change is recorded before it is made, so that none is made without a record; and again where it failed.
        """
        return self._dependency(action, sees=False)

    def may_see(self, action: Action) -> Permitted:
        """The same for pages that show what belongs to a citizen, or the audit: looking is recorded too."""
        return self._dependency(action, sees=True)

    def is_there(self, action: Action) -> Permitted:
        """The same for signs of life, which come every few seconds and change nothing that anybody asks about later."""

        async def person(request: Request) -> AsyncIterator[Person]:
            session = await self.session(request)
            if request.method not in _SAFE:
                refuse_forged(request, session)
            if not self.permissions.allows(session.person, action):
                await self._record(request, session.person, "staff.refused", {"action": action.value})
                raise NotAllowed
            yield session.person

        return person

    async def noted(self, person: Person, action: str, subject: str) -> None:
        """Put on record what came over a line that stays open: a socket has no request for each thing that is done."""
        await run_in_threadpool(
            self.audit.record, Act(actor=person.id, action=action, subject=subject), at=self.clock()
        )

    def _dependency(self, action: Action, *, sees: bool) -> Permitted:
        async def person(request: Request) -> AsyncIterator[Person]:
            session = await self.session(request)
            changes = request.method not in _SAFE
            if changes:
                refuse_forged(request, session)
            if not self.permissions.allows(session.person, action):
                await self._record(request, session.person, "staff.refused", {"action": action.value})
                raise NotAllowed
            if not changes and not sees:
                yield session.person
                return
            name = f"{action.value.replace(':', '.')}{'' if changes else '.seen'}"
            await self._record(request, session.person, name, {})
            try:
                yield session.person
            except Exception as failure:
                await self._record(request, session.person, f"{name}.failed", {"why": type(failure).__name__})
                raise

        return person

    async def session(self, request: Request) -> StoredSession:
        """The session of the request's cookie. Raises NotSignedIn."""
        token = request.cookies.get(COOKIE)
        session = await run_in_threadpool(self.sign_in.find, token, self.clock()) if token else None
        if session is None:
            raise NotSignedIn
        return session

    async def _record(self, request: Request, person: Person, action: str, details: dict[str, str]) -> None:
        subject = request.url.path.removeprefix("/api/")
        act = Act(actor=person.id, action=action, subject=subject, details={"method": request.method, **details})
        await run_in_threadpool(self.audit.record, act, at=self.clock())


def refuse_forged(request: Request, session: StoredSession) -> None:
    """Raises ForgedRequest where a change does not carry the token that only our own page can read."""
    if not same_secret(request.headers.get(CSRF_HEADER, ""), session.csrf_token):
        raise ForgedRequest
