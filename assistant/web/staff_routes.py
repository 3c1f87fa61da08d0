"""Routes of signing in and out, for everybody who works here."""

from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import Field
from starlette.concurrency import run_in_threadpool

from assistant.audit.acts import Act
from assistant.identity.accounts import StoredSession
from assistant.identity.people import Action, Role
from assistant.identity.sign_in import EXAMPLE_PASSWORD, EXAMPLES, LONGEST, TooManyAttempts, WrongNameOrPassword
from assistant.web.errors import SignInBraked, SignInRefused
from assistant.web.schemas import Text, Wire
from assistant.web.staff import COOKIE, Staff, refuse_forged


class Credentials(Wire):
    """What somebody types to sign in."""

    account: Annotated[Text, Field(min_length=1, max_length=64)]
    password: Annotated[Text, Field(min_length=1, max_length=200)]


class StaffSession(Wire):
    """Who is signed in and what they may do. `csrf_token` goes into the header X-CSRF-Token of each change."""

    account: str
    name: str
    roles: list[Role]
    actions: list[Action]
    csrf_token: str


class ExampleAccount(Wire):
    """An account for trying out, on one's own machine."""

    account: str
    name: str


class SignInPage(Wire):
    """What the sign-in page shows. Examples exist only until the first real account is made."""

    examples: list[ExampleAccount]
    example_password: str | None


def staff_router(staff: Staff) -> APIRouter:
    """The routes, bound to the sign-in."""
    router = APIRouter(prefix="/api/staff", tags=["staff"])

    async def recorded(action: str, actor: str, place: str) -> None:
        # what was typed as the account is not kept: it may be a password in the wrong field
        act = Act(actor=actor, action=action, subject="staff/session", details={"place": place})
        await run_in_threadpool(staff.audit.record, act, at=staff.clock())

    def told(session: StoredSession) -> StaffSession:
        person = session.person
        return StaffSession(
            account=person.id,
            name=person.name,
            roles=sorted(person.roles),
            actions=sorted(staff.permissions.of(person)),
            csrf_token=session.csrf_token,
        )

    @router.get("/sign-in")
    async def sign_in_page() -> SignInPage:
        """Whether example accounts can be used here."""
        if not staff.examples:
            return SignInPage(examples=[], example_password=None)
        examples = [ExampleAccount(account=person.id, name=person.name) for person in EXAMPLES]
        return SignInPage(examples=examples, example_password=EXAMPLE_PASSWORD)

    @router.post("/session", status_code=201)
    async def sign_in(request: Request, response: Response, credentials: Credentials) -> StaffSession:
        """Sign in: sets the cookie of the session."""
        place = _place(request)
        try:
            begun = await run_in_threadpool(
                staff.sign_in.begin, credentials.account, credentials.password, place=place, now=staff.clock()
            )
        except WrongNameOrPassword as refused:
            await recorded("staff.sign_in_refused", "nobody", place)
            raise SignInRefused from refused
        except TooManyAttempts as braked:
            await recorded("staff.sign_in_braked", "nobody", place)
            raise SignInBraked from braked
        await recorded("staff.signed_in", begun.session.person.id, place)
        response.set_cookie(
            COOKIE,
            begun.token,
            max_age=int(LONGEST.total_seconds()),
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",
            path="/api",
        )
        return told(begun.session)

    @router.get("/session")
    async def who_is_signed_in(request: Request) -> StaffSession:
        """The session of this browser; 401 where nobody is signed in."""
        return told(await staff.session(request))

    @router.delete("/session", status_code=204)
    async def sign_out(request: Request, response: Response) -> None:
        """End the session and take the cookie away."""
        session = await staff.session(request)
        refuse_forged(request, session)
        await recorded("staff.signed_out", session.person.id, _place(request))
        await run_in_threadpool(staff.sign_in.end, request.cookies[COOKIE])
        response.delete_cookie(COOKIE, path="/api", httponly=True, samesite="strict")

    return router


def _place(request: Request) -> str:
    return request.client.host if request.client else "unknown"
