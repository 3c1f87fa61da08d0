"""Processes that are killed while people talk: nothing acknowledged is lost, nothing is there twice.

The long form, a hundred thousand messages: `python -m scripts.handoff_siege`.
"""

import random
import time
from pathlib import Path

import pytest

from knowledge.storage.engine import sqlite_url
from tests.fakes.databases import postgresql
from tests.fakes.handoff_siege import HandoffSiege

WRONG = ("lost", "duplicated", "refused_but_kept", "by_strangers", "double_claims", "gaps", "torn")


def besieged(url: str, folder: Path) -> dict[str, int]:
    """Kill three times, each time after some messages more; what was wrong then."""
    chance = random.Random(7)  # noqa: S311  points in time, not secrets
    siege = HandoffSiege(url, folder, processes=2)
    try:
        for kept in (20, 60, 100):
            while siege.messages() < kept:
                time.sleep(chance.uniform(0.05, 0.2))
            siege.kill_one(chance)
    finally:
        siege.end()
    return siege.verdict()


@pytest.mark.parametrize("where", ["sqlite", "postgresql"])
def test_who_is_killed_takes_nothing_with_them(
    where: str, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    if where == "sqlite":
        found = besieged(sqlite_url(tmp_path), tmp_path)
    else:
        with postgresql(tmp_path_factory.mktemp("pg")) as url:
            found = besieged(url, tmp_path)
    assert found["messages"] >= 100
    assert {name: found[name] for name in WRONG} == dict.fromkeys(WRONG, 0)
