"""Earlier conversations about the same item that ended well: what was asked and what helped, masked."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, select

from assistant.handoff.happenings import Kind, Outcome, Side
from assistant.handoff.tables import HappeningRow, TicketRow
from assistant.handoff.ticket import State
from guardrails import pii
from guardrails.approved import Approved
from guardrails.outbound import quote
from knowledge.storage.engine import reading

_LOOKED_AT = 60
_SHOWN = 3
_LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """One earlier conversation: the citizen's question and the clerk's longest answer, both masked."""

    asked: Approved
    answered: Approved
    at: datetime
    stars: int | None


def similar(engine: Engine, *, item: str, question: str, without: str) -> tuple[Earlier, ...]:
    """The solved conversations about the item that are nearest to the question. No name, number or address is shown."""
    solved = (
        select(TicketRow)
        .where(
            TicketRow.item == item,
            TicketRow.state == State.ENDED.value,
            TicketRow.ending == Outcome.SOLVED.value,
            TicketRow.id != without,
        )
        .order_by(TicketRow.asked_at.desc())
        .limit(_LOOKED_AT)
    )
    with reading(engine) as session:
        tickets = {row.id: row for row in session.scalars(solved)}
        said: dict[str, list[HappeningRow]] = {}
        lines = select(HappeningRow).where(
            HappeningRow.ticket_id.in_(tickets), HappeningRow.kind == Kind.MESSAGE.value, HappeningRow.text.is_not(None)
        )
        for line in session.scalars(lines.order_by(HappeningRow.ticket_id, HappeningRow.seq)) if tickets else ():
            said.setdefault(line.ticket_id, []).append(line)
    found = [
        (_nearness(question, asked), one)
        for ticket, talk in said.items()
        if (asked := _longest(talk, Side.CITIZEN)) and (answered := _longest(talk, Side.CLERK))
        for one in [_earlier(asked, answered, tickets[ticket])]
    ]
    return tuple(one for _, one in sorted(found, key=lambda pair: -pair[0])[:_SHOWN])


def _earlier(asked: str, answered: str, ticket: TicketRow) -> Earlier:
    shown = [quote(pii.mask(text)[:_LONGEST], "earlier") for text in (asked, answered)]
    return Earlier(asked=shown[0], answered=shown[1], at=ticket.asked_at, stars=ticket.stars)


def _longest(talk: Iterable[HappeningRow], side: Side) -> str:
    return max((line.text or "" for line in talk if line.side == side.value), key=len, default="")


def _nearness(left: str, right: str) -> float:
    """How many pairs of neighbouring signs both share."""
    one, other = ({text[i : i + 2] for i in range(len(text) - 1)} for text in (left, right))
    return len(one & other) / max(len(one | other), 1)
