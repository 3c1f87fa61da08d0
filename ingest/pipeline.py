"""Ingestion put together: files are handed in, kept as jobs, and worked off by an engine that outlives the process."""

import time
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Self

from sqlalchemy import Engine

from ingest.engines import InlineEngine, JobEngine, Work
from ingest.intake import Intake, Order
from ingest.jobs import Batch, Job, JobState, Upload
from ingest.limits import Limits
from ingest.report import IngestReport
from ingest.resembling import Likenesses
from ingest.sql_jobs import SqlJobs
from ingest.worker import Reader, WorkerReader
from ingest.working import BatchWorker
from knowledge.storage.documents import DocumentDrafts

_BETWEEN_LOOKS = 0.1
_LONGEST_PAUSE = 1.0

NewEngine = Callable[[Work, Callable[[], Sequence[str]]], JobEngine]


def inline(work: Work, _: Callable[[], Sequence[str]]) -> JobEngine:
    """The engine that works a batch off before `submit` returns."""
    return InlineEngine(work)


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """What ingestion needs of its surroundings."""

    clock: Callable[[], datetime]
    region: str = "上海市"
    limits: Limits = field(default_factory=Limits)
    new_id: Callable[[], str] = lambda: uuid.uuid4().hex
    new_reader: Callable[[Limits], Reader] = WorkerReader
    readers: int = 2


class Ingestion:
    """Implements `IngestJobs`. Safe to share between threads; the engine starts with the first call that needs it."""

    def __init__(
        self, engine: Engine, drafts: DocumentDrafts, office: Office, *, new_engine: NewEngine = inline
    ) -> None:
        self._jobs = SqlJobs(engine)
        self._clock = office.clock
        self._intake = Intake(
            jobs=self._jobs, drafts=drafts, limits=office.limits, clock=office.clock, new_id=office.new_id
        )
        self._worker = BatchWorker(
            jobs=self._jobs,
            drafts=drafts,
            likenesses=Likenesses(engine),
            new_reader=lambda: office.new_reader(office.limits),
            clock=office.clock,
            limits=office.limits,
            region=office.region,
            readers=office.readers,
        )
        self._new_engine = new_engine
        self._engine: JobEngine | None = None
        self._lock = Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self) -> JobEngine:
        """Start the engine; what an earlier process left unfinished goes on."""
        with self._lock:
            if self._engine is None:
                self._engine = self._new_engine(self._worker.work_off, self._jobs.open_batches)
            return self._engine

    def close(self) -> None:
        """Finish the files that are being read; the rest is done by the next process that opens the home."""
        with self._lock:
            engine, self._engine = self._engine, None
        if engine is not None:
            engine.close()

    def submit(
        self, uploads: Iterable[Upload], *, actor: str, publish: bool = False, approved_by: str | None = None
    ) -> Batch:
        """See `IngestJobs.submit`."""
        order = Order(actor=actor, publish=publish, approved_by=approved_by)
        return self._begun(self._intake.uploads(uploads, order))

    def submit_paths(
        self, paths: Sequence[Path], *, actor: str, publish: bool = False, approved_by: str | None = None
    ) -> Batch:
        """See `IngestJobs.submit_paths`."""
        order = Order(actor=actor, publish=publish, approved_by=approved_by)
        return self._begun(self._intake.paths(paths, order))

    def _begun(self, batch_id: str) -> Batch:
        batch = self._jobs.batch(batch_id)
        if not batch.open:
            return batch
        self.start().begin(batch_id)
        return self._jobs.batch(batch_id)

    def batches(self, *, limit: int = 50) -> tuple[Batch, ...]:
        """See `IngestJobs.batches`."""
        return self._jobs.batches(limit=limit)

    def batch(self, batch_id: str) -> Batch:
        """See `IngestJobs.batch`."""
        return self._jobs.batch(batch_id)

    def jobs(
        self, batch_id: str | None = None, *, states: Iterable[JobState] = (), limit: int = 500, offset: int = 0
    ) -> tuple[Job, ...]:
        """See `IngestJobs.jobs`."""
        return self._jobs.jobs(batch_id, states=states, limit=limit, offset=offset)

    def job(self, job_id: str) -> Job:
        """See `IngestJobs.job`."""
        return self._jobs.job(job_id)

    def retry(self, job_id: str, *, actor: str) -> Job:
        """See `IngestJobs.retry`. The version is saved in the name of who submitted the batch."""
        self.start().begin(self._jobs.retry(job_id, reason=f"{actor} 要求重新读取"))
        return self._jobs.job(job_id)

    def cancel(self, job_id: str, *, actor: str) -> Job:
        """See `IngestJobs.cancel`."""
        self._jobs.cancel(job_id=job_id, reason=f"已由 {actor} 取消", now=self._clock())
        return self._jobs.job(job_id)

    def cancel_batch(self, batch_id: str, *, actor: str) -> Batch:
        """See `IngestJobs.cancel_batch`."""
        self._jobs.cancel(batch_id=batch_id, reason=f"已由 {actor} 取消", now=self._clock())
        return self._jobs.batch(batch_id)

    def report(self, batch_id: str) -> IngestReport:
        """See `IngestJobs.report`."""
        return IngestReport(tuple(job.report for job in self._jobs.jobs(batch_id) if job.report is not None))

    def wait(self, batch_id: str, *, told: Callable[[Job], None] | None = None) -> IngestReport:
        """See `IngestJobs.wait`. The engine must run here or in another process of the home."""
        known: set[str] = set()
        since: datetime | None = None
        pause = _BETWEEN_LOOKS
        while True:
            is_over = not self._jobs.batch(batch_id).open
            fresh = [job for job in self._jobs.ended(batch_id, since) if job.id not in known]
            for job in fresh:
                known.add(job.id)
                since = job.ended_at
                if told is not None:
                    told(job)
            if is_over:
                return self.report(batch_id)
            pause = _BETWEEN_LOOKS if fresh else min(_LONGEST_PAUSE, pause * 1.3)
            time.sleep(pause)
