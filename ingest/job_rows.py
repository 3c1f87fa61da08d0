"""From rows to jobs and batches. A draft that somebody published since is done, whatever its job said then."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from pydantic import TypeAdapter
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from ingest.job_tables import BatchRow, JobRow
from ingest.jobs import Batch, Job, JobState
from ingest.report import FileReport
from knowledge.passages import VersionState
from knowledge.storage.tables import DocumentVersionRow

_REPORT = TypeAdapter(FileReport)
_WAITING = (VersionState.DRAFT, VersionState.REVIEWED)


def with_version() -> Select[JobRow, str | None]:
    """Jobs with the state that their version is in now."""
    version = DocumentVersionRow
    return select(JobRow, version.state).outerjoin(version, version.id == JobRow.version_id)


def as_job(row: JobRow, version_state: str | None) -> Job:
    """A job as it is now."""
    return Job(
        id=row.id,
        batch=row.batch_id,
        ordinal=row.ordinal,
        name=row.name,
        path=row.path,
        size=row.size,
        state=_state(row.state, version_state),
        reason=row.reason,
        progress=row.progress,
        attempts=row.attempts,
        submitted_at=row.submitted_at,
        begun_at=row.begun_at,
        ended_at=row.ended_at,
        report=None if row.report is None else _REPORT.validate_python(row.report),
    )


def as_batch(row: BatchRow, counts: Mapping[JobState, int]) -> Batch:
    """A batch with its counts."""
    return Batch(id=row.id, actor=row.actor, publish=row.publish, submitted_at=row.submitted_at, counts=counts)


def counted(session: Session, batch_ids: Sequence[str]) -> dict[str, dict[JobState, int]]:
    """How many jobs of each batch are in each state."""
    version = DocumentVersionRow
    query = (
        select(JobRow.batch_id, JobRow.state, version.state, func.count())
        .outerjoin(version, version.id == JobRow.version_id)
        .where(JobRow.batch_id.in_(batch_ids))
        .group_by(JobRow.batch_id, JobRow.state, version.state)
    )
    counts: defaultdict[str, dict[JobState, int]] = defaultdict(dict)
    for batch_id, job_state, version_state, count in session.execute(query):
        state = _state(job_state, version_state)
        counts[batch_id][state] = counts[batch_id].get(state, 0) + count
    return dict(counts)


def _state(job_state: str, version_state: str | None) -> JobState:
    state = JobState(job_state)
    published = version_state is not None and version_state not in _WAITING
    return JobState.DONE if state is JobState.REVIEWING and published else state
