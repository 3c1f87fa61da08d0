"""Tickets, lines and clerks as rows, and back."""

from datetime import datetime

from assistant.handoff.clerks import Clerk, Duty, Skills
from assistant.handoff.happenings import Choice, Happening, Kind, Side
from assistant.handoff.reasons import Reason
from assistant.handoff.tables import ClerkRow, HappeningRow, TicketRow
from assistant.handoff.ticket import State, Subject, Ticket, Tier

Value = str | int | bool | datetime | tuple[str, ...] | None


def ticket_of(row: TicketRow) -> Ticket:
    """The ticket of a row."""
    return Ticket(
        id=row.id,
        conversation=row.conversation,
        subject=Subject(
            reason=Reason(row.reason),
            item=row.item,
            department=row.department,
            district=row.district,
            language=row.language,
            case=row.case_id,
        ),
        state=State(row.state),
        tier=Tier(row.tier),
        asked_at=row.asked_at,
        waiting_since=row.waiting_since,
        rank_at=row.rank_at,
        widen_at=row.widen_at,
        escalate_at=row.escalate_at,
        choice_at=row.choice_at,
        choice_offered_at=row.choice_offered_at,
        choice=Choice(row.choice) if row.choice else None,
        estimate=row.estimate,
        offered_to=row.offered_to,
        offered_until=row.offered_until,
        passed=row.passed,
        clerk=row.clerk,
        helpers=row.helpers,
        accepted_at=row.accepted_at,
        answered_at=row.answered_at,
        answer_by=row.answer_by,
        call_at=row.call_at,
        is_call=row.is_call,
        calls=row.calls,
        ended_at=row.ended_at,
        ending=row.ending,
        stars=row.stars,
        seq=row.seq,
    )


def ticket_values(ticket: Ticket) -> dict[str, Value]:
    """The columns of a ticket, its id aside."""
    subject = ticket.subject
    return {
        "conversation": ticket.conversation,
        "reason": subject.reason.value,
        "item": subject.item,
        "department": subject.department,
        "district": subject.district,
        "language": subject.language,
        "case_id": subject.case,
        "state": ticket.state.value,
        "tier": int(ticket.tier),
        "asked_at": ticket.asked_at,
        "waiting_since": ticket.waiting_since,
        "rank_at": ticket.rank_at,
        "widen_at": ticket.widen_at,
        "escalate_at": ticket.escalate_at,
        "choice_at": ticket.choice_at,
        "choice_offered_at": ticket.choice_offered_at,
        "choice": ticket.choice.value if ticket.choice else None,
        "estimate": ticket.estimate,
        "offered_to": ticket.offered_to,
        "offered_until": ticket.offered_until,
        "passed": ticket.passed,
        "clerk": ticket.clerk,
        "helpers": ticket.helpers,
        "accepted_at": ticket.accepted_at,
        "answered_at": ticket.answered_at,
        "answer_by": ticket.answer_by,
        "call_at": ticket.call_at,
        "is_call": ticket.is_call,
        "calls": ticket.calls,
        "ended_at": ticket.ended_at,
        "ending": ticket.ending,
        "stars": ticket.stars,
        "seq": ticket.seq,
    }


def happening_values(ticket_id: str, one: Happening) -> dict[str, Value]:
    """The columns of a line as it is kept."""
    return {
        "ticket_id": ticket_id,
        "seq": one.seq,
        "kind": one.kind.value,
        "at": one.at,
        "side": one.side.value,
        "by": one.by,
        "about": one.about,
        "client_id": one.client_id,
        "text": one.text,
        "word": one.word,
        "number": one.number,
        "until": one.until,
        "file": one.file,
    }


def happening_of(row: HappeningRow) -> Happening:
    """The line of a row."""
    return Happening(
        kind=Kind(row.kind),
        at=row.at,
        side=Side(row.side),
        by=row.by,
        about=row.about,
        client_id=row.client_id,
        text=row.text,
        word=row.word,
        number=row.number,
        until=row.until,
        file=row.file,
        seq=row.seq,
    )


def clerk_of(row: ClerkRow) -> Clerk:
    """The clerk of a row."""
    return Clerk(
        id=row.id,
        name=row.name,
        skills=Skills(
            departments=row.departments,
            items=row.items,
            districts=row.districts,
            languages=row.languages,
            leads=row.leads,
            capacity=row.capacity,
        ),
        team=row.team,
        duty=Duty(row.duty),
        lease_until=row.lease_until,
        last_ended_at=row.last_ended_at,
    )
