"""Jobs in the database. Each call is one transaction; who claims a job is the only one to have it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, insert, select, update
from sqlalchemy.orm import Session

from ingest.errors import JobRefused, UnknownJob
from ingest.job_rows import as_batch, as_job, counted, with_version
from ingest.job_tables import BatchRow, JobRow
from ingest.jobs import OPEN_STATES, RETRIABLE, Batch, Job, JobState, state_of
from ingest.report import FileReport, Outcome
from knowledge.storage.engine import reading, writing
from knowledge.storage.tables import OriginalRow

_OPEN = tuple(sorted(OPEN_STATES))
_COUNTING = (*_OPEN, JobState.REVIEWING, JobState.DONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A file as it is queued. With a `report` it has come to its end already; `content` None where nothing is kept."""

    name: str
    path: str
    size: int
    sha256: str | None = None
    media_type: str = "application/octet-stream"
    content: bytes | None = None
    report: FileReport | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A job that this worker has begun."""

    id: str
    batch: str
    name: str
    path: str
    sha256: str
    attempts: int
    submitted_at: datetime
    actor: str
    publish: bool
    approved_by: str | None


class SqlJobs:
    """The rows of batches and jobs. What they mean is decided by its callers."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add_batch(self, batch_id: str, *, actor: str, publish: bool, approved_by: str | None, now: datetime) -> None:
        """Begin a batch."""
        row = BatchRow(id=batch_id, actor=actor, publish=publish, approved_by=approved_by, submitted_at=now)
        with writing(self._engine) as session:
            session.add(row)

    def add(self, batch_id: str, files: Sequence[Kept], *, first: int, now: datetime) -> None:
        """Keep the files and their jobs, all or none; a content that is kept already is kept once."""
        with writing(self._engine) as session:
            contents = {f.sha256: f for f in files if f.sha256 and f.content is not None}
            known = set(session.scalars(select(OriginalRow.sha256).where(OriginalRow.sha256.in_(contents))))
            fresh = [
                {"sha256": sha256, "media_type": f.media_type, "content": f.content}
                for sha256, f in contents.items()
                if sha256 not in known
            ]
            if fresh:
                session.execute(insert(OriginalRow), fresh)
            rows = [_new(batch_id, first + n, file, now) for n, file in enumerate(files)]
            if rows:
                session.execute(insert(JobRow), rows)

    def claim(self, batch_id: str, *, now: datetime) -> Claimed | None:
        """Begin the next queued job of the batch; None where none is left."""
        with writing(self._engine) as session:
            query = (
                select(JobRow)
                .where(JobRow.batch_id == batch_id, JobRow.state == JobState.QUEUED)
                .order_by(JobRow.ordinal)
                .limit(1)
                .with_for_update(skip_locked=True)
            )
            row = session.scalar(query)
            if row is None:
                return None
            row.state, row.begun_at, row.attempts = JobState.READING, now, row.attempts + 1
            batch = session.get_one(BatchRow, batch_id)
            return Claimed(
                id=row.id,
                batch=batch_id,
                name=row.name,
                path=row.path,
                sha256=row.sha256 or "",
                attempts=row.attempts,
                submitted_at=row.submitted_at,
                actor=batch.actor,
                publish=batch.publish,
                approved_by=batch.approved_by,
            )

    def release(self, batch_id: str) -> None:
        """Queue again what a worker had begun that is no more. Only for the one that runs the batch now."""
        with writing(self._engine) as session:
            session.execute(
                update(JobRow)
                .where(JobRow.batch_id == batch_id, JobRow.state == JobState.READING)
                .values(state=JobState.QUEUED, progress=0.0)
            )

    def progressed(self, job_id: str, progress: float) -> None:
        """Say how far a job is."""
        with writing(self._engine) as session:
            session.execute(
                update(JobRow).where(JobRow.id == job_id, JobRow.state == JobState.READING).values(progress=progress)
            )

    def is_wanted(self, job_id: str) -> bool:
        """False once somebody cancelled the job."""
        with reading(self._engine) as session:
            return session.scalar(select(JobRow.state).where(JobRow.id == job_id)) == JobState.READING

    def is_overtaken(self, name: str, batch_id: str, submitted_at: datetime) -> bool:
        """True where a file of this name was handed in later and is in, or on its way."""
        query = select(JobRow.id).where(
            JobRow.name == name,
            JobRow.batch_id != batch_id,
            JobRow.submitted_at > submitted_at,
            JobRow.sha256.is_not(None),
            JobRow.state.in_(_COUNTING),
        )
        with reading(self._engine) as session:
            return session.scalar(query.limit(1)) is not None

    def finish(self, job_id: str, report: FileReport, *, now: datetime, media_type: str | None = None) -> None:
        """Write a job's end, and what kind of file it was found to be."""
        with writing(self._engine) as session:
            row = _job(session, job_id)
            if media_type is not None:
                original = update(OriginalRow).where(OriginalRow.sha256 == row.sha256)
                session.execute(original.values(media_type=media_type))
            row.state, row.reason = state_of(report.outcome, published=report.published), report.reason
            row.progress, row.ended_at, row.version_id = 1.0, now, report.version_id
            row.report = report.as_json()

    def retry(self, job_id: str, *, reason: str) -> str:
        """Queue it again; the id of its batch."""
        with writing(self._engine) as session:
            row = _job(session, job_id)
            if JobState(row.state) not in RETRIABLE or row.sha256 is None:
                raise JobRefused(
                    f"Job {job_id} is {row.state} and cannot be read again. Upload the file again instead."
                )
            row.state, row.reason, row.report, row.ended_at = JobState.QUEUED, reason, None, None
            row.progress, row.attempts = 0.0, 0
            return row.batch_id

    def cancel(self, *, reason: str, now: datetime, job_id: str | None = None, batch_id: str | None = None) -> None:
        """End what is open of a job or of a batch."""
        which = JobRow.id == job_id if job_id is not None else JobRow.batch_id == batch_id
        with writing(self._engine) as session:
            for row in session.scalars(select(JobRow).where(which, JobRow.state.in_(_OPEN))):
                row.state, row.reason, row.ended_at = JobState.CANCELLED, reason, now
                row.report = FileReport(
                    name=row.name, path=row.path, outcome=Outcome.CANCELLED, reason=reason
                ).as_json()

    def content(self, sha256: str) -> bytes:
        """The bytes of a job's file."""
        with reading(self._engine) as session:
            content: bytes = session.scalars(select(OriginalRow.content).where(OriginalRow.sha256 == sha256)).one()
            return content

    def open_batches(self) -> tuple[str, ...]:
        """Batches with something queued or begun, oldest first."""
        query = (
            select(BatchRow.id)
            .where(BatchRow.id.in_(select(JobRow.batch_id).where(JobRow.state.in_(_OPEN))))
            .order_by(BatchRow.submitted_at)
        )
        with reading(self._engine) as session:
            return tuple(session.scalars(query))

    def batches(self, *, limit: int) -> tuple[Batch, ...]:
        """The newest first."""
        with reading(self._engine) as session:
            rows = session.scalars(
                select(BatchRow).order_by(BatchRow.submitted_at.desc(), BatchRow.id).limit(limit)
            ).all()
            counts = counted(session, [row.id for row in rows])
            return tuple(as_batch(row, counts.get(row.id, {})) for row in rows)

    def batch(self, batch_id: str) -> Batch:
        """Raises UnknownJob."""
        with reading(self._engine) as session:
            row = session.get(BatchRow, batch_id)
            if row is None:
                raise UnknownJob(f"No batch {batch_id}.")
            return as_batch(row, counted(session, [batch_id]).get(batch_id, {}))

    def jobs(
        self, batch_id: str | None, *, states: Iterable[JobState] = (), limit: int | None = None, offset: int = 0
    ) -> tuple[Job, ...]:
        """In their order; of all batches the newest first. What was published since is DONE."""
        query = with_version().limit(limit).offset(offset)
        if batch_id is not None:
            query = query.where(JobRow.batch_id == batch_id).order_by(JobRow.ordinal)
        else:
            query = query.order_by(JobRow.submitted_at.desc(), JobRow.ordinal)
        wanted = tuple(states)
        if wanted:
            query = query.where(JobRow.state.in_(wanted))
        with reading(self._engine) as session:
            return tuple(as_job(row, version) for row, version in session.execute(query))

    def ended(self, batch_id: str, since: datetime | None) -> tuple[Job, ...]:
        """Jobs of the batch that ended at that moment or later."""
        query = with_version().where(JobRow.batch_id == batch_id, JobRow.state.not_in(_OPEN)).order_by(JobRow.ended_at)
        if since is not None:
            query = query.where(JobRow.ended_at >= since)
        with reading(self._engine) as session:
            return tuple(as_job(row, version) for row, version in session.execute(query))

    def job(self, job_id: str) -> Job:
        """Raises UnknownJob."""
        with reading(self._engine) as session:
            found = session.execute(with_version().where(JobRow.id == job_id)).first()
            if found is None:
                raise UnknownJob(f"No job {job_id}.")
            return as_job(found[0], found[1])


def _new(batch_id: str, ordinal: int, file: Kept, now: datetime) -> dict[str, object]:
    report = file.report
    return {
        "id": f"{batch_id}-{ordinal}",
        "batch_id": batch_id,
        "ordinal": ordinal,
        "name": file.name,
        "path": file.path,
        "sha256": file.sha256,
        "size": file.size,
        "state": JobState.QUEUED if report is None else state_of(report.outcome, published=report.published),
        "reason": None if report is None else report.reason,
        "progress": 0.0 if report is None else 1.0,
        "attempts": 0,
        "submitted_at": now,
        "begun_at": None,
        "ended_at": None if report is None else now,
        "version_id": None if report is None else report.version_id,
        "report": None if report is None else report.as_json(),
    }


def _job(session: Session, job_id: str) -> JobRow:
    row = session.get(JobRow, job_id, with_for_update=True)
    if row is None:
        raise UnknownJob(f"No job {job_id}.")
    return row
