"""What one process publishes or withdraws, another one that serves answers sees without being told or started anew."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.storage.migrating import upgrade_to_head
from knowledge.storage.engine import open_engine, sqlite_url
from knowledge.storage.four_eyes import OPERATOR
from knowledge.storage.store import KnowledgeStore
from tests.fakes.databases import postgresql
from tests.fakes.sheets import a_document

ROOT = Path(__file__).resolve().parents[2]
# A reader that says which version of the document it would cite, whenever that changes.
READER = """
import sys, time
from datetime import UTC, datetime
from knowledge.storage.engine import open_engine
from knowledge.storage.store import KnowledgeStore
knowledge = KnowledgeStore(open_engine(sys.argv[1]))
told = "nothing yet"
until = time.monotonic() + 60
while time.monotonic() < until:
    knowledge.refresh()
    found = knowledge.document("通知.txt", datetime.now(UTC).date())
    cited = found.id if found else "none"
    if cited != told:
        told = cited
        print(told, flush=True)
    time.sleep(0.05)
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    if request.param == "sqlite":
        yield sqlite_url(tmp_path / "home")
    else:
        with postgresql(tmp_path / "server") as served:
            yield served


@contextmanager
def a_reader(url: str) -> Iterator["subprocess.Popen[str]"]:
    command = [sys.executable, "-c", READER, url]
    reader = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own interpreter
    try:
        yield reader
    finally:
        reader.kill()
        reader.communicate()


def line_of(reader: "subprocess.Popen[str]") -> str:
    assert reader.stdout is not None
    return reader.stdout.readline().strip()


def test_a_publication_and_a_withdrawal_reach_a_process_that_is_serving(url: str) -> None:
    engine = open_engine(url)
    upgrade_to_head(engine)
    knowledge = KnowledgeStore(engine)
    with a_reader(url) as reader:
        assert line_of(reader) == "none"
        saved = knowledge.documents.save(a_document(), now=datetime.now(UTC), actor="a").version_id
        knowledge.documents.publish(saved, now=datetime.now(UTC), actor=OPERATOR, why="new")
        assert line_of(reader) == saved
        knowledge.documents.withdraw(saved, now=datetime.now(UTC), actor=OPERATOR, why="wrong")
        assert line_of(reader) == "none"
    engine.dispose()
