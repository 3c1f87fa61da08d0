"""A hundred thousand messages on PostgreSQL with four processes, one killed every twenty seconds.

`make handoff-siege`, or `python -m scripts.handoff_siege [--messages N] [--minutes M] [FILE]`, prints the verdict and
writes it as JSON, whichever of the two bounds comes first; Ctrl-C gives the verdict of what there is.
"""

import argparse
import json
import os
import random
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from tests.fakes.databases import postgresql
from tests.fakes.handoff_siege import HandoffSiege

EVERY = 20.0


def main(messages: int, minutes: float, target: Path | None) -> None:
    """Besiege until so many messages are kept, or the time is over."""
    chance = random.Random(20261122)  # noqa: S311  points in time, not secrets
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as pg, postgresql(Path(pg)) as url:
        siege = HandoffSiege(url, Path(folder))
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
        found = {**siege.verdict(), "seconds": seconds, "processes": siege.processes, "mean_load_average": mean_load}
    print(json.dumps(found, indent=1))
    if target is not None:
        target.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description="Processes that are killed while people talk.")
    arguments.add_argument("--messages", type=int, default=100_000)
    arguments.add_argument("--minutes", type=float, default=25)
    arguments.add_argument("target", nargs="?", type=Path)
    chosen = arguments.parse_args()
    main(chosen.messages, chosen.minutes, chosen.target)
