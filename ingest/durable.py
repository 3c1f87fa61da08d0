"""The durable job engine: DBOS in this process, on a SQLite file of the home or in PostgreSQL; no server of its own."""

import fcntl
import logging
import os
import sqlite3
import uuid
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from pathlib import Path
from threading import Condition, Event, Lock, Thread
from typing import IO

from dbos import DBOS, DBOSConfig, SetWorkflowID, error
from sqlalchemy.exc import SQLAlchemyError

from ingest.engines import Work

_log = logging.getLogger(__name__)

_QUEUE = "ingest"
_LOOK_EVERY = 0.1  # seconds between two looks at the queue
_WATCH_EVERY = 2.0
_SLOTS = 64
_UNFINISHED = ["PENDING"]
_VERSION = "ingest-1"  # stays: jobs that an older release began are finished by the next one


class _Desk:
    """Where the one workflow of this process finds its work. DBOS is one a process and knows functions by name only."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.work: Work | None = None
        self.stop = Event()
        self.quiet = Condition()
        self.running = 0

    def work_off(self, batch_id: str) -> None:
        work, stop = self.work, self.stop
        if work is None or stop.is_set():
            return
        with self.quiet:
            self.running += 1
        try:
            work(batch_id, stop)
        finally:
            with self.quiet:
                self.running -= 1
                self.quiet.notify_all()

    def wait_until_quiet(self) -> None:
        with self.quiet:
            self.quiet.wait_for(lambda: self.running == 0)


_desk = _Desk()


@DBOS.workflow(name="ingest_batch")
def ingest_batch(batch_id: str) -> None:
    """Work a batch off. The jobs of the batch are its checkpoints, so it may be begun again at any point."""
    _work_off(batch_id)


@DBOS.step(name="work_off")
def _work_off(batch_id: str) -> None:
    _desk.work_off(batch_id)


class DurableEngine:
    """Implements `JobEngine`. One at a time in a process.

    A process takes a numbered slot of the home, held by a lock that dies with it. Work that a dead process left behind
    under its slot is queued again by whoever starts next, or notices while it runs.
    """

    def __init__(
        self,
        work: Work,
        open_batches: Callable[[], Sequence[str]],
        *,
        home: Path,
        database_url: str | None = None,
        beside: int = 2,
    ) -> None:
        self._open_batches = open_batches
        self._folder = home / "jobs"
        self._folder.mkdir(parents=True, exist_ok=True)
        self._slots: dict[int, IO[str]] = {}
        self._closing = Event()
        if not _desk.lock.acquire(blocking=False):
            raise RuntimeError("A job engine runs in this process already; close it first.")
        try:
            self._launch(work, database_url, beside)
        except BaseException:
            self._let_go()
            raise
        self._watch = Thread(target=self._watching, name="ingest-watch", daemon=True)
        self._watch.start()

    def _launch(self, work: Work, database_url: str | None, beside: int) -> None:
        self._place = _place_of(self._folder)
        slot = next(number for number in range(_SLOTS) if self._takes(number))
        _desk.work, _desk.stop = work, Event()
        config: DBOSConfig = {
            "name": "xiaoshen",
            "system_database_url": database_url or _own_file(self._folder / "jobs.db"),
            "executor_id": self._executor(slot),
            "application_version": _VERSION,
            "log_level": "ERROR",
            "notification_listener_polling_interval_sec": 0.05,
        }
        DBOS(config=config)
        DBOS.launch()
        self._queue = DBOS.register_queue(_QUEUE, worker_concurrency=beside, polling_interval_sec=_LOOK_EVERY)
        self._take_over()

    def begin(self, batch_id: str) -> None:
        """Queue the batch. Each time is a run of its own: the first has the batch's id, so it is queued once."""
        runs = DBOS.list_workflows(workflow_id_prefix=batch_id, load_input=False, load_output=False)
        if any(run.status in {"PENDING", "ENQUEUED"} for run in runs):
            return
        with SetWorkflowID(f"{batch_id}-run{len(runs)}"):
            self._queue.enqueue(ingest_batch, batch_id)

    def close(self) -> None:
        """Finish the files that are being read, and stop."""
        self._closing.set()
        _desk.stop.set()
        self._watch.join()
        _desk.wait_until_quiet()
        DBOS.destroy(workflow_completion_timeout_sec=0)
        self._let_go()

    def _let_go(self) -> None:
        _desk.work = None
        for held in self._slots.values():
            held.close()
        self._slots.clear()
        _desk.lock.release()

    def _watching(self) -> None:
        while not self._closing.wait(_WATCH_EVERY):
            try:
                self._take_over()
            except (SQLAlchemyError, error.DBOSException, OSError) as trouble:
                _log.warning("ingestion jobs cannot be looked after now: %s", trouble)

    def _take_over(self) -> None:
        """Queue again what dead processes of this home had begun, and what was kept but never queued."""
        for path in self._folder.glob("slot-*.lock"):
            number = int(path.stem.removeprefix("slot-"))
            if number in self._slots or not self._takes(number):
                continue
            try:
                left = DBOS.list_workflows(
                    status=_UNFINISHED, executor_id=self._executor(number), load_input=False, load_output=False
                )
                for run in left:
                    DBOS.resume_workflow(run.workflow_id, queue_name=_QUEUE)
            finally:
                self._slots.pop(number).close()
        for batch_id in self._open_batches():
            self.begin(batch_id)

    def _takes(self, number: int) -> bool:
        file = (self._folder / f"slot-{number}.lock").open("w")
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            return False
        self._slots[number] = file
        return True

    def _executor(self, number: int) -> str:
        return f"{self._place}-{number}"


def _place_of(folder: Path) -> str:
    """A name of this home that no other home has: several may share one PostgreSQL."""
    path = folder / "place"
    if not path.is_file():
        aside = folder / f"place.{os.getpid()}"
        aside.write_text(uuid.uuid4().hex[:12], encoding="utf-8")
        with suppress(FileExistsError):
            os.link(aside, path)
        aside.unlink()
    return path.read_text(encoding="utf-8").strip()


def _own_file(path: Path) -> str:
    """The engine's own file, in WAL mode: its commits then cost one flush."""
    with closing(sqlite3.connect(path, timeout=30.0)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    return f"sqlite:///{path.resolve()}"
