"""Answers that somebody says are wrong: kept with the answer, counted, and turned into work for the editors."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, select
from sqlalchemy.orm import aliased

from assistant.operation.operation_tables import AnswerReportRow
from assistant.storage.tables import MessageRow, RatingRow
from guardrails import pii
from knowledge.life.work import Finding, Place, Severity, WorkKind, finding_id
from knowledge.storage.columns import storable
from knowledge.storage.engine import reading, writing

LONGEST_NOTE = 500
_LONGEST_SHOWN = 600
REASONS = {
    "wrong": "内容不对",
    "outdated": "内容过时",
    "not_my_question": "答非所问",
    "incomplete": "不完整",
    "harmful": "不当或有害",
    "other": "其他",
}
_GRAVE = ("harmful", "wrong")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What somebody says about one answer. `by` is `citizen` or the account of a clerk; `note` is masked when kept."""

    conversation: str
    client_id: str
    by: str
    reason: str
    note: str = ""


class AnswerReports:
    """Keeps reports in the database. Saying it again about the same answer does not count twice."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def keep(self, report: Report, at: datetime) -> str | None:
        """Keep it, and mark the answer as of no help; the id of the work it makes. None: there is no such answer."""
        asked = (MessageRow.conversation_id == report.conversation, MessageRow.client_id == report.client_id)
        with writing(self._engine) as session:
            question = session.scalar(select(MessageRow).where(*asked))
            found = select(MessageRow).where(MessageRow.answers == question.id) if question else None
            answer = session.scalar(found) if found is not None else None
            if answer is None:
                return None
            same = (AnswerReportRow.message_id == answer.id, AnswerReportRow.by == report.by)
            row = session.scalar(select(AnswerReportRow).where(*same))
            row = row or AnswerReportRow(message_id=answer.id, by=report.by)
            row.reason, row.note, row.at = report.reason, pii.mask(storable(report.note)[:LONGEST_NOTE]), at
            session.add(row)
            session.merge(RatingRow(message_id=answer.id, helpful=False, rated_at=at))
            return _work_id(answer.id)

    def findings(self, since: datetime) -> Sequence[Finding]:
        """One for each answer that was reported, with what was asked and said, masked."""
        asked, answer = aliased(MessageRow), aliased(MessageRow)
        query = (
            select(answer.id, asked.text, answer.text, AnswerReportRow.reason, AnswerReportRow.note, AnswerReportRow.by)
            .join(answer, answer.id == AnswerReportRow.message_id)
            .join(asked, asked.id == answer.answers)
            .where(AnswerReportRow.at >= since)
            .order_by(AnswerReportRow.id)
        )
        by_answer: dict[int, list[_Told]] = {}
        with reading(self._engine) as session:
            for message, question, said, reason, note, by in session.execute(query):
                by_answer.setdefault(message, []).append(_Told(question, said, reason, note, by))
        return [_finding(message, told) for message, told in by_answer.items()]


@dataclass(frozen=True, slots=True)
class _Told:
    question: str
    answer: str
    reason: str
    note: str
    by: str


def _finding(message: int, told: Sequence[_Told]) -> Finding:
    first = told[0]
    question, answer = _shown(first.question), _shown(first.answer)
    whom = "、".join(dict.fromkeys("市民" if one.by == "citizen" else f"工作人员{one.by}" for one in told))
    why = "、".join(dict.fromkeys(REASONS.get(one.reason, one.reason) for one in told))
    notes = "；".join(filter(None, (one.note for one in told)))
    return Finding(
        id=_work_id(message),
        kind=WorkKind.REPORTED,
        code="answer_reported",
        severity=Severity.HIGH if any(one.reason in _GRAVE for one in told) else Severity.MEDIUM,
        title=question[:60] or "（没有文字的提问）",
        what=f"{whom}认为这条回答{why}。{f'说明：{notes}' if notes else ''}",
        mend="对照来源核实；确有错误的，改正依据并存为评测样例，防止再犯。",
        places=(
            Place(source="asked", title="提问", text=question),
            Place(source="asked", title="回答", text=answer),
        ),
        volume=len(told),
    )


def _work_id(message: int) -> str:
    return finding_id(WorkKind.REPORTED, str(message))


def _shown(text: str) -> str:
    return pii.mask(text)[:_LONGEST_SHOWN]
