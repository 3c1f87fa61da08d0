"""What surrounds every request: security headers, a limit on the body, and calm when something breaks."""

import logging
from collections.abc import Callable, Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web.error_answers import answer, incident_of
from assistant.web.errors import BodyTooLarge, UploadTooBig
from assistant.web.public_errors import UNEXPECTED, public
from assistant.web.services import NewId

logger = logging.getLogger(__name__)

MAX_BODY_BYTES = 256 * 1024
NONE_LONGER: Mapping[str, int] = {}

API_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
HEADERS = {
    "Content-Security-Policy": API_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def page_policy(nonce: str, *, frames: bool = False) -> str:
    """The policy of the page: our own files only. The nonce is for the style sheets that antd writes at run time.

    `frames`: the page shows originals, each in a frame with a policy of its own.
    """
    framed = "frame-src 'self'; " if frames else ""
    return (
        f"default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; "
        f"font-src 'self'; connect-src 'self'; manifest-src 'self'; {framed}"
        "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
    )


class SecurityHeaders:
    """Adds the headers to every answer; an answer that brings its own policy keeps it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, adding headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if scope["path"].startswith("/api/"):
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self._app(scope, receive, with_headers)


class BodyLimit:
    """Refuses bodies that no message can have, while they come in: the length header may lie or be absent."""

    def __init__(self, app: ASGIApp, limit: int = MAX_BODY_BYTES, longer: Mapping[str, int] = NONE_LONGER) -> None:
        """`longer` are the limits of single addresses that take files; their routes ask who is there first."""
        self._app = app
        self._limit = limit
        self._longer = longer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, counting bytes."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = self._longer.get(scope["path"], self._limit)
        declared = Headers(scope=scope).get("content-length", "")
        if declared.isdigit() and int(declared) > limit:
            raise BodyTooLarge if limit == self._limit else UploadTooBig(limit)
        received = 0

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > limit:
                raise BodyTooLarge if limit == self._limit else UploadTooBig(limit)
            return message

        await self._app(scope, counted, send)


class CountAnswers:
    """Tells whoever counts with which status each request was answered."""

    def __init__(self, app: ASGIApp, counted: Callable[[int], None]) -> None:
        self._app = app
        self._counted = counted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, looking at the status."""

        async def watched(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._counted(int(message["status"]))
            await send(message)

        await self._app(scope, receive, watched)


class Calm:
    """Turns whatever was not expected into a calm 500 with an incident number; the log gets types and places only."""

    def __init__(self, app: ASGIApp, new_id: NewId) -> None:
        self._app = app
        self._new_id = new_id

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on; answer where the app could not."""
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, watched)
        except Exception as failure:
            if scope["type"] != "http":
                raise
            told = public(failure)
            incident = None
            if told is UNEXPECTED:
                incident = self._new_id()
                logger.error("request failed, incident %s: %s", incident, incident_of(failure))  # noqa: TRY400
            if not started:
                language = Headers(scope=scope).get("accept-language")
                await answer(told, language, incident)(scope, receive, send)
