"""A ticket: one citizen's wish for a person. Its state is nothing but what its log says; `derive` proves it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntEnum, StrEnum

from assistant.handoff.happenings import Choice, FormStep, Happening, Kind, Side, Visit
from assistant.handoff.promise import Promise
from assistant.handoff.reasons import Reason, head_start


class State(StrEnum):
    """Where a ticket stands."""

    CLOSED_NOW = "closed_now"  # nobody is on duty; the citizen was told at once and may choose
    WAITING = "waiting"
    OFFERED = "offered"
    ACCEPTED = "accepted"  # a clerk has it and has not said anything yet
    TALKING = "talking"
    OWED_CALL = "owed_call"  # somebody will call the citizen at `call_at`
    ENDED = "ended"


LIVE = frozenset({State.ACCEPTED, State.TALKING})
"""A person has it: Xiao Shen is silent."""
IN_LINE = frozenset({State.WAITING, State.OFFERED})


class Tier(IntEnum):
    """Who may take a ticket; a later one includes the earlier."""

    MATCHING = 0  # who knows the department or item, works for the district and speaks the language
    WIDENED = 1  # whoever speaks the language
    EVERYBODY = 2  # also who helps out: leading cadres (领导帮办)


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What a ticket is about, as far as it is known: what routing looks at."""

    reason: Reason
    item: str | None = None
    department: str | None = None
    district: str | None = None
    language: str = "zh"
    case: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ticket:
    """What holds after the log so far. `seq` is the number of its last line.

    `waiting_since` starts the sixty seconds and starts again where a person had spoken already and went silent.
    `rank_at` orders the line: when the citizen first asked, earlier by the head start of the reason.
    """

    id: str
    conversation: str
    subject: Subject
    state: State = State.WAITING
    tier: Tier = Tier.MATCHING
    asked_at: datetime
    waiting_since: datetime
    rank_at: datetime
    widen_at: datetime | None = None
    escalate_at: datetime | None = None
    choice_at: datetime | None = None
    choice_offered_at: datetime | None = None
    choice: Choice | None = None
    estimate: int | None = None
    offered_to: str | None = None
    offered_until: datetime | None = None
    passed: tuple[str, ...] = ()
    clerk: str | None = None
    helpers: tuple[str, ...] = ()
    accepted_at: datetime | None = None
    answered_at: datetime | None = None
    answer_by: datetime | None = None
    call_at: datetime | None = None
    is_call: bool = False
    calls: int = 0
    ended_at: datetime | None = None
    ending: str | None = None
    stars: int | None = None
    seq: int = 0

    @property
    def is_live(self) -> bool:
        """A person has it."""
        return self.state in LIVE

    @property
    def speakers(self) -> frozenset[str]:
        """The clerks who may speak in it."""
        return frozenset({*self.helpers, *([self.clerk] if self.clerk else [])})


_CHOOSING = frozenset({*IN_LINE, State.ACCEPTED, State.CLOSED_NOW, State.OWED_CALL})


def may_choose(ticket: Ticket) -> bool:
    """Whether the citizen can choose now; while somebody talks with them only where that clerk offered a call."""
    if ticket.state is State.TALKING and ticket.accepted_at is not None:
        return ticket.choice_offered_at is not None and ticket.choice_offered_at >= ticket.accepted_at
    return ticket.state in _CHOOSING


def is_offered_a_choice(ticket: Ticket) -> bool:
    """Whether the choices are shown: what was offered while they waited is over once a clerk has come."""
    offered = ticket.choice_offered_at
    if offered is None or not may_choose(ticket):
        return False
    return not ticket.is_live or ticket.accepted_at is None or offered >= ticket.accepted_at


def begin(ticket_id: str, conversation: str, subject: Subject, at: datetime) -> Ticket:
    """A ticket before its first line."""
    return Ticket(id=ticket_id, conversation=conversation, subject=subject, asked_at=at, waiting_since=at, rank_at=at)


def derive(start: Ticket, log: Iterable[Happening], promise: Promise) -> Ticket:
    """The ticket after its whole log."""
    for happening in log:
        start = apply(start, happening, promise)
    return start


def apply(ticket: Ticket, new: Happening, promise: Promise) -> Ticket:  # noqa: C901, PLR0911, PLR0912  one case a kind
    """The ticket after one more line. What may follow what is decided before a line is written, not here."""
    ticket = replace(ticket, seq=new.seq or ticket.seq + 1)
    match new.kind:
        case Kind.REQUESTED | Kind.FLAGGED:
            return ticket
        case Kind.CLOSED_NOW:
            return replace(ticket, state=State.CLOSED_NOW, call_at=new.until, choice_offered_at=new.at)
        case Kind.QUEUED:
            return replace(_waiting_from(ticket, new.at, promise), estimate=new.number)
        case Kind.WIDENED:
            return replace(ticket, tier=max(ticket.tier, Tier.WIDENED))
        case Kind.ESCALATED:
            return replace(ticket, tier=Tier.EVERYBODY)
        case Kind.CHOICE_OFFERED:
            return replace(ticket, choice_offered_at=new.at)
        case Kind.CHOSE:
            return _chosen(ticket, new)
        case Kind.OFFERED:
            asked_all = new.about in ticket.passed  # everybody who could was asked: the round begins again
            passed = () if asked_all else ticket.passed
            return replace(ticket, state=State.OFFERED, offered_to=new.about, offered_until=new.until, passed=passed)
        case Kind.PASSED:
            return _back_in_line(replace(ticket, passed=(*ticket.passed, *([new.about] if new.about else []))))
        case Kind.ACCEPTED:
            return _accepted(ticket, new)
        case Kind.MESSAGE:
            return _spoken(ticket, new)
        case Kind.CLERK_LOST:
            return _lost(ticket, new, promise)
        case Kind.TRANSFERRED:
            return _transferred(ticket, new, promise)
        case Kind.JOINED:
            return replace(ticket, helpers=tuple(dict.fromkeys((*ticket.helpers, *([new.by] if new.by else [])))))
        case Kind.LEFT:
            return replace(ticket, helpers=tuple(helper for helper in ticket.helpers if helper != new.by))
        case Kind.FORM:
            agreed = new.word == FormStep.AGREED and new.about
            return replace(ticket, subject=replace(ticket.subject, case=new.about)) if agreed else ticket
        case Kind.CALL_DUE:
            return replace(_waiting_from(ticket, new.at, promise), is_call=True, tier=Tier.WIDENED)
        case Kind.CALLED:
            return _called(ticket, new)
        case Kind.RESOLVED | Kind.WITHDRAWN | Kind.ABANDONED:
            return _ended(ticket, new.at, new.word or new.kind.value)
        case Kind.REOPENED:
            fresh = replace(ticket, rank_at=new.at, ended_at=None, ending=None, stars=None, is_call=False)
            return _waiting_from(fresh, new.at, promise)
        case Kind.RATED:
            return replace(ticket, stars=new.number)
        case Kind.VISITED:
            received = new.word == Visit.CAME
            return replace(ticket, ending=new.word, clerk=new.by if received else ticket.clerk)


def _waiting_from(ticket: Ticket, at: datetime, promise: Promise) -> Ticket:
    """In line, with the promise beginning now. Danger goes to whoever is there first."""
    reason = ticket.subject.reason
    urgent = head_start(reason)
    return replace(
        _back_in_line(ticket),
        tier=Tier.EVERYBODY if urgent else Tier.MATCHING,
        waiting_since=at,
        rank_at=min(ticket.rank_at, at) if ticket.accepted_at else at - urgent,
        widen_at=at + promise.widen,
        escalate_at=at + promise.escalate,
        choice_at=at + promise.choice,
        choice_offered_at=None,
        choice=None,
        call_at=None,
        passed=(),
    )


def _back_in_line(ticket: Ticket) -> Ticket:
    return replace(
        ticket,
        state=State.WAITING,
        offered_to=None,
        offered_until=None,
        clerk=None,
        helpers=(),
        answer_by=None,
    )


def _chosen(ticket: Ticket, new: Happening) -> Ticket:
    choice = Choice(new.word or Choice.KEEP_WAITING)
    chosen = replace(ticket, choice=choice)
    match choice:
        case Choice.KEEP_WAITING:
            return replace(chosen, choice_offered_at=None) if ticket.is_live else chosen
        case Choice.WINDOW:
            return _ended(replace(chosen, call_at=new.until), new.at, Choice.WINDOW.value)
        case Choice.CALL_BACK | Choice.LEAVE_CONTACT:
            return replace(_back_in_line(chosen), state=State.OWED_CALL, call_at=new.until)


def _accepted(ticket: Ticket, new: Happening) -> Ticket:
    taken = replace(_back_in_line(ticket), state=State.ACCEPTED, clerk=new.by, accepted_at=new.at)
    return replace(taken, answer_by=None if ticket.is_call else new.until)


def _spoken(ticket: Ticket, new: Happening) -> Ticket:
    if new.side is Side.CLERK:
        return replace(ticket, state=State.TALKING, answered_at=ticket.answered_at or new.at, answer_by=None)
    if new.side is Side.CITIZEN and ticket.state is State.TALKING:
        return replace(ticket, answer_by=ticket.answer_by or new.until)
    return ticket


def _lost(ticket: Ticket, new: Happening, promise: Promise) -> Ticket:
    """Back at the old place in line. Who had been answered gets a new promise, who had not keeps the running one."""
    passed = (*ticket.passed, *([new.about] if new.about else []))
    if ticket.state is State.TALKING:
        ticket = _waiting_from(ticket, new.at, promise)
    tier = max(ticket.tier, Tier.WIDENED)
    return replace(_back_in_line(ticket), passed=passed, tier=tier)


def _transferred(ticket: Ticket, new: Happening, promise: Promise) -> Ticket:
    giver = (new.by,) if new.by else ()
    subject = replace(ticket.subject, department=new.word or ticket.subject.department)
    waiting = replace(_waiting_from(ticket, new.at, promise), subject=subject, passed=giver)
    if new.about is None:
        return waiting
    return replace(waiting, state=State.OFFERED, offered_to=new.about, offered_until=new.until)


def _called(ticket: Ticket, new: Happening) -> Ticket:
    counted = replace(ticket, calls=ticket.calls + 1)
    if new.word == "reached":
        return replace(counted, answered_at=ticket.answered_at or new.at)
    if new.until is None:
        return _ended(counted, new.at, "not_reached")
    return replace(_back_in_line(counted), state=State.OWED_CALL, call_at=new.until)


def _ended(ticket: Ticket, at: datetime, ending: str) -> Ticket:
    call_at = ticket.call_at if ticket.choice is Choice.WINDOW else None
    return replace(
        _back_in_line(ticket), state=State.ENDED, clerk=ticket.clerk, call_at=call_at, ended_at=at, ending=ending
    )
