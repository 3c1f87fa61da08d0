"""Ingestion is killed at random points: nothing it promised is lost, nothing is doubled, the index is true."""

from contextlib import closing
from pathlib import Path

import pytest

from knowledge.storage.engine import sqlite_url
from tests.fakes.databases import postgresql
from tests.fakes.killing import Siege


def test_a_few_kills_lose_and_double_nothing(tmp_path: Path) -> None:
    with closing(Siege(tmp_path, sqlite_url(tmp_path), seed=20261122, files=20)) as siege:
        for _ in range(6):
            siege.strike()
        assert siege.killed, "each process came to its end before it was killed"
        assert siege.end() == []


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(10))
def test_a_hundred_kills_lose_and_double_nothing(tmp_path: Path, seed: int) -> None:
    reader = "worker" if seed % 3 == 0 else "direct"
    with closing(Siege(tmp_path, sqlite_url(tmp_path), seed=seed, reader=reader)) as siege:
        _strike(siege, 11)
        assert siege.end() == []


@pytest.mark.soak
def test_kills_lose_and_double_nothing_on_postgresql(tmp_path: Path) -> None:
    with postgresql(tmp_path / "pg") as url, closing(Siege(tmp_path, url, seed=1)) as siege:
        _strike(siege, 10)
        assert siege.end() == []


def _strike(siege: Siege, times: int) -> None:
    """Until so many were killed, sooner where they come to their end before."""
    while siege.killed < times:
        siege.longest *= 0.8 if siege.finished > siege.killed else 1.0
        siege.strike()
