"""uvicorn's WebSocket without what only the handshake needs: two thousand open lines would keep it as many times."""

from uvicorn._types import ASGISendEvent
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol


class LeanSockets(WebSocketsSansIOProtocol):
    """Forgets the request, its headers and the answer to them once the socket is open.

    Whatever a route wants of the headers it reads before it accepts.
    """

    async def send(self, message: ASGISendEvent) -> None:
        """Send, and let go of the handshake after it."""
        await super().send(message)
        if message["type"] == "websocket.accept" and self.handshake_complete:
            vars(self).pop("request", None)
            vars(self).pop("response", None)
            headers = self.scope["headers"]
            if isinstance(headers, list):
                headers.clear()
