"""Evaluation cases saved while looking at what the product finds, exported in the form of the contract."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Engine, func, select

from assistant.storage.console_tables import EvaluationCaseRow
from knowledge.storage.engine import reading, writing


class CaseTask(StrEnum):
    """What a line is for: an evaluation, or the ways of asking that recognition learns from."""

    RECOGNITION = "recognition"
    ANSWERS = "answers"
    ASKING = "asking"  # a way of asking, proposed for corpus/asking


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedCase:
    """A case, who saved it and why."""

    id: int
    task: CaseTask
    content: Mapping[str, object]
    note: str
    saved_at: datetime
    saved_by: str


class EvaluationCases:
    """Keeps cases in the database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def save(self, task: CaseTask, content: Mapping[str, object], *, note: str, now: datetime, actor: str) -> SavedCase:
        """Keep a case; its `id` in the export is `console-<number>`."""
        row = EvaluationCaseRow(task=task, content=dict(content), note=note, saved_at=now, saved_by=actor)
        with writing(self._engine) as session:
            session.add(row)
            session.flush()
            return _case(row)

    def all(self, *, offset: int = 0, limit: int = 50) -> tuple[SavedCase, ...]:
        """Cases, the newest first."""
        query = select(EvaluationCaseRow).order_by(EvaluationCaseRow.id.desc()).offset(offset).limit(limit)
        with reading(self._engine) as session:
            return tuple(_case(row) for row in session.scalars(query))

    def count(self) -> int:
        """How many there are."""
        with reading(self._engine) as session:
            return session.scalar(select(func.count()).select_from(EvaluationCaseRow)) or 0

    def lines(self, task: CaseTask) -> Iterator[str]:
        """The cases of a task as JSON lines, the oldest first."""
        query = select(EvaluationCaseRow).where(EvaluationCaseRow.task == task).order_by(EvaluationCaseRow.id)
        with reading(self._engine) as session:
            for row in session.scalars(query):
                name = {} if task is CaseTask.ASKING else {"id": f"console-{row.id}"}  # its file knows no ids
                yield json.dumps(name | dict(row.content), ensure_ascii=False) + "\n"


def _case(row: EvaluationCaseRow) -> SavedCase:
    return SavedCase(
        id=row.id,
        task=CaseTask(row.task),
        content=row.content,
        note=row.note,
        saved_at=row.saved_at,
        saved_by=row.saved_by,
    )
