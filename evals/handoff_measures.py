"""What a simulation of handoff came to: counted from the log that the product kept, compared with what it promised."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from sqlalchemy import Engine, select

from assistant.handoff.happenings import Happening, Kind, Side
from assistant.handoff.log import TicketLog
from assistant.handoff.rows import happening_of, ticket_of
from assistant.handoff.tables import HappeningRow, TicketRow
from assistant.handoff.ticket import State, Ticket
from evals.handoff_people import World
from knowledge.storage.engine import reading

MINUTE = 60.0
_FREES = frozenset({Kind.CLERK_LOST, Kind.TRANSFERRED, Kind.RESOLVED, Kind.WITHDRAWN, Kind.ABANDONED, Kind.CHOSE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """One ticket with all its lines."""

    ticket: Ticket
    lines: tuple[Happening, ...]

    @property
    def first_response(self) -> float | None:
        """Seconds from asking to a person's first words; a call is no answer within the conversation."""
        said = (one for one in self.lines if one.kind is Kind.MESSAGE and one.side is Side.CLERK)
        first = next(said, None)
        return None if first is None else (first.at - self.ticket.asked_at).total_seconds()

    @property
    def choice_after(self) -> float | None:
        """Seconds until there was an honest choice."""
        offered = (one for one in self.lines if one.kind in {Kind.CHOICE_OFFERED, Kind.CLOSED_NOW})
        first = next(offered, None)
        return None if first is None else (first.at - self.ticket.asked_at).total_seconds()

    @property
    def estimate_error(self) -> float | None:
        """How far the estimate that was told was off, as a share of the wait; of those who were answered in line."""
        told = next((one.number for one in self.lines if one.kind is Kind.QUEUED), None)
        if told is None or self.first_response is None or self.first_response <= 0:
            return None
        return abs(told - self.first_response) / self.first_response

    def double_claims(self) -> int:
        """Claims of a ticket that somebody else held."""
        held, double = False, 0
        for one in self.lines:
            if one.kind is Kind.ACCEPTED:
                double += held
                held = True
            elif one.kind in _FREES or (one.kind is Kind.CALLED and one.word != "reached"):
                held = False
        return double


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """The numbers of the contract, and what they rest on."""

    arrivals: int
    stories: tuple[Story, ...]
    lost_citizens: int
    lost_messages: int
    duplicated_messages: int

    def as_json(self) -> dict[str, object]:
        """The metrics, named as in the contract."""
        responses = sorted(s.first_response for s in self.stories if s.first_response is not None)
        answered = [s for s in self.stories if s.first_response is not None and s.first_response <= MINUTE]
        chosen = [s for s in self.stories if s.choice_after is not None and s.choice_after <= MINUTE]
        honest = {s.ticket.id for s in (*answered, *chosen)}
        errors = [e for s in self.stories if (e := s.estimate_error) is not None]
        return {
            "arrivals": self.arrivals,
            "answered_within_60s": len(answered) / self.arrivals,
            "honest_choice_within_60s": len(honest) / self.arrivals,
            "first_response_s": {
                "p50": _part(responses, 0.5),
                "p95": _part(responses, 0.95),
                "max": responses[-1] if responses else None,
            },
            "double_claims": sum(s.double_claims() for s in self.stories),
            "lost": self.lost_citizens + self.lost_messages,
            "duplicated_messages": self.duplicated_messages,
            "estimate_error_median": median(errors) if errors else None,
        }

    def details(self) -> dict[str, object]:
        """What the metrics rest on."""
        waited = [s for s in self.stories if s.first_response is not None and s.first_response > MINUTE / 2]
        errors = [e for s in waited if (e := s.estimate_error) is not None]
        return {
            "answered": sum(s.first_response is not None for s in self.stories),
            "choice_shown_within_60s": sum(
                1 for s in self.stories if s.choice_after is not None and s.choice_after <= MINUTE
            ),
            "endings": dict(Counter(str(s.ticket.ending or s.ticket.state) for s in self.stories)),
            "clerks_lost": sum(one.kind is Kind.CLERK_LOST for s in self.stories for one in s.lines),
            "messages": sum(one.kind is Kind.MESSAGE for s in self.stories for one in s.lines),
            "lost_citizens": self.lost_citizens,
            "lost_messages": self.lost_messages,
            "estimate_error_median_of_waits_over_30s": median(errors) if errors else None,
            "waits_over_30s": len(waited),
        }


def measure(engine: Engine, world: World, arrivals: int) -> Measured:
    """Count. A ticket that its own log does not derive is counted as lost: nobody could trust what is shown of it."""
    stories = tuple(_stories(engine))
    log = TicketLog(engine, world.agenda.now)
    known = {story.ticket.id for story in stories}
    # Where nobody is at work, who chose to wait still stands in line: found there by whoever comes, and not lost.
    safe = {State.ENDED, State.OWED_CALL} if world.clerks else {State.ENDED, State.OWED_CALL, State.WAITING}
    left = sum(story.ticket.state not in safe for story in stories)
    broken = sum(log.derived(story.ticket.id) != story.ticket for story in stories)
    missing = sum(ticket not in known for ticket in world.tickets.values()) + arrivals - len(world.tickets)
    kept = Counter(f"{s.ticket.id}/{o.client_id}" for s in stories for o in s.lines if o.client_id is not None)
    return Measured(
        arrivals=arrivals,
        stories=stories,
        lost_citizens=missing + left + broken,
        lost_messages=len(world.acknowledged - kept.keys()),
        duplicated_messages=world.duplicated + sum(many - 1 for many in kept.values()),
    )


def _stories(engine: Engine) -> Iterable[Story]:
    with reading(engine) as session:
        lines: dict[str, list[Happening]] = {}
        for row in session.scalars(select(HappeningRow).order_by(HappeningRow.ticket_id, HappeningRow.seq)):
            lines.setdefault(row.ticket_id, []).append(happening_of(row))
        for kept in session.scalars(select(TicketRow).order_by(TicketRow.asked_at)):
            yield Story(ticket=ticket_of(kept), lines=tuple(lines.get(kept.id, ())))


def _part(ordered: Sequence[float], share: float) -> float | None:
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)] if ordered else None
