"""The HTTP application around the scripted assistant: for tests of the edge and of the page, and to look at states.

`python -m tests.fakes.scripted_product` serves it on http://127.0.0.1:8010 until interrupted.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from threading import Thread
from time import sleep

import uvicorn
from fastapi import FastAPI

from app import create_app
from assistant.settings import Settings
from assistant.web.conversations import MemoryConversations
from assistant.web.lean_sockets import LeanSockets
from assistant.web.services import Services
from tests.fakes.scripted_assistant import NOTHING, SCRIPTS, ScriptedAssistant
from tests.fakes.small_knowledge import SmallKnowledge, statements_of


def scripted_services() -> Services:
    """Services with the scripted assistant and the small knowledge base."""
    numbers = count(1)
    return Services(
        assistant=ScriptedAssistant(SCRIPTS, NOTHING),
        knowledge=SmallKnowledge(),
        conversations=MemoryConversations(),
        clock=lambda: datetime(2026, 11, 22, 9, 30, tzinfo=UTC),
        new_id=lambda: f"id-{next(numbers)}",
        settings=Settings(),
        statements_of=statements_of,
    )


@contextmanager
def serving(app: FastAPI, port: int = 0) -> Iterator[str]:
    """Serve the app on loopback, on a free port by default; gives its address."""
    server = uvicorn.Server(
        uvicorn.Config(
            app, host="127.0.0.1", port=port, ws=LeanSockets, log_level="warning", timeout_graceful_shutdown=1
        )
    )
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        if not thread.is_alive():
            raise RuntimeError("The test server did not start; is the port in use?")
        sleep(0.01)
    taken = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{taken}"
    finally:
        server.should_exit = True
        thread.join(timeout=5)


if __name__ == "__main__":
    uvicorn.run(create_app(scripted_services()), host="127.0.0.1", port=8010, log_level="info")
