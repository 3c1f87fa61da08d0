"""What has to be answerable by when: one working day before it takes effect."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from knowledge.life.calendar import doubt_about, last_working_day_before
from knowledge.life.work import Finding, Place, Severity, WorkKind, finding_id
from knowledge.passages import DocumentVersion, VersionState
from knowledge.wording.chinese import day as day_in_words

_LOOKS_BACK = timedelta(days=90)  # what took effect longer before it came in is backlog, not an alarm
_SOON = timedelta(days=14)


class DueState(StrEnum):
    """LATE: the deadline is over. TODAY: it is today. SOON: within two weeks. READY: it is answerable."""

    LATE = "late"
    TODAY = "today"
    SOON = "soon"
    LATER = "later"
    READY = "ready"


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A source with the day it takes effect and the last working day before, by which it must be answerable.

    `missing` says what keeps it from being answered; empty where nothing does. `doubt` says where the calendar is a
    guess.
    """

    source: str
    title: str
    version: str
    effective_from: date
    deadline: date
    state: DueState
    missing: str
    doubt: str | None

    @property
    def is_alarming(self) -> bool:
        """True where somebody has to act today."""
        return self.state in (DueState.LATE, DueState.TODAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """A source that begins on a day, when it came in, and what keeps it from being answered (empty: nothing)."""

    source: str
    title: str
    version: str
    begins: date
    came_in: date
    missing: str


def due_of(beginnings: Iterable[Beginning], today: date) -> tuple[Due, ...]:
    """The list, most urgent first. What is answerable and has begun is not on it."""
    found = [_due(b, today) for b in beginnings if _counts(b, today)]
    return tuple(sorted(found, key=lambda due: (due.state is DueState.READY, due.deadline, due.source)))


def _counts(beginning: Beginning, today: date) -> bool:
    if not beginning.missing:
        return beginning.begins > today
    return beginning.begins >= beginning.came_in - _LOOKS_BACK


def _due(beginning: Beginning, today: date) -> Due:
    deadline = last_working_day_before(beginning.begins)
    return Due(
        source=beginning.source,
        title=beginning.title,
        version=beginning.version,
        effective_from=beginning.begins,
        deadline=deadline,
        state=_state(deadline, today, is_ready=not beginning.missing),
        missing=beginning.missing,
        doubt=doubt_about(deadline, beginning.begins),
    )


def _state(deadline: date, today: date, *, is_ready: bool) -> DueState:
    if is_ready:
        return DueState.READY
    if today >= deadline:
        return DueState.LATE if today > deadline else DueState.TODAY
    return DueState.SOON if deadline - today <= _SOON else DueState.LATER


def beginning_of(version: DocumentVersion, came_in: date, is_found: Callable[[DocumentVersion], bool]) -> Beginning:
    """What a version lacks to be answered. `begins` is the day it came in where the document names none."""
    match version.state:
        case VersionState.DRAFT:
            missing = "还是草稿：需要另一位同事审核并发布"
        case VersionState.REVIEWED:
            missing = "已经审核，还没有发布"
        case _:
            missing = "" if is_found(version) else "已经发布，但搜索不到：请运行 xiaoshen doctor --repair"
    return Beginning(
        source=version.source,
        title=version.title,
        version=version.id,
        begins=version.effective_from or came_in,
        came_in=came_in,
        missing=missing,
    )


def finding_of(due: Due) -> Finding:
    """The piece of work that something due leaves."""
    day, deadline = day_in_words(due.effective_from), day_in_words(due.deadline)
    return Finding(
        id=finding_id(WorkKind.DUE, due.source, due.version),
        kind=WorkKind.DUE,
        code="not_answerable_in_time",
        severity=Severity.HIGH if due.is_alarming else Severity.MEDIUM,
        title=due.title,
        what=f"自{day}起施行，最迟应在{deadline}（前一个工作日）能够回答；{due.missing}",
        mend="请审核并发布这个版本",
        places=(Place(source=due.source, title=due.title, text=due.missing, version=due.version),),
        due=due.deadline,
    )
