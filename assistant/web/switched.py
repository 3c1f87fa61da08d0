"""Closes routes while their switch is off: by a dependency, or by the table below for what citizens begin."""

import re
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.operation.switches import Capability, SwitchedOff
from assistant.web.error_answers import answer
from assistant.web.public_errors import TABLE
from assistant.web.rates import Kind, kind_of
from assistant.web.services import Services

# What citizens begin or send. Ending, reading, rating and deleting stay open: nobody is locked in.
_BEGINS = (
    (re.compile(r"/api/cases(?!.*/(?:withdrawal|revoked|ended|refused)$)(?:/.*)?"), Capability.HANDLING),
    (re.compile(r"/api/conversations/[^/]+/handoff(?:/(?:choice|messages|reopen))?"), Capability.HANDOFF),
)


def needs(services: Services, capability: Capability) -> Callable[[], None]:
    """A dependency for routes that change something. Raises SwitchedOff; reading what is there stays possible."""

    def on() -> None:
        if not services.switches.is_on(capability):
            raise SwitchedOff(capability)

    return on


def capability_of(method: str, path: str) -> Capability | None:
    """The switch in front of a request, where there is one."""
    if method not in ("POST", "PUT", "PATCH"):
        return None
    if kind_of(method, path) is Kind.UPLOAD:
        return Capability.UPLOADS
    return next((capability for shape, capability in _BEGINS if shape.fullmatch(path)), None)


class SwitchedRoutes:
    """Answers 503 with the way to people where a switch is off, whoever wrote the route."""

    def __init__(self, app: ASGIApp, services: Services) -> None:
        self._app = app
        self._services = services

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is open."""
        capability = capability_of(scope["method"], scope["path"]) if scope["type"] == "http" else None
        if capability is None or await run_in_threadpool(self._services.switches.is_on, capability):
            await self._app(scope, receive, send)
            return
        await answer(TABLE[SwitchedOff], Headers(scope=scope).get("accept-language"))(scope, receive, send)
