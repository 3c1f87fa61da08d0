"""Tickets as desks list them."""

from datetime import timedelta

from sqlalchemy import Select, Text, cast, func, or_, select

from assistant.handoff.clerks import Clerk
from assistant.handoff.happenings import Kind, Side
from assistant.handoff.reasons import IN_CHINESE
from assistant.handoff.roster import HELD, loads_of
from assistant.handoff.rows import ticket_of
from assistant.handoff.tables import HappeningRow, TicketRow
from assistant.handoff.ticket import State
from assistant.web import handoff_desk_schemas as wire
from assistant.web.handoff_parts import HandoffParts
from assistant.web.schemas import NamedItem
from knowledge.storage.engine import reading

_MOST = 200
_LATELY = timedelta(minutes=30)
_MOST_ENDED = 5


def _ended_lately(parts: HandoffParts, clerk: str) -> Select[TicketRow]:
    """What this clerk ended in the last half-hour: it can be opened again where that was too early."""
    since = parts.handoff.log.clock() - _LATELY
    lately = (TicketRow.clerk == clerk, TicketRow.state == State.ENDED.value, TicketRow.ended_at >= since)
    return select(TicketRow).where(*lately).order_by(TicketRow.ended_at.desc()).limit(_MOST_ENDED)


def clerk_view(parts: HandoffParts, clerk: Clerk, load: int) -> wire.WireClerk:
    """A clerk as they are now."""
    skills = clerk.skills
    return wire.WireClerk(
        id=clerk.id,
        name=clerk.name,
        team=clerk.team,
        duty=clerk.duty,
        is_there=clerk.is_there(parts.handoff.log.clock()),
        load=load,
        skills=wire.WireSkills(
            departments=list(skills.departments),
            items=list(skills.items),
            districts=list(skills.districts),
            languages=list(skills.languages),
            leads=skills.leads,
            capacity=skills.capacity,
        ),
    )


def clerk_views(parts: HandoffParts) -> list[wire.WireClerk]:
    """All clerks."""
    with reading(parts.handoff.log.engine) as session:
        loads = loads_of(session)
    return [clerk_view(parts, clerk, loads.get(clerk.id, 0)) for clerk in parts.handoff.roster.all()]


def desk_queue(parts: HandoffParts, clerk: Clerk) -> wire.DeskQueue:
    """The queue as this clerk's desk shows it."""
    query = select(TicketRow).where(TicketRow.state.not_in([State.ENDED.value, State.CLOSED_NOW.value]))
    with reading(parts.handoff.log.engine) as session:
        rows = session.scalars(query.order_by(TicketRow.rank_at).limit(_MOST)).all()
        mine = or_(TicketRow.clerk == clerk.id, cast(TicketRow.helpers, Text).contains(clerk.id))
        own = session.scalars(select(TicketRow).where(TicketRow.state.in_(HELD), mine)).all()
        ended = session.scalars(_ended_lately(parts, clerk.id)).all()
        unread = _unread(parts, [row.id for row in own])
        load = loads_of(session, clerk.id).get(clerk.id, 0)
        told = [
            desk_ticket(parts, row, clerk.id, unread.get(row.id, 0))
            for row in {r.id: r for r in (*rows, *own)}.values()
        ]
    live = [t for t in told if t.state in {State.ACCEPTED, State.TALKING} and clerk.id in {t.clerk, *t.helpers}]
    waiting = [t for t in told if t.state in {State.WAITING, State.OFFERED}]
    return wire.DeskQueue(
        now=parts.handoff.log.clock(),
        me=clerk_view(parts, clerk, load),
        ringing=[t for t in waiting if t.rings_here],
        mine=sorted(live, key=lambda t: (t.answer_by is None, t.answer_by or t.asked_at)),
        waiting=[t for t in waiting if not t.rings_here],
        calls=sorted((t for t in told if t.state is State.OWED_CALL), key=lambda t: t.call_at or t.asked_at),
        ended=[desk_ticket(parts, row, clerk.id) for row in ended],
    )


def desk_ticket(parts: HandoffParts, row: TicketRow, me: str, unread: int = 0) -> wire.DeskTicket:
    """A row as a desk lists it."""
    ticket = ticket_of(row)
    subject = ticket.subject
    named = parts.name_of_item(subject.item) if subject.item else None
    rings = ticket.state is State.OFFERED and ticket.offered_to == me
    return wire.DeskTicket(
        ticket=ticket.id,
        conversation=ticket.conversation,
        state=ticket.state,
        tier=ticket.tier,
        reason=subject.reason,
        reason_text=IN_CHINESE[subject.reason],
        item=NamedItem(slug=subject.item, name=named or subject.item) if subject.item else None,
        department=subject.department,
        district=subject.district,
        language=subject.language,
        case=subject.case,
        asked_at=ticket.asked_at,
        waiting_since=ticket.waiting_since,
        choice_at=ticket.choice_at,
        choice_offered_at=ticket.choice_offered_at,
        chosen=ticket.choice,
        rings_here=rings,
        offered_until=ticket.offered_until if rings else None,
        clerk=ticket.clerk,
        clerk_name=parts.clerk_name(ticket.clerk),
        helpers=list(ticket.helpers),
        accepted_at=ticket.accepted_at,
        answered_at=ticket.answered_at,
        answer_by=ticket.answer_by,
        is_call=ticket.is_call,
        call_at=ticket.call_at,
        unread=unread,
        last_seq=ticket.seq,
        read_by_citizen=row.citizen_read,
        read_by_clerk=row.clerk_read,
        ending=ticket.ending,
    )


def one_ticket(parts: HandoffParts, ticket_id: str, me: str) -> wire.DeskTicket:
    """A ticket by id. Raises UnknownTicket."""
    parts.look(ticket_id, 0)
    with reading(parts.handoff.log.engine) as session:
        row = session.get_one(TicketRow, ticket_id)
        return desk_ticket(parts, row, me, _unread(parts, [ticket_id]).get(ticket_id, 0))


def _unread(parts: HandoffParts, tickets: list[str]) -> dict[str, int]:
    """Messages of citizens after the clerk's mark."""
    query = (
        select(HappeningRow.ticket_id, func.count())
        .join(TicketRow, TicketRow.id == HappeningRow.ticket_id)
        .where(
            HappeningRow.ticket_id.in_(tickets),
            HappeningRow.kind == Kind.MESSAGE.value,
            HappeningRow.side == Side.CITIZEN.value,
            HappeningRow.seq > TicketRow.clerk_read,
        )
        .group_by(HappeningRow.ticket_id)
    )
    with reading(parts.handoff.log.engine) as session:
        return {row[0]: row[1] for row in session.execute(query)}
