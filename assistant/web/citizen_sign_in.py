"""The way to the identity provider and back."""

import logging
import secrets

from fastapi import Request
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from assistant.audit.acts import Act
from assistant.identity.citizens import Begun, Journey
from assistant.identity.oidc import SignInFailed, local_path
from assistant.web.citizen import COOKIE, Citizens
from assistant.web.errors import SignInNotOffered

_log = logging.getLogger(__name__)

FAILED = "/?sign_in=failed"
SEE_OTHER = 303


async def set_out(citizens: Citizens, request: Request, return_to: str | None) -> RedirectResponse:
    """To the provider, with secrets that only this browser can bring back. Raises SignInNotOffered."""
    if citizens.provider is None:
        raise SignInNotOffered
    token, begun = request.cookies.get(COOKIE), None
    if token is None or await citizens.find(request) is None:
        begun = await run_in_threadpool(citizens.sessions.begin, citizens.clock())
        token = begun.token
    journey = Journey(
        state=secrets.token_urlsafe(32),
        nonce=secrets.token_urlsafe(32),
        verifier=secrets.token_urlsafe(64),
        return_to=local_path(return_to),
    )
    try:
        address = await citizens.provider.address(journey)
    except SignInFailed as failed:
        _log.warning("sign-in could not begin: %s", failed)
        return RedirectResponse(FAILED, status_code=SEE_OTHER)
    await run_in_threadpool(citizens.sessions.set_out, journey, token, citizens.clock())
    return _redirect(citizens, request, address, begun)


async def come_back(citizens: Citizens, request: Request, state: str, code: str) -> RedirectResponse:
    """A new session for who comes back as they set out; the front page for everybody else. Raises SignInNotOffered."""
    if citizens.provider is None:
        raise SignInNotOffered
    token, now = request.cookies.get(COOKIE, ""), citizens.clock()
    journey = await run_in_threadpool(citizens.sessions.come_back, state, token, now)
    if journey is None or not code:
        return RedirectResponse(FAILED, status_code=SEE_OTHER)
    try:
        identity = await citizens.provider.redeem(code, journey, now)
    except SignInFailed as failed:
        _log.warning("sign-in failed: %s", failed)
        await recorded(citizens, "citizen.sign_in_failed", "nobody")
        return RedirectResponse(FAILED, status_code=SEE_OTHER)
    begun = await run_in_threadpool(
        citizens.sessions.sign_in, token, identity.subject, identity.shown_as, now, identity.proof
    )
    await recorded(citizens, "citizen.signed_in", begun.citizen.owner)
    return _redirect(citizens, request, journey.return_to, begun)


async def recorded(citizens: Citizens, action: str, owner: str) -> None:
    """Put it on record."""
    act = Act(actor=owner, action=action, subject="citizen/session")
    await run_in_threadpool(citizens.audit.record, act, at=citizens.clock())


def _redirect(citizens: Citizens, request: Request, address: str, begun: Begun | None) -> RedirectResponse:
    response = RedirectResponse(address, status_code=SEE_OTHER)
    if begun is not None:
        citizens.set_cookie(request, response, begun)
    return response
