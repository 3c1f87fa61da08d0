"""How long a clerk's side panel takes after a message: `python -m evals.desk_bench [--write]`.

Each conversation is about one request of `corpus/asking`, with a case of that item beside it where the item is handled
here; the panel is read as its route reads it: story, turn, case with its pre-review, earlier conversations.
"""

import argparse
import asyncio
import json
import os
import random
import tempfile
import time
import uuid
from datetime import UTC, datetime
from pathlib import Path

from assistant.bootstrap import ROOT, build_product, shipped_corpus
from assistant.handoff.clerks import Duty, Skills
from assistant.handoff.queue import Request
from assistant.handoff.reasons import Reason
from assistant.handoff.talking import Saying
from assistant.handoff.ticket import Subject
from assistant.identity.people import Person, Role
from assistant.product import Product
from assistant.settings import Settings
from assistant.web.conversations import StoredEvent, Turn
from assistant.web.schemas import CaseMovedEvent, NamedItem

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
PAGE = ROOT / "docs" / "desk.md"
GOAL_MS = 400
_CLERK = Person("bench", "Bench", frozenset({Role.CLERK}))


def main() -> None:
    """Measure on a scratch home and say, or write, what came out."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--messages", type=int, default=200)
    options.add_argument("--write", action="store_true", help="write the numbers into docs/desk.md")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="xiaoshen-desk-") as folder:
        settings = Settings().model_copy(update={"home": Path(folder), "models": ROOT / "var" / "models"})
        with build_product(settings, say=lambda _line: None) as product:
            told = asyncio.run(measure(product, chosen.messages))
    print(told)  # noqa: T201 - what this program is for
    if chosen.write:
        page = PAGE.read_text(encoding="utf-8")
        before, _, rest = page.partition(BEGIN)
        PAGE.write_text(f"{before}{BEGIN}\n{told}\n{END}{rest.partition(END)[2]}", encoding="utf-8")


async def measure(product: Product, messages: int) -> str:
    """A table of how long panels took, in milliseconds."""
    services, staff, handoff = product.services(), product.staff(), product.handoff()
    parts = product.clerk(services, staff, handoff)
    handoff.handoff.roster.enlist(_CLERK.id, _CLERK.name, Skills(capacity=1))
    handoff.handoff.roster.set_duty(_CLERK.id, Duty.ON)
    took: list[float] = []
    with_case = 0
    for item, query in _requests(messages):
        ticket, has_case = _conversation(product, item)
        with_case += has_case
        handoff.handoff.roster.beat([_CLERK.id])
        handoff.handoff.queue.accept(ticket, _CLERK.id)
        handoff.handoff.talking.citizen_says(ticket, Saying(client_id="q", text=query))
        begun = time.perf_counter()
        await parts.panel(ticket, _CLERK)
        took.append((time.perf_counter() - begun) * 1000)
        handoff.handoff.talking.withdraw(ticket)
    return _table(took, with_case)


def _requests(messages: int) -> list[tuple[str, str]]:
    lines = [line for file in sorted((shipped_corpus() / "asking").glob("*.jsonl")) for line in file.open("rb")]
    read = [json.loads(line) for line in lines]
    usable = [(one["item"], one["query"]) for one in read if isinstance(one.get("item"), str)]
    return random.Random(7).sample(usable, min(messages, len(usable)))  # noqa: S311 - a sample, no secret


def _conversation(product: Product, slug: str) -> tuple[str, bool]:
    """A ticket, and whether a case was moved in its conversation."""
    services, now = product.services(), product.now()
    conversation, ticket = uuid.uuid4().hex, uuid.uuid4().hex
    services.conversations.create(conversation, now)
    item = product.knowledge.item(slug, now.date())
    handled = item is not None and product.handling.desk.reviewer.handles(item)
    if item is not None and handled:
        case = product.handling.open(f"bench-{conversation}", [item], item.region).case
        moved = CaseMovedEvent(
            case=case.id,
            version=case.version,
            item=NamedItem(slug=slug, name=item.name),
            state=case.state,
            state_label="",
            done=0,
            total=1,
        )
        event = StoredEvent(name=moved.type, payload=moved.model_dump_json())
        services.conversations.add(conversation, Turn(client_id="c", text="我要办", at=now, events=(event,)))
    subject = Subject(reason=Reason.ASKED, item=slug)
    product.handoff().handoff.queue.request(Request(id=ticket, conversation=conversation, subject=subject))
    return ticket, handled


def _table(took: list[float], with_case: int) -> str:
    ranked = sorted(took)

    def at(share: float) -> float:
        return ranked[min(int(share * len(ranked)), len(ranked) - 1)]

    load = os.getloadavg()[0]
    return "\n".join(
        (
            f"{datetime.now(UTC).date()}, {os.cpu_count()} cores, load average {load:.1f}, no model, SQLite; "
            f"{len(took)} messages, {with_case} with a case beside them.",
            "",
            "| panel after a message | ms |",
            "|---|---|",
            f"| p50 | {at(0.5):.0f} |",
            f"| p95 (goal {GOAL_MS}) | {at(0.95):.0f} |",
            f"| p99 | {at(0.99):.0f} |",
        )
    )


if __name__ == "__main__":
    main()
