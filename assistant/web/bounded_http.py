"""How much of a request's head is read: the server itself would hold any amount until the head is complete."""

from typing import Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

LONGEST_HEAD: Final = 64 * 1024
_REFUSED: Final = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-length: 0\r\nconnection: close\r\n"
    b"x-content-type-options: nosniff\r\n\r\n"
)


class BoundedHttp(HttpToolsProtocol):
    """The server's protocol, which hangs up where a head goes on and on. What came in one piece is read first."""

    _head = 0
    _in_head = True
    _ended_now = False

    def on_headers_complete(self) -> None:
        """The head is over."""
        self._in_head, self._head = False, 0
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The next thing on this line is another head."""
        self._in_head = self._ended_now = True
        super().on_message_complete()

    def data_received(self, data: bytes) -> None:
        """Count what came without an end of the head in it."""
        self._ended_now = False
        super().data_received(data)
        if not self._in_head or self._ended_now:
            return
        self._head += len(data)
        if self._head > LONGEST_HEAD and not self.transport.is_closing():
            self.transport.write(_REFUSED)
            self.transport.close()
