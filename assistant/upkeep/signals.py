"""What the product can learn from: stopped answers, questions that went to a person, suggestions that a clerk changed.

Texts are masked before they become work. What a citizen deletes is not read here any more, and a crisis never is.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from sqlalchemy import Engine, or_, select
from sqlalchemy.orm import Session, aliased

from assistant.clerk.suggestion import REJECTIONS, Outcome
from assistant.clerk.tables import SuggestionOutcomeRow
from assistant.events import Why
from assistant.handoff.reasons import IN_CHINESE, Reason
from assistant.handoff.tables import TicketRow
from assistant.storage.tables import MessageRow
from guardrails import pii
from guardrails.normalizing import normalize
from knowledge.life.work import Finding, Place, Severity, WorkKind, finding_id
from knowledge.storage.engine import reading

STOPPED, HANDED_OVER = "guard_stopped", "handed_over"
REJECTED, REWRITTEN = "clerk_rejected", "clerk_rewrote"

_SHOWN, _LONGEST_SHOWN, _LONGEST_TITLE = 5, 300, 60
_NEVER_READ = frozenset({Reason.CRISIS.value})
# What a person is for is no fault of the product.
_NOT_OURS = frozenset({Reason.CLERK_ONLY.value, Reason.COMPLAINT.value})
_OFTEN = 5
_MOSTLY_KEPT = 0.8  # an edit that leaves more than this of a suggestion is a matter of taste
_IN_WORDS = {key.value: words for key, words in (*IN_CHINESE.items(), *REJECTIONS.items())}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Met:
    """One time that it happened, with the masked question."""

    code: str
    why: str
    item: str | None
    text: str
    at: datetime


def signals_in(engine: Engine, since: datetime) -> tuple[Finding, ...]:
    """One finding for each stopped question, and for each reason and item that went to a person; worst first."""
    met = [
        one
        for one in (*_stopped(engine, since), *_handed_over(engine, since), *_changed_by_clerks(engine, since))
        if one.text
    ]
    ordered = sorted(met, key=_subject)
    found = [_finding(subject, list(members)) for subject, members in groupby(ordered, key=_subject)]
    return tuple(sorted(found, key=lambda finding: (-finding.volume, finding.id)))


def _stopped(engine: Engine, since: datetime) -> Iterator[_Met]:
    asked, answer = aliased(MessageRow), aliased(MessageRow)
    query = (
        select(asked.text, asked.created_at, answer.item)
        .join(answer, answer.answers == asked.id)
        .where(asked.created_at >= since, answer.why == Why.GUARD_STOPPED)
        .order_by(asked.id)
    )
    with reading(engine) as session:
        for text, at, item in session.execute(query):
            yield _Met(code=STOPPED, why=Why.GUARD_STOPPED, item=item, text=_masked(text), at=at)


def _handed_over(engine: Engine, since: datetime) -> Iterator[_Met]:
    """Each ticket with the last question before it."""
    tickets = select(TicketRow).where(TicketRow.asked_at >= since, TicketRow.reason.not_in(_NEVER_READ | _NOT_OURS))
    with reading(engine) as session:
        for ticket in session.scalars(tickets.order_by(TicketRow.asked_at)).all():
            question = _question_before(session, ticket)
            if question:
                text = _masked(question)
                yield _Met(code=HANDED_OVER, why=ticket.reason, item=ticket.item, text=text, at=ticket.asked_at)


def _changed_by_clerks(engine: Engine, since: datetime) -> Iterator[_Met]:
    """Suggestions that a clerk rejected or wrote anew, with what had been asked; who the clerk was is not read."""
    outcome = SuggestionOutcomeRow
    changed = or_(
        outcome.outcome == Outcome.REJECTED,
        (outcome.outcome == Outcome.EDITED) & (outcome.kept_share < _MOSTLY_KEPT),
    )
    query = (
        select(outcome, TicketRow)
        .join(TicketRow, TicketRow.id == outcome.ticket_id)
        .where(outcome.at >= since, changed, TicketRow.reason.not_in(_NEVER_READ))
    )
    with reading(engine) as session:
        for row, ticket in session.execute(query.order_by(outcome.at)).all():
            question = _question_before(session, ticket)
            if question:
                code = REJECTED if row.outcome == Outcome.REJECTED else REWRITTEN
                yield _Met(code=code, why=row.reason or "", item=row.item, text=_masked(question), at=row.at)


def _question_before(session: Session, ticket: TicketRow) -> str | None:
    return session.scalar(
        select(MessageRow.text)
        .where(
            MessageRow.conversation_id == ticket.conversation,
            MessageRow.answers.is_(None),
            MessageRow.created_at <= ticket.asked_at,
        )
        .order_by(MessageRow.id.desc())
        .limit(1)
    )


def _masked(text: str) -> str:
    return pii.mask(normalize(text)).strip()[:_LONGEST_SHOWN]


def _subject(met: _Met) -> tuple[str, str, str]:
    """What counts as the same: a question that was stopped; a reason beside an item, or beside a question without."""
    return (met.code, met.why, met.text if met.code == STOPPED or met.item is None else f"items/{met.item}")


def _finding(subject: tuple[str, str, str], members: Sequence[_Met]) -> Finding:
    texts = list(dict.fromkeys(one.text for one in reversed(members)))[:_SHOWN]
    code, why, _ = subject
    last = max(one.at for one in members)
    item = next((one.item for one in members if one.item), None)
    return Finding(
        id=finding_id(WorkKind.SIGNAL, *subject),
        kind=WorkKind.SIGNAL,
        code=code,
        severity=Severity.HIGH if len(members) >= _OFTEN else Severity.MEDIUM,
        title=texts[0][:_LONGEST_TITLE],
        what=f"{len(members)}次，最近一次在{last:%Y-%m-%d}；{_told(code, why)}。",
        mend="看看能不能自己答：缺依据就补来源，问法没听懂就加一条问法，并存为评测样例。",
        places=tuple(
            Place(source=f"items/{item}" if item else "asked", title="市民的问法（已隐去个人信息）", text=text)
            for text in texts
        ),
        volume=len(members),
    )


def _told(code: str, why: str) -> str:
    if code == STOPPED:
        return "回答没有通过核对，没有发出去"
    if code == REWRITTEN:
        return "工作人员改写了建议的回复才发出"
    if code == REJECTED:
        return f"工作人员没有用建议的回复，原因是{_IN_WORDS.get(why, why) or '没有说明'}"
    return f"转给了工作人员，原因是{_IN_WORDS.get(why, why)}"
