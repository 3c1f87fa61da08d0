"""Under which names the product answers: no page elsewhere reaches it by pointing its own name at this machine."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.outgoing import is_loopback
from assistant.settings import Settings
from assistant.web.error_answers import answer
from assistant.web.errors import WrongHost
from assistant.web.public_errors import TABLE

_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
_PROBED = ("/api/health", "/api/ready", "/metrics")
"""What is asked by number: probes of a container, a scraper."""
_POLICY_VIOLATION = 1008


def names_of(settings: Settings) -> frozenset[str] | None:
    """The names of the settings; None, any, where it listens to other machines and nobody said under what name."""
    public = urlsplit(settings.public_url).hostname if settings.public_url else None
    if public is None and not is_loopback(settings.host):
        return None
    return frozenset({*_THIS_MACHINE, settings.host.lower(), *([public.lower()] if public else [])})


class OnlyUnder:
    """Answers 421 where a request names another host: so no page of another name reaches the example accounts."""

    def __init__(self, app: ASGIApp, names: frozenset[str]) -> None:
        self._app = app
        self._names = names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what names us."""
        if scope["type"] not in {"http", "websocket"} or scope["path"] in _PROBED:
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if host_in(headers.get("host", "")) in self._names:
            await self._app(scope, receive, send)
        elif scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": _POLICY_VIOLATION})
        else:
            await answer(TABLE[WrongHost], headers.get("accept-language"))(scope, receive, send)


def host_in(named: str) -> str:
    """The name in a Host header, without the port; nothing that fits where it has no shape."""
    try:
        return urlsplit(f"//{named}").hostname or ""
    except ValueError:
        return ""
