"""A process that is killed while citizens fill, upload and submit: nothing acknowledged is lost, nothing is twice."""

from pathlib import Path

import pytest

from knowledge.storage.engine import sqlite_url
from tests.fakes.case_siege import CaseSiege
from tests.fakes.databases import postgresql


def besieged(url: str) -> None:
    siege = CaseSiege(url)
    siege.prepare()
    for seed, least in ((1, 15), (2, 35)):
        siege.strike(seed, least)
    found = siege.verdict()
    assert len(siege.acknowledged) >= 50
    assert {told["what"] for told in siege.acknowledged} >= {"opened", "entered", "uploaded", "reviewed", "submitted"}
    assert {what: count for what, count in found.items() if count} == {}


def test_who_is_killed_takes_nothing_of_a_case_with_them(tmp_path: Path) -> None:
    besieged(sqlite_url(tmp_path))


@pytest.mark.slow
def test_the_same_on_postgresql(tmp_path: Path) -> None:
    with postgresql(tmp_path) as url:
        besieged(url)
