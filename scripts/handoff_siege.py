"""A hundred thousand messages on PostgreSQL with four processes, one killed every twenty seconds.

`python -m scripts.handoff_siege [messages] [FILE]` prints the verdict and writes it as JSON.
"""

import json
import random
import sys
import tempfile
import time
from pathlib import Path

from tests.fakes.databases import postgresql
from tests.fakes.handoff_siege import HandoffSiege

EVERY = 20.0


def main(messages: int, target: Path | None) -> None:
    """Besiege until so many messages are kept."""
    chance = random.Random(20261122)  # noqa: S311  points in time, not secrets
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryDirectory() as pg, postgresql(Path(pg)) as url:
        siege = HandoffSiege(url, Path(folder))
        try:
            while (kept := siege.messages()) < messages:
                print(f"{time.monotonic() - began:.0f} s: {kept} messages, {siege.kills} killed", flush=True)
                time.sleep(EVERY)
                siege.kill_one(chance)
        finally:
            siege.end()
        found = {**siege.verdict(), "seconds": round(time.monotonic() - began), "processes": siege.processes}
    print(json.dumps(found, indent=1))
    if target is not None:
        target.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    wanted, *files = [*sys.argv[1:], *(["100000"] if len(sys.argv) == 1 else [])]
    main(int(wanted), Path(files[0]) if files else None)
