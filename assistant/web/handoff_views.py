"""Tickets and lines as citizens see them. Our own sentences pass the guard like every other text that leaves."""

from collections.abc import Sequence
from datetime import datetime

from assistant.handoff.estimating import Line
from assistant.handoff.files import SentFile
from assistant.handoff.happenings import Choice, Happening, Kind, Side
from assistant.handoff.sentences import CHOICES, GO_ON, how_it_stands, what_happened
from assistant.handoff.ticket import IN_LINE, State, Ticket, is_offered_a_choice
from assistant.web import handoff_schemas as wire
from assistant.web.handoff_parts import HandoffParts, Look
from assistant.web.sse import render
from guardrails.entered import show_entered
from guardrails.outbound import notice

_HIDDEN = frozenset({Kind.OFFERED, Kind.PASSED, Kind.CALLED, Kind.VISITED})
"""What concerns the desks only."""


def citizen_view(parts: HandoffParts, look: Look) -> wire.HandoffView:
    """How it stands, for the citizen."""
    ticket, now = look.ticket, parts.handoff.log.clock()
    line = parts.handoff.line.now()
    place = line.place(ticket.id) if ticket.state is State.WAITING else None
    told = how_it_stands(ticket, line, parts.clerk_name(ticket.clerk))
    return wire.HandoffView(
        ticket=ticket.id,
        state=ticket.state,
        reason=ticket.subject.reason,
        asked_at=ticket.asked_at,
        now=now,
        waited_seconds=_waited(ticket, now),
        place=place,
        estimate_seconds=line.estimate(place) if place is not None else _estimate(ticket, line),
        choice_at=ticket.choice_at if ticket.state in IN_LINE else None,
        choices=_choices(parts, talking=ticket.is_live) if is_offered_a_choice(ticket) else [],
        chosen=ticket.choice,
        clerk=_seen(parts, ticket.clerk) if ticket.clerk else None,
        helpers=[_seen(parts, helper) for helper in ticket.helpers],
        xiaoshen_is_silent=ticket.is_live,
        call_at=ticket.call_at,
        ending=ticket.ending,
        stars=ticket.stars,
        read_by_clerk=look.clerk_read,
        read_by_citizen=look.citizen_read,
        last_seq=ticket.seq,
        notice=render(notice(told)),
    )


def citizen_lines(parts: HandoffParts, conversation: str, look: Look) -> list[wire.HandoffLine]:
    """New lines for the citizen; notes that clerks write for each other stay with them."""
    files = _files(parts, look)
    url = f"/api/conversations/{conversation}/handoff/files/"
    return [line_view(parts, one, files, url, for_clerk=False) for one in look.lines if one.kind not in _HIDDEN]


def clerk_lines(parts: HandoffParts, look: Look) -> list[wire.HandoffLine]:
    """New lines for the desk."""
    files = _files(parts, look)
    url = f"/api/desk/tickets/{look.ticket.id}/files/"
    return [line_view(parts, one, files, url, for_clerk=True) for one in look.lines]


def line_view(
    parts: HandoffParts, one: Happening, files: dict[str, SentFile], url: str, *, for_clerk: bool
) -> wire.HandoffLine:
    """One line of a log."""
    clerk = one.by or (one.about if one.kind is not Kind.FORM else None)
    is_message = one.kind is Kind.MESSAGE
    is_note = for_clerk and one.text is not None and one.kind is not Kind.FORM
    name = parts.clerk_name(clerk) if clerk and (for_clerk or one.kind is not Kind.REQUESTED) else None
    told = None if is_message else what_happened(one, name)
    text = one.text if is_message else None
    if is_note and one.text is not None and not is_message:
        text = render(show_entered(one.text).shown)  # a colleague's note is data: orders in it are not repeated
    if text is None and told is not None:
        text = render(notice(told))
    return wire.HandoffLine(
        seq=one.seq,
        kind=one.kind,
        at=one.at,
        side=one.side,
        from_person=is_message and one.side is not Side.SYSTEM,
        clerk=clerk if for_clerk else None,
        clerk_name=name,
        client_id=one.client_id,
        text=text,
        file=_file(one, files, url),
        until=one.until,
        number=one.number,
        word=one.word if for_clerk or one.kind not in {Kind.REQUESTED, Kind.CLERK_LOST} else None,
    )


def _files(parts: HandoffParts, look: Look) -> dict[str, SentFile]:
    return parts.files.of(look.ticket.id) if any(one.file for one in look.lines) else {}


def _file(one: Happening, files: dict[str, SentFile], url: str) -> wire.HandoffFile | None:
    found = files.get(one.file) if one.file else None
    if found is None:
        return None
    return wire.HandoffFile(
        id=found.id, name=found.name, media_type=found.media_type, size=found.size, url=url + found.id
    )


def _choices(parts: HandoffParts, *, talking: bool) -> list[wire.HandoffChoice]:
    times: Sequence[datetime] = parts.handoff.choosing.slots()
    return [
        wire.HandoffChoice(
            choice=choice,
            label=GO_ON if talking and choice is Choice.KEEP_WAITING else label,
            times=list(times) if choice in {Choice.CALL_BACK, Choice.WINDOW} else [],
            needs_phone=choice in {Choice.CALL_BACK, Choice.LEAVE_CONTACT},
        )
        for choice, label in CHOICES.items()
    ]


def _seen(parts: HandoffParts, clerk: str) -> wire.ClerkSeen:
    return wire.ClerkSeen(name=parts.clerk_name(clerk) or "工作人员", leads=parts.clerk_leads(clerk))


def _estimate(ticket: Ticket, line: Line) -> int | None:
    return line.estimate(1) if ticket.state is State.OFFERED else None


def _waited(ticket: Ticket, now: datetime) -> int:
    until = ticket.answered_at or ticket.ended_at or now
    return max(int((until - ticket.asked_at).total_seconds()), 0)
