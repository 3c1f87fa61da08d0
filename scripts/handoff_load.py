"""Real sockets: how long a claim takes among 200 live conversations; what 2,000 open lines of one process cost.

`make handoff-load`, or `python -m scripts.handoff_load [--only lines|sqlite|postgresql] [FILE]`, prints what was
measured and writes it as JSON (five minutes on two quiet cores). SQLite serves with one process, PostgreSQL with four
behind one balancer (each connection goes to the next one). Who asks is this process, on the same machine: its delays
count too.
"""

import argparse
import asyncio
import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from itertools import cycle
from pathlib import Path

import httpx2 as httpx
import psutil
from websockets.asyncio.client import ClientConnection, connect

from assistant.handoff.building import Handoff, build_handoff
from assistant.handoff.clerks import Skills
from assistant.handoff.queue import Request
from assistant.handoff.reasons import Reason
from assistant.handoff.ticket import Subject
from assistant.identity.accounts import SqlAccounts, StoredSession
from assistant.identity.people import Person, Role
from assistant.storage.conversations import SqlConversations
from assistant.storage.migrating import upgrade_to_head
from knowledge.storage.engine import open_engine, sqlite_url
from tests.fakes.databases import postgresql
from tests.fakes.handoff_product import now, staff_of

ROOT = Path(__file__).resolve().parents[1]
CLERKS, AT_ONCE, LIVE = 67, 3, 200
CLAIMS = 300
WARM, LINES = 200, 2000
SAYS_EVERY = 10.0
"""Seconds between two messages of a side: a clerk with three conversations then writes eighteen in a minute."""
_MOST_TRIES = 500
LIMITS = httpx.Limits(keepalive_expiry=1.0)  # the server closes idle connections after five seconds


class Load:
    """Servers with clerks, and everybody who uses them."""

    def __init__(self, url: str, processes: int) -> None:
        self.engine = open_engine(url)
        upgrade_to_head(self.engine)
        self.handoff: Handoff = build_handoff(self.engine, now)
        self.clerks = [f"c{n}" for n in range(CLERKS)]
        staff_of(self.engine, *self.clerks)
        self.tokens = {clerk: secrets.token_hex(16) for clerk in self.clerks}
        accounts = SqlAccounts(self.engine)
        for clerk, token in self.tokens.items():
            person = Person(clerk, clerk, frozenset({Role.CLERK}))
            accounts.begin_session(token, StoredSession(person=person, csrf_token=token, began_at=now(), seen_at=now()))
            self.handoff.roster.enlist(clerk, clerk, Skills(capacity=AT_ONCE))
        self.ports = [_free_port() for _ in range(processes)]
        served = [sys.executable, "-m", "tests.fakes.handoff_product", "--accounts-exist", url]
        self.servers = [subprocess.Popen([*served, str(port), *self.clerks], cwd=ROOT) for port in self.ports]
        self._bases = cycle([f"127.0.0.1:{port}" for port in self.ports])
        self.delays: list[float] = []
        self.tasks: list[asyncio.Task[None]] = []

    @property
    def base(self) -> str:
        """The next process, as a balancer would choose."""
        return next(self._bases)

    def end(self) -> None:
        for server in self.servers:
            server.kill()
            server.wait()
        self.engine.dispose()

    def headers(self, clerk: str) -> dict[str, str]:
        token = self.tokens[clerk]
        return {"cookie": f"xiaoshen_staff={token}", "x-csrf-token": token}

    async def up(self, client: httpx.AsyncClient) -> None:
        for port in self.ports:
            while True:
                with suppress(httpx.HTTPError):
                    await client.get(f"http://127.0.0.1:{port}/api/handoff/rating-reasons")
                    break
                await asyncio.sleep(0.2)

    async def ask(self, client: httpx.AsyncClient) -> tuple[str, str]:
        made = await client.post(f"http://{self.base}/api/conversations")
        conversation = made.json()["id"]
        asked = await client.post(f"http://{self.base}/api/conversations/{conversation}/handoff", json={})
        return conversation, asked.json()["ticket"]

    async def taken(self, client: httpx.AsyncClient, ticket: str) -> tuple[str, float]:
        """Who took it and how long that took, from the press of the key; a clerk whom it does not ring for is refused.

        Raises RuntimeError where nobody gets it: the talks have died, or the routing has.
        """
        for _ in range(_MOST_TRIES):
            seen = await asyncio.to_thread(self.handoff.log.ticket, ticket)
            clerk = (seen.offered_to if seen else None) or secrets.choice(self.clerks)
            address = f"http://{self.base}/api/desk/tickets/{ticket}/accept"
            began = time.perf_counter()
            answer = await client.post(address, headers=self.headers(clerk))
            if answer.is_success:
                return clerk, time.perf_counter() - began
            await asyncio.sleep(0.02)
        raise RuntimeError(f"Nobody could take {ticket}: {answer.status_code} {answer.text}")

    async def desk(self, clerk: str) -> ClientConnection:
        line = await connect(
            f"ws://{self.base}/api/desk/live",
            additional_headers={"cookie": f"xiaoshen_staff={self.tokens[clerk]}"},
            ping_interval=None,  # a stalled machine is measured, not given up
        )
        self.tasks.append(asyncio.create_task(self._read(line)))
        return line

    async def _read(self, line: ClientConnection) -> None:
        async for frame in line:
            said = json.loads(frame)
            if (
                said["type"] == "ticket_line"
                and said["line"]["side"] == "citizen"
                and said["line"]["kind"] == "message"
            ):
                self.delays.append(time.time() - float(said["line"]["text"]))

    async def talk(self, conversation: str, ticket: str, desk: ClientConnection) -> None:
        await desk.send(json.dumps({"type": "watch", "ticket": ticket}))
        address = f"ws://{self.base}/api/conversations/{conversation}/handoff/live"
        async with connect(address, ping_interval=None) as page:
            reader = asyncio.create_task(_drain(page))
            with suppress(asyncio.CancelledError):
                await asyncio.sleep(SAYS_EVERY * secrets.randbelow(1000) / 1000)
                for number in range(10_000):
                    said = {"type": "say", "client_id": f"m{number}", "text": str(time.time())}
                    await page.send(json.dumps(said))
                    answer = {"type": "say", "ticket": ticket, "client_id": f"c{number}", "text": "好的"}
                    await desk.send(json.dumps(answer))
                    await asyncio.sleep(SAYS_EVERY)
            reader.cancel()


async def claims(load: Load) -> dict[str, object]:
    """Claims while 200 conversations go on."""
    async with httpx.AsyncClient(timeout=60, limits=LIMITS) as client:
        await load.up(client)
        desks = {clerk: await load.desk(clerk) for clerk in load.clerks}
        for clerk in load.clerks:
            await client.put(f"http://{load.base}/api/desk/duty", json={"duty": "on"}, headers=load.headers(clerk))
        talking: dict[str, asyncio.Task[None]] = {}
        holder: dict[str, str] = {}
        for _ in range(LIVE):
            conversation, ticket = await load.ask(client)
            clerk, _ = await load.taken(client, ticket)
            holder[ticket] = clerk
            talking[ticket] = asyncio.create_task(load.talk(conversation, ticket, desks[clerk]))
        load.delays.clear()
        took: list[float] = []
        while len(took) < CLAIMS:
            ticket, clerk = next(iter(holder.items()))
            talking.pop(ticket).cancel()
            del holder[ticket]
            await client.post(
                f"http://{load.base}/api/desk/tickets/{ticket}/end",
                json={"outcome": "solved"},
                headers=load.headers(clerk),
            )
            conversation, fresh = await load.ask(client)
            clerk, seconds = await load.taken(client, fresh)
            took.append(seconds)
            holder[fresh] = clerk
            talking[fresh] = asyncio.create_task(load.talk(conversation, fresh, desks[clerk]))
        for task in (*talking.values(), *load.tasks):
            task.cancel()
    return {
        "live_conversations": LIVE,
        "claims": len(took),
        "claim_ms": _spread(took),
        "message_to_desk_ms": _spread(load.delays),
        "messages_delivered": len(load.delays),
        "processes": len(load.servers),
        "load_average": round(os.getloadavg()[0], 1),
    }


async def lines(load: Load) -> dict[str, object]:
    """Open lines of citizens who wait: the busiest of quiet lines, each hears its place every few seconds.

    What a process needs once, its threads and their database connections, is there after the first 200 lines; what each
    further one costs is told apart from it.
    """
    conversations = SqlConversations(load.engine)
    for number in range(LINES):
        conversations.create(f"quiet{number}", now())
        asked = Request(id=f"q{number}", conversation=f"quiet{number}", subject=Subject(reason=Reason.ASKED))
        load.handoff.queue.request(asked)
    async with httpx.AsyncClient(timeout=60, limits=LIMITS) as client:
        await load.up(client)
    process = psutil.Process(load.servers[0].pid)
    await asyncio.sleep(3)
    at_rest = process.memory_info().rss
    opened = await _opened(load, 0, WARM)
    await asyncio.sleep(15)
    before = process.memory_info().rss
    opened += await _opened(load, WARM, LINES)
    await asyncio.sleep(20)
    after = process.memory_info().rss
    alive = sum(one.state.name == "OPEN" for one in opened)
    for one in opened:
        await one.close()
    return {
        "open_lines": alive,
        "kB_each": round((after - before) / 1024 / (LINES - WARM), 1),
        "kB_each_with_what_is_needed_once": round((after - at_rest) / 1024 / LINES, 1),
        "MB_at_rest": at_rest >> 20,
        "MB_with_200": before >> 20,
        "MB_with_2000": after >> 20,
        "load_average": round(os.getloadavg()[0], 1),
    }


async def _opened(load: Load, first: int, last: int) -> list[ClientConnection]:
    """Lines that nobody reads by hand: the queue takes what comes, or no ping would be answered."""
    found: list[ClientConnection] = []
    for start in range(first, last, 50):
        batch = (
            connect(f"ws://{load.base}/api/conversations/quiet{n}/handoff/live", compression=None, max_queue=None)
            for n in range(start, start + 50)
        )
        found += await asyncio.gather(*batch)
    return found


def _spread(values: list[float]) -> dict[str, float]:
    ordered = sorted(values)

    def part(share: float) -> float:
        return round(ordered[min(int(share * len(ordered)), len(ordered) - 1)] * 1000, 1) if ordered else 0.0

    return {"p50": part(0.5), "p95": part(0.95), "p99": part(0.99)}


async def _drain(line: ClientConnection) -> None:
    async for _ in line:
        pass


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


Part = Callable[[Load], Coroutine[object, object, dict[str, object]]]
PARTS: dict[str, tuple[str, int, Part]] = {
    "lines": ("sqlite", 1, lines),
    "sqlite": ("sqlite", 1, claims),
    "postgresql": ("postgresql", 4, claims),
}


@contextmanager
def _database(kind: str) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        if kind == "sqlite":
            yield sqlite_url(Path(folder))
            return
        with postgresql(Path(folder)) as url:
            yield url


def measured(name: str) -> dict[str, object]:
    """One part on a database and servers of its own."""
    kind, processes, part = PARTS[name]
    with _database(kind) as url:
        load = Load(url, processes)
        try:
            return asyncio.run(part(load))
        finally:
            load.end()


def main(only: str | None, target: Path | None) -> None:
    """Measure, and write after each part."""
    found: dict[str, object] = {}
    for name in [only] if only else PARTS:
        found[name] = measured(name)
        print(json.dumps({name: found[name]}), flush=True)
        if target is not None:
            target.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description="Load on handoff with real sockets.")
    arguments.add_argument("--only", choices=list(PARTS))
    arguments.add_argument("target", nargs="?", type=Path)
    chosen = arguments.parse_args()
    main(chosen.only, chosen.target)
