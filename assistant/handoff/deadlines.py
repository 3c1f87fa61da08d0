"""What a ticket's deadlines demand at a moment: pure, so that whoever is up can keep the promise."""

from collections.abc import Iterator
from datetime import datetime

from assistant.handoff.happenings import Happening, Kind
from assistant.handoff.ticket import State, Ticket, Tier


def due_at(ticket: Ticket) -> datetime | None:
    """The next moment at which something has to be done for the ticket; None where nothing is pending."""
    match ticket.state:
        case State.WAITING:
            moments = _promised(ticket)
        case State.OFFERED:
            moments = (*_promised(ticket), ticket.offered_until)
        case State.ACCEPTED:
            moments = (_choice_due(ticket), ticket.answer_by)
        case State.TALKING:
            moments = (ticket.answer_by,)
        case State.OWED_CALL | State.CLOSED_NOW:
            moments = (ticket.call_at,)
        case State.ENDED:
            moments = ()
    known = [moment for moment in moments if moment is not None]
    return min(known, default=None)


def demanded(ticket: Ticket, now: datetime) -> Iterator[Happening]:
    """What has to be logged now. Apply each before asking again: one deadline can make another one."""
    if _is_past(ticket.offered_until, now) and ticket.state is State.OFFERED:
        yield Happening(kind=Kind.PASSED, at=now, about=ticket.offered_to, word="expired")
    if _is_past(ticket.answer_by, now) and ticket.state in {State.ACCEPTED, State.TALKING}:
        yield Happening(kind=Kind.CLERK_LOST, at=now, about=ticket.clerk, word="silent")
    if _is_past(ticket.call_at, now) and ticket.state is State.OWED_CALL:
        yield Happening(kind=Kind.CALL_DUE, at=now)
    if _is_past(ticket.call_at, now) and ticket.state is State.CLOSED_NOW:
        yield Happening(kind=Kind.QUEUED, at=now)
    if ticket.state in {State.WAITING, State.OFFERED}:
        if ticket.tier < Tier.WIDENED and _is_past(ticket.widen_at, now):
            yield Happening(kind=Kind.WIDENED, at=now)
        if ticket.tier < Tier.EVERYBODY and _is_past(ticket.escalate_at, now):
            yield Happening(kind=Kind.ESCALATED, at=now)
    if _is_past(_choice_due(ticket), now) and ticket.state in {State.WAITING, State.OFFERED, State.ACCEPTED}:
        yield Happening(kind=Kind.CHOICE_OFFERED, at=now)


def _promised(ticket: Ticket) -> tuple[datetime | None, ...]:
    return (
        ticket.widen_at if ticket.tier < Tier.WIDENED else None,
        ticket.escalate_at if ticket.tier < Tier.EVERYBODY else None,
        _choice_due(ticket),
    )


def _choice_due(ticket: Ticket) -> datetime | None:
    return ticket.choice_at if ticket.choice_offered_at is None and not ticket.is_call else None


def _is_past(moment: datetime | None, now: datetime) -> bool:
    return moment is not None and moment <= now
