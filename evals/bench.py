"""Speed and memory, measured in one run beside what a plain LangChain retriever needs on the same vectors.

    .venv/bin/python -m evals.bench [--turns 300] [--json FILE]

Machines are noisy: read the ratios and medians. Nothing here is asserted anywhere.
"""

import argparse
import asyncio
import json
import random
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from pathlib import Path

import psutil

from assistant.bootstrap import build_product, shipped_corpus
from assistant.describing import sheet_texts
from assistant.dialogue import Question
from assistant.product import Product
from assistant.settings import Settings
from assistant.transcript import collect
from evals.baselines.langchain_retriever import plain_retriever
from evals.scale_page import kept_section
from evals.statistics import quantiles

SEED = 20261122
PAGE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
GOALS = {
    "one turn, no model": "p95 ≤ 120 ms",
    "served product, resident memory": "≤ 1,536 MiB",
    "start until ready, indexes built": "≤ 15 s",
}
START_LIMIT_S = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One line of the bench."""

    what: str
    unit: str
    values: dict[str, float]


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--turns", type=int, default=300)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    options = parser.parse_args()
    requests = sample_requests(options.turns)
    measured = [*served(requests[:60]), *in_process(requests)]
    for m in measured:
        values = "  ".join(f"{name} {value:g}" for name, value in m.values.items())
        print(f"{m.what:<44} {values} {m.unit}")  # noqa: T201
    if options.json:
        options.json.write_text(json.dumps([{"what": m.what, "unit": m.unit} | m.values for m in measured], indent=1))
    if options.write:
        before = PAGE.read_text(encoding="utf-8") if PAGE.is_file() else ""
        PAGE.write_text(page(measured, options.turns) + kept_section(before), encoding="utf-8")
    return 0


def page(measured: list[Measured], turns: int) -> str:
    """docs/performance.md."""
    cores, load = psutil.cpu_count(), psutil.getloadavg()[0]
    lines = [
        "# Performance",
        "",
        "Written by `make bench`, never by hand. Machines are noisy: read the medians and the ratio.",
        f"{datetime.now(UTC).date()}, {cores} cores, load average {load:.1f}, {turns} requests of `corpus/asking`.",
        "The plain retriever (`evals/baselines/langchain_retriever.py`) embeds the question and asks the same Chroma",
        "engine for the nearest sheet texts; it recognizes nothing, decides nothing and writes no answer.",
        "",
        "| what | values | goal |",
        "|---|---|---|",
    ]
    for m in measured:
        values = ", ".join(f"{name} {value:g} {m.unit}" for name, value in m.values.items())
        lines.append(f"| {m.what} | {values} | {GOALS.get(m.what, '')} |")
    return "\n".join(lines) + "\n"


def sample_requests(count: int) -> list[str]:
    """Requests of all voices that ship, drawn with a fixed seed."""
    lines = [line for file in sorted((shipped_corpus() / "asking").glob("*.jsonl")) for line in file.open("rb")]
    drawn = random.Random(SEED).sample(lines, min(count, len(lines)))  # noqa: S311  a fixed sample, no secret
    return [str(json.loads(line)["query"]) for line in drawn]


def in_process(requests: list[str]) -> list[Measured]:
    """Turns without a model, and the reference retriever on the same queries, alternating in one process."""
    turns: list[float] = []
    plain: list[float] = []
    settings = Settings().model_copy(update={"llm_base_url": None})
    with build_product(settings, say=lambda _: None) as product:
        reference = plain_retriever(sheet_texts(product), product.embedder)
        asyncio.run(answer(product, requests[0]))
        reference.invoke(requests[0])
        for request in requests:
            began = time.perf_counter()
            asyncio.run(answer(product, request))
            turns.append((time.perf_counter() - began) * 1000)
            began = time.perf_counter()
            reference.invoke(request + "?")  # another string, so that no cache of the embedder answers
            plain.append((time.perf_counter() - began) * 1000)
    ratio = quantiles(turns)["p50"] / quantiles(plain)["p50"]
    return [
        Measured(what="one turn, no model", unit="ms", values=quantiles(turns)),
        Measured(what="plain LangChain retriever (search only)", unit="ms", values=quantiles(plain)),
        Measured(what="turn / plain retriever, medians", unit="×", values={"ratio": round(ratio, 2)}),
    ]


async def answer(product: Product, request: str) -> None:
    """One turn, read to its end."""
    await collect(product.assistant.answer(Question(text=request, as_of=product.today())))


def served(requests: list[str]) -> list[Measured]:
    """Start the served product as a user would: seconds until ready, memory after it has answered."""
    port = free_port()
    command = [str(Path(sys.executable).with_name("xiaoshen")), "serve", "--port", str(port)]
    began = time.perf_counter()
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603  our own command
    try:
        ready = wait_until_ready(server, port, began)
        overhead = [over_http(port, request) for request in requests]
        process = psutil.Process(server.pid)
        memory = sum(p.memory_info().rss for p in [process, *process.children(recursive=True)])
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(timeout=30)
    return [
        Measured(what="start until ready, indexes built", unit="s", values={"seconds": round(ready, 2)}),
        Measured(what="served product, resident memory", unit="MiB", values={"rss": round(memory / 2**20)}),
        Measured(what="one turn over HTTP, to the last event", unit="ms", values=quantiles(overhead)),
    ]


def wait_until_ready(server: "subprocess.Popen[bytes]", port: int, began: float) -> float:
    """Seconds until /api/ready says yes. Raises TimeoutError."""
    while time.perf_counter() - began < START_LIMIT_S:
        if server.poll() is not None:
            raise RuntimeError(f"The server ended with status {server.returncode}.")
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/ready", timeout=2) as response:
                if response.status == HTTPStatus.OK:
                    return time.perf_counter() - began
        except OSError:
            time.sleep(0.1)
    raise TimeoutError(f"Not ready after {START_LIMIT_S} s.")


def over_http(port: int, request: str) -> float:
    """Milliseconds of one turn through the page's own API."""
    base = f"http://127.0.0.1:{port}/api/conversations"
    conversation = json.loads(post(base, {}))["id"]
    began = time.perf_counter()
    post(f"{base}/{conversation}/messages", {"text": request, "client_id": "bench"})
    return (time.perf_counter() - began) * 1000


def post(url: str, body: dict[str, str]) -> bytes:
    """POST JSON to our own server on loopback and read to the end."""
    data = json.dumps(body).encode()
    call = urllib.request.Request(url, data=data, headers={"Content-Type": "application/json"})  # noqa: S310  loopback
    with urllib.request.urlopen(call, timeout=30) as response:  # noqa: S310  loopback
        content: bytes = response.read()
    return content


def free_port() -> int:
    """A port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


if __name__ == "__main__":
    sys.exit(main())
