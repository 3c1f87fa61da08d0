"""A hundred thousand messages on PostgreSQL with four processes, one killed every twenty seconds.

`make handoff-siege`, or `python -m scripts.handoff_siege [--messages N] [--minutes M] [--database sqlite] [FILE]`,
prints the verdict and writes it as JSON, whichever of the two bounds comes first; Ctrl-C gives the verdict of what
there is. On SQLite there is one process, and it is the one that is killed.
"""

import argparse
import json
import os
import random
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from knowledge.storage.engine import sqlite_url
from tests.fakes.databases import postgresql
from tests.fakes.handoff_siege import HandoffSiege

EVERY = 20.0


def main(database: str, messages: int, minutes: float, target: Path | None) -> None:
    """Besiege until so many messages are kept, or the time is over."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as home:
        if database == "sqlite":
            found = besieged(HandoffSiege(sqlite_url(Path(home)), Path(folder), processes=1), messages, minutes)
        else:
            with postgresql(Path(home)) as url:
                found = besieged(HandoffSiege(url, Path(folder)), messages, minutes)
    print(json.dumps(found, indent=1))
    if target is not None:
        target.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def besieged(siege: HandoffSiege, messages: int, minutes: float) -> dict[str, int | float]:
    """The verdict after so many messages, or so many minutes."""
    chance = random.Random(20261122)  # noqa: S311  points in time, not secrets
    began = time.monotonic()
    loads: list[float] = []
    with suppress(KeyboardInterrupt):
        while (kept := siege.messages()) < messages and time.monotonic() - began < minutes * 60:
            loads.append(os.getloadavg()[0])
            print(f"{time.monotonic() - began:.0f} s: {kept} messages, {siege.kills} killed", flush=True)
            time.sleep(EVERY)
            siege.kill_one(chance)
    siege.end()
    seconds = round(time.monotonic() - began)
    mean_load = round(sum(loads) / max(len(loads), 1), 1)
    return {**siege.verdict(), "seconds": seconds, "processes": siege.processes, "mean_load_average": mean_load}


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description="Processes that are killed while people talk.")
    arguments.add_argument("--database", choices=["postgresql", "sqlite"], default="postgresql")
    arguments.add_argument("--messages", type=int, default=100_000)
    arguments.add_argument("--minutes", type=float, default=25)
    arguments.add_argument("target", nargs="?", type=Path)
    chosen = arguments.parse_args()
    main(chosen.database, chosen.messages, chosen.minutes, chosen.target)
