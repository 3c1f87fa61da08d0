"""Ingestion is killed at random points: nothing it promised is lost, nothing is doubled, the index is true."""

from pathlib import Path

import pytest

from knowledge.storage.engine import sqlite_url
from tests.fakes.databases import postgresql
from tests.fakes.killing import Siege


def test_a_few_kills_lose_and_double_nothing(tmp_path: Path) -> None:
    siege = Siege(tmp_path, sqlite_url(tmp_path), seed=20261122, files=20)
    for _ in range(5):
        siege.strike()
    assert siege.end() == []


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(10))
def test_a_hundred_kills_lose_and_double_nothing(tmp_path: Path, seed: int) -> None:
    siege = Siege(tmp_path, sqlite_url(tmp_path), seed=seed, reader="worker" if seed % 3 == 0 else "direct")
    while siege.killed < 11:
        siege.longest *= 0.8 if siege.finished > siege.killed else 1.0
        siege.strike()
    assert siege.end() == []


@pytest.mark.soak
def test_kills_lose_and_double_nothing_on_postgresql(tmp_path: Path) -> None:
    with postgresql(tmp_path / "pg") as url:
        siege = Siege(tmp_path, url, seed=1)
        while siege.killed < 10:
            siege.longest *= 0.8 if siege.finished > siege.killed else 1.0
            siege.strike()
        assert siege.end() == []
