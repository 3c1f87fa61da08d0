"""The work lists in the database: every change in one transaction, with an entry in the log."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date, datetime

from pydantic import TypeAdapter
from sqlalchemy import Engine, select

from knowledge.errors import UnknownWork
from knowledge.life.keeping import (
    finished,
    found_again,
    left_aside,
    not_found,
    opened_again,
    taken,
    unknown,
    with_draft,
)
from knowledge.life.work import Finding, Step, Work, WorkKind, WorkState, rank_of
from knowledge.storage.documents import LifeEvent
from knowledge.storage.engine import reading, sole_writer
from knowledge.storage.log import Hand, history_of, note
from knowledge.storage.tables import WorkRow

_FINDING = TypeAdapter(Finding)  # the edge: JSON of the database


class SqlWorkList:
    """Implements `knowledge.life.work.WorkList` on SQLite or PostgreSQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def report(self, kinds: Collection[WorkKind], findings: Sequence[Finding], *, now: datetime) -> None:
        """See `WorkList.report`."""
        found = {finding.id: finding for finding in findings if finding.kind in kinds}
        with sole_writer(self._engine) as session:
            rows = {row.id: row for row in session.scalars(select(WorkRow).where(WorkRow.kind.in_(kinds)))}
            for row in rows.values():
                if row.id not in found:
                    _write(row, not_found(_read(row), now))
            for finding in found.values():
                known = rows.get(finding.id)
                work = found_again(_read(known) if known else None, finding, now)
                row = known or WorkRow(id=finding.id, kind=finding.kind)
                _write(row, work)
                if known is None:
                    session.add(row)

    def list(self, kind: WorkKind | None = None, *, states: Collection[WorkState] = ()) -> tuple[Work, ...]:
        """See `WorkList.list`."""
        query = select(WorkRow)
        if kind is not None:
            query = query.where(WorkRow.kind == kind)
        if states:
            query = query.where(WorkRow.state.in_(states))
        with reading(self._engine) as session:
            return tuple(sorted((_read(row) for row in session.scalars(query)), key=rank_of))

    def one(self, work_id: str) -> Work:
        """See `WorkList.one`."""
        with reading(self._engine) as session:
            row = session.get(WorkRow, work_id)
            if row is None:
                raise UnknownWork(unknown(work_id))
            return _read(row)

    def take(self, work_id: str, step: Step, *, due: date | None = None) -> Work:
        """See `WorkList.take`."""
        return self._change(work_id, step, "taken", lambda known: taken(known, step, due))

    def finish(self, work_id: str, step: Step) -> Work:
        """See `WorkList.finish`."""
        return self._change(work_id, step, "done", lambda known: finished(known, step))

    def set_aside(self, work_id: str, step: Step) -> Work:
        """See `WorkList.set_aside`."""
        return self._change(work_id, step, "set_aside", lambda known: left_aside(known, step))

    def reopen(self, work_id: str, step: Step) -> Work:
        """See `WorkList.reopen`."""
        return self._change(work_id, step, "reopened", lambda known: opened_again(known, step))

    def drafted(self, work_id: str, version_id: str, step: Step) -> Work:
        """See `WorkList.drafted`."""
        return self._change(work_id, step, "drafted", lambda known: with_draft(known, version_id, step))

    def history(self, work_id: str) -> tuple[LifeEvent, ...]:
        """What people did with a piece of work, oldest first."""
        with reading(self._engine) as session:
            return history_of(session, f"work/{work_id}")

    def _change(self, work_id: str, step: Step, action: str, change: Callable[[Work], Work]) -> Work:
        with sole_writer(self._engine) as session:
            row = session.get(WorkRow, work_id)
            if row is None:
                raise UnknownWork(unknown(work_id))
            work = change(_read(row))
            _write(row, work)
            hand = Hand(at=step.at, actor=step.actor, why=step.reason)
            note(session, hand, action=action, source=f"work/{work_id}", version_id=work.draft or "")
            return work


def _read(row: WorkRow) -> Work:
    return Work(
        finding=_finding(row.finding),
        state=WorkState(row.state),
        owner=row.owner,
        due=row.due,
        reason=row.reason,
        draft=row.draft,
        found_at=row.found_at,
        seen_at=row.seen_at,
    )


def _finding(kept: Mapping[str, object]) -> Finding:
    return _FINDING.validate_python(kept)


def _write(row: WorkRow, work: Work) -> None:
    row.state = work.state
    row.finding = _FINDING.dump_python(work.finding, mode="json")
    row.owner, row.due, row.reason, row.draft = work.owner, work.due, work.reason, work.draft
    row.found_at, row.seen_at = work.found_at, work.seen_at
