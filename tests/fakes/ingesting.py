"""Ingesting processes that are made to be killed: `python -m tests.fakes.ingesting HOME DATABASE INBOX READER`.

Each line on the standard input makes one, by a fork: what takes long, the imports, is done once for all of them.
"""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine

from ingest.durable import DurableEngine
from ingest.jobs import Job
from ingest.limits import Limits
from ingest.pipeline import Ingestion, Office
from ingest.worker import DirectReader, Reader, WorkerReader
from knowledge.embedding.hashing import HashingEmbedder
from knowledge.search.opening import DocumentIndex, open_index
from knowledge.storage.engine import open_engine
from knowledge.storage.four_eyes import OPERATOR
from knowledge.storage.store import KnowledgeStore

WHOLE_BELOW = 20
"""So small that the index of a test is extended, as a large one is."""


def now() -> datetime:
    """The time."""
    return datetime.now(UTC)


def direct(_: Limits) -> Reader:
    """Reads in this process."""
    return DirectReader()


def an_index(engine: Engine, home: Path) -> DocumentIndex:
    """The index of a home, with a quick embedder."""
    store = KnowledgeStore(engine, look_again_after=0.0)
    return open_index(store, HashingEmbedder(), home=home, clock=now, whole_below=WHOLE_BELOW)


def a_durable_ingestion(engine: Engine, home: Path, url: str, reader: str) -> Ingestion:
    """As the product has it; the job engine beside the database where that is a server."""
    database = url if url.startswith("postgresql") else None
    office = Office(clock=now, new_reader=WorkerReader if reader == "worker" else direct)
    return Ingestion(
        engine,
        KnowledgeStore(engine).documents,
        office,
        new_engine=lambda work, open_batches: DurableEngine(work, open_batches, home=home, database_url=database),
    )


def say(*words: str) -> None:
    """One line, at once and whole."""
    os.write(1, (" ".join(words) + "\n").encode())


def main(home: Path, url: str, inbox: Path, reader: str) -> None:
    """Take the inbox in, publish, index; say each thing that is then promised."""
    engine = open_engine(url)
    index = an_index(engine, home)
    ingestion = a_durable_ingestion(engine, home, url, reader)
    say("ready")
    with ingestion:
        batch = ingestion.submit_paths([inbox], actor="编辑甲", publish=True, approved_by=OPERATOR)
        say("kept", batch.id)

        def told(job: Job) -> None:
            say("ended", job.name, job.state.value)

        ingestion.wait(batch.id, told=told)
        for left in ingestion.batches():
            ingestion.wait(left.id)
        index.refresh()
        say("indexed")
    index.close()


def breed(home: Path, url: str, inbox: Path, reader: str) -> None:
    """A process for each line that is read; say its number, and when it is over."""
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                main(home, url, inbox, reader)
            finally:
                os._exit(0)
        say("born", str(child))
        os.waitpid(child, 0)
        say("over")


if __name__ == "__main__":
    breed(Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), sys.argv[4])
