"""Rate limits and quotas: per person (the session) and per place (the network address), by kind of request."""

import hashlib
import math
import re
import time
from dataclasses import dataclass
from enum import StrEnum
from http.cookies import CookieError, SimpleCookie

from limits import RateLimitItem, parse_many
from limits.storage import MemoryStorage, Storage
from limits.strategies import FixedWindowRateLimiter
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.outgoing import is_loopback
from assistant.settings import Settings
from assistant.web import citizen, staff
from assistant.web.error_answers import answer
from assistant.web.errors import TooManyRequests
from assistant.web.public_errors import TABLE

_LONGEST_COOKIE = 8192
_API = ("/api/", "/v1/")
_SWITCHES = "/api/operation/"
_FREE = ("/api/health", "/api/ready", "/api/operation/metrics")
_UPLOAD = re.compile(r"/(?:uploads|files|materials|photos|documents)(?:/[^/]*)?$")


class Kind(StrEnum):
    """Kinds of requests with quotas of their own."""

    MESSAGE = "message"  # costs an answer
    UPLOAD = "upload"  # costs reading a file
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotas:
    """What may be sent, in the notation of `limits`: `20/minute;300/day`."""

    message_person: tuple[RateLimitItem, ...]
    message_place: tuple[RateLimitItem, ...]
    upload_person: tuple[RateLimitItem, ...]
    upload_place: tuple[RateLimitItem, ...]
    other_place: tuple[RateLimitItem, ...]

    def of(self, kind: Kind) -> tuple[tuple[RateLimitItem, ...], tuple[RateLimitItem, ...]]:
        """The quotas of a person and of a place."""
        match kind:
            case Kind.MESSAGE:
                return self.message_person, self.message_place
            case Kind.UPLOAD:
                return self.upload_person, self.upload_place
            case Kind.OTHER:
                return (), self.other_place


class Rates:
    """Counts requests and says how long to wait.

    A place on this machine has no quota of its own: that is a test, or a reverse proxy, whose citizens would all share
    it. Where a proxy is trusted (XIAOSHEN_TRUSTED_PROXIES), the place is the citizen's, not the proxy's.
    """

    def __init__(self, quotas: Quotas, storage: Storage | None = None) -> None:
        self._quotas = quotas
        self._limiter = FixedWindowRateLimiter(storage or MemoryStorage())

    def wait_for(self, kind: Kind, person: str | None, place: str) -> int | None:
        """Count one request; None where it may go on, otherwise the seconds to wait."""
        of_person, of_place = self._quotas.of(kind)
        checks = [(item, f"person:{person}") for item in of_person if person is not None]
        if not is_loopback(place):
            checks += [(item, f"place:{place}") for item in of_place]
        for item, who in checks:
            if not self._limiter.hit(item, kind.value, who):
                ends = self._limiter.get_window_stats(item, kind.value, who).reset_time
                return max(1, math.ceil(ends - time.time()))
        return None


class RateLimits:
    """Refuses, before anything is read, what comes too often."""

    def __init__(self, app: ASGIApp, rates: Rates) -> None:
        self._app = app
        self._rates = rates

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, or answer 429 with when to come back."""
        path = scope["path"] if scope["type"] == "http" else ""
        if not path.startswith(_API) or path in _FREE:
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        place = scope["client"][0] if scope.get("client") else "unknown"
        wait = await run_in_threadpool(self._rates.wait_for, kind_of(scope["method"], path), person_of(headers), place)
        if wait is None:
            await self._app(scope, receive, send)
            return

        async def with_wait(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"retry-after", str(wait).encode())]
            await send(message)

        await answer(TABLE[TooManyRequests], headers.get("accept-language"))(scope, receive, with_wait)


def quotas_of(settings: Settings) -> Quotas:
    """The quotas of the settings."""
    return Quotas(
        message_person=tuple(parse_many(settings.rate_messages)),
        message_place=tuple(parse_many(settings.rate_messages_place)),
        upload_person=tuple(parse_many(settings.rate_uploads)),
        upload_place=tuple(parse_many(settings.rate_uploads_place)),
        other_place=tuple(parse_many(settings.rate_requests_place)),
    )


def kind_of(method: str, path: str) -> Kind:
    """What kind of request it is. A switch named `uploads` is none: it has to be turned on again while it is off."""
    if path.startswith(_SWITCHES):
        return Kind.OTHER
    if method != "POST":
        return Kind.UPLOAD if method == "PUT" and _UPLOAD.search(path) else Kind.OTHER
    if path.endswith(("/messages", "/chat/completions")):
        return Kind.MESSAGE
    return Kind.UPLOAD if _UPLOAD.search(path) else Kind.OTHER


def person_of(headers: Headers) -> str | None:
    """A name for whose session it is, from the cookie or the key alone; None where it brings neither."""
    found: list[str] = []
    cookie = headers.get("cookie", "")
    if cookie and len(cookie) <= _LONGEST_COOKIE:
        try:
            jar = SimpleCookie(cookie)
        except CookieError:
            jar = SimpleCookie()
        found = [jar[name].value for name in (staff.COOKIE, citizen.COOKIE) if name in jar]
    key = found[0] if found else headers.get("authorization")
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()[:32] if key else None
