"""Outgoing HTTP that goes to configured places only, whatever a document, a message or a redirect asks for."""

import ipaddress
from urllib.parse import urlsplit

import httpx

LONGEST_ANSWER = 1024 * 1024  # bytes that we read of an answer that is no stream
_PORTS = {"http": 80, "https": 443}


class PlaceNotAllowed(httpx.RequestError):
    """The address is not one that an operator configured."""


class OnlyTo(httpx.AsyncBaseTransport):
    """Sends to these origins (scheme, host, port) and nowhere else; a redirect is an address like any other."""

    def __init__(self, *addresses: str, inner: httpx.AsyncBaseTransport | None = None) -> None:
        self._allowed = frozenset(origin_of(address) for address in addresses)
        self._inner = inner or httpx.AsyncHTTPTransport(trust_env=False)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Pass on what goes to an allowed place. Raises PlaceNotAllowed."""
        if origin_of(str(request.url)) not in self._allowed:
            raise PlaceNotAllowed(f"Not sending to {request.url.host}: only configured places.", request=request)
        return await self._inner.handle_async_request(request)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._inner.aclose()


class OnlyToBlocking(httpx.BaseTransport):
    """The same for clients that wait."""

    def __init__(self, *addresses: str, inner: httpx.BaseTransport | None = None) -> None:
        self._allowed = frozenset(origin_of(address) for address in addresses)
        self._inner = inner or httpx.HTTPTransport(trust_env=False)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Pass on what goes to an allowed place. Raises PlaceNotAllowed."""
        if origin_of(str(request.url)) not in self._allowed:
            raise PlaceNotAllowed(f"Not sending to {request.url.host}: only configured places.", request=request)
        return self._inner.handle_request(request)

    def close(self) -> None:
        """Close the connections."""
        self._inner.close()


def outgoing(*addresses: str, seconds: float = 10.0) -> httpx.AsyncClient:
    """A client for these places: no redirects, no proxy of the environment, no connection kept."""
    return httpx.AsyncClient(
        transport=OnlyTo(*addresses),
        timeout=httpx.Timeout(seconds, connect=min(seconds, 5.0)),
        follow_redirects=False,
        trust_env=False,
    )


def outgoing_blocking(base: str, *, seconds: float = 5.0) -> httpx.Client:
    """A client that waits, for one place and the addresses below it: what a register is asked with."""
    return httpx.Client(
        base_url=base,
        transport=OnlyToBlocking(base),
        timeout=httpx.Timeout(seconds, connect=min(seconds, 2.0)),
        follow_redirects=False,
        trust_env=False,
    )


def origin_of(address: str) -> tuple[str, str, int]:
    """Scheme, host and port. Raises ValueError where the address is no http address."""
    parts = urlsplit(address)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise ValueError(f"{address!r} is no http or https address.")
    return parts.scheme, parts.hostname.lower().rstrip("."), parts.port or _PORTS[parts.scheme]


def is_safe_place(address: str) -> bool:
    """Whether secrets may be sent there: over https, or to this machine."""
    scheme, host, _ = origin_of(address)
    return scheme == "https" or is_loopback(host)


def is_loopback(host: str) -> bool:
    """Whether a host is this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False
