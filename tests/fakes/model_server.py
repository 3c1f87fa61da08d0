"""A real HTTP server on loopback that speaks the chat protocol, and misbehaves in every way a model server does."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self


@dataclass(frozen=True, slots=True)
class Say:
    """Stream this text in small pieces."""

    text: str


@dataclass(frozen=True, slots=True)
class Stall:
    """Say nothing for so long, with the line open."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Finish:
    """End the answer as the protocol says."""

    reason: str = "stop"


@dataclass(frozen=True, slots=True)
class EndQuietly:
    """End the HTTP body properly, without the ending of the protocol: some servers do so when their model crashes."""


@dataclass(frozen=True, slots=True)
class HangUp:
    """Close the connection in the middle."""


@dataclass(frozen=True, slots=True)
class Event:
    """Stream one event with exactly this data."""

    data: str


@dataclass(frozen=True, slots=True)
class Refuse:
    """Answer with an HTTP status and a body instead of a stream."""

    status: int
    body: str = '{"error": {"message": "no", "type": "server_error"}}'
    content_type: str = "application/json"


Script = Sequence[Say | Stall | Finish | EndQuietly | HangUp | Event | Refuse]


def good(text: str) -> Script:
    """A well-behaved answer."""
    return (Say(text), Finish())


@dataclass(frozen=True, slots=True)
class Heard:
    """A request as it came."""

    path: str
    headers: dict[str, str]
    body: str


class ModelServer:
    """Plays one script a request, in order, the last one for ever. Use as an async context."""

    def __init__(self, *scripts: Script) -> None:
        self._scripts = scripts
        self._server: asyncio.Server | None = None
        self._talking: set[asyncio.Task[None]] = set()
        self.heard: list[Heard] = []

    @property
    def base_url(self) -> str:
        """The address to configure."""
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}/v1"

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._server is not None
        self._server.close()
        for task in self._talking:
            task.cancel()
        await asyncio.gather(*self._talking, return_exceptions=True)
        await self._server.wait_closed()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._talking.add(task)
        try:
            await self._talk(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the other side has gone, or the test is over
        finally:
            writer.close()
            self._talking.discard(task)

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        request, *lines = head.strip().split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        script = self._scripts[min(len(self.heard), len(self._scripts) - 1)]
        self.heard.append(Heard(request.split(" ")[1], headers, body.decode()))
        first = script[0]
        if isinstance(first, Refuse):
            content = first.body.encode()
            writer.write(
                f"HTTP/1.1 {first.status} X\r\nContent-Type: {first.content_type}\r\n"
                f"Content-Length: {len(content)}\r\nConnection: close\r\n\r\n".encode()
                + content
            )
            await writer.drain()
            return
        writer.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
            b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
        )
        for act in script:
            await self._perform(act, writer)

    async def _perform(
        self, act: Say | Stall | Finish | EndQuietly | HangUp | Event | Refuse, writer: asyncio.StreamWriter
    ) -> None:
        match act:
            case Say(text):
                for start in range(0, len(text), 3):
                    await _send(writer, _delta({"content": text[start : start + 3]}))
            case Stall(seconds):
                await asyncio.sleep(seconds)
            case Finish(reason):
                await _send(writer, _delta({}, reason))
                await _send(writer, "[DONE]")
                await _end(writer)
            case EndQuietly():
                await _end(writer)
            case Event(data):
                await _send(writer, data)
            case HangUp():
                writer.transport.abort()
            case Refuse():
                raise AssertionError("A refusal stands alone.")


def _delta(delta: dict[str, str], finish: str | None = None) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return json.dumps({"id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]})


async def _send(writer: asyncio.StreamWriter, data: str) -> None:
    content = f"data: {data}\n\n".encode()
    writer.write(f"{len(content):x}\r\n".encode() + content + b"\r\n")
    await writer.drain()


async def _end(writer: asyncio.StreamWriter) -> None:
    writer.write(b"0\r\n\r\n")
    await writer.drain()
