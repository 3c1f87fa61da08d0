"""Simulated citizens and clerks on the real queue: how long they think, what they choose, when they vanish."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import log

from assistant.handoff.building import Handoff
from assistant.handoff.choosing import Chosen, Contact
from assistant.handoff.clerks import Duty, Match, Skills
from assistant.handoff.errors import HandoffError
from assistant.handoff.happenings import Choice, Happening, Kind, Outcome, Side
from assistant.handoff.queue import Request
from assistant.handoff.reasons import Reason
from assistant.handoff.talking import Saying
from assistant.handoff.ticket import State, Subject, Ticket
from evals.handoff_agenda import Agenda
from evals.handoff_workers import WorkerDied, Workers

_CHOICES = (
    (Choice.KEEP_WAITING, 0.55),
    (Choice.CALL_BACK, 0.2),
    (Choice.LEAVE_CONTACT, 0.1),
    (Choice.WINDOW, 0.15),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """How the simulated people behave; seconds, medians where nothing else is said."""

    takes: float = 2.5
    """A clerk to take an offer."""
    greets: float = 4.0
    """A clerk to the first words."""
    talk: float = 120.0
    """Mean length of a conversation."""
    at_once: int = 3
    """Conversations of a clerk at once."""
    overlooks: float = 0.03
    """Chance that a clerk does not see an offer."""
    vanishes_every: float = 1500.0
    """Mean seconds until a clerk's desk goes silent without a word."""
    vanishes_for: float = 90.0


@dataclass(slots=True)
class World:
    """What everybody shares, and what was promised to them: the check at the end compares it with the log."""

    agenda: Agenda
    workers: Workers
    chance: random.Random
    habits: Habits
    acknowledged: set[str] = field(default_factory=set)
    """Client ids of messages that the product said it keeps."""
    tickets: dict[str, str] = field(default_factory=dict)
    """Conversations of citizens who were told that they are in line, with their ticket."""
    clerks: "dict[str, SimulatedClerk]" = field(default_factory=dict)
    duplicated: int = 0

    def ring(self, matches: Sequence[Match]) -> None:
        """Offers were made: the desks ring."""
        for match in matches:
            self.clerks[match.clerk].asked(match.ticket)

    def spread(self, median: float, sigma: float = 0.45) -> float:
        """A duration around a median, never shorter than a fifth of it."""
        return max(self.chance.lognormvariate(log(median), sigma), median / 5)

    def until_kept(self, act: Callable[[Handoff], None], *, pause: float = 1.0) -> None:
        """Do something, and again a moment later where the process died over it."""
        try:
            self.workers.once(act)
        except WorkerDied:
            self.agenda.after(pause, lambda: self.until_kept(act, pause=pause))


class SimulatedClerk:
    """Takes offers, greets, talks, ends; now and then the desk falls silent for a while."""

    def __init__(self, world: World, number: int) -> None:
        self.id = f"clerk-{number}"
        self.is_there = True
        self.holds: set[str] = set()
        self._world = world
        self._said = 0

    def begin(self) -> None:
        """Come to work."""
        self._world.workers.surely(
            lambda h: h.roster.enlist(self.id, self.id, Skills(capacity=self._world.habits.at_once))
        )
        self._world.workers.surely(lambda h: h.roster.set_duty(self.id, Duty.ON))
        self._plan_to_vanish()

    def asked(self, ticket: str) -> None:
        """The desk rings."""
        if self.is_there and self._world.chance.random() >= self._world.habits.overlooks:
            self._world.agenda.after(self._world.spread(self._world.habits.takes), lambda: self._take(ticket))

    def _take(self, ticket: str) -> None:
        def took(h: Handoff) -> None:
            try:
                taken = h.queue.accept(ticket, self.id)
            except HandoffError:  # too late: it rings at somebody else's desk
                return
            self._took(taken)

        if self.is_there:
            self._world.until_kept(took)

    def _took(self, ticket: Ticket) -> None:
        self.holds.add(ticket.id)
        world = self._world
        if ticket.is_call:
            world.agenda.after(world.spread(60), lambda: self._call(ticket.id))
            return
        world.agenda.after(world.spread(world.habits.greets), lambda: self._say(ticket.id))
        length = world.habits.greets + world.spread(world.habits.talk * 0.9, 0.45)
        for part in (0.3, 0.6):
            world.agenda.after(length * part, lambda: self._say(ticket.id))
        world.agenda.after(length, lambda: self._end(ticket.id))

    def _say(self, ticket: str) -> None:
        self._said += 1
        self._say_again(ticket, f"{self.id}-{self._said}")

    def _say_again(self, ticket: str, client_id: str) -> None:
        def said(h: Handoff) -> None:
            kept = h.talking.clerk_says(ticket, self.id, Saying(client_id=client_id, text="您好，我来帮您。"))
            self._world.acknowledged.add(f"{ticket}/{kept.client_id}")

        if self.is_there and ticket in self.holds:
            self._while_mine(ticket, said)

    def _call(self, ticket: str) -> None:
        if self.is_there and ticket in self.holds:
            self._while_mine(ticket, lambda h: self._called(h, ticket))

    def _called(self, h: Handoff, ticket: str) -> None:
        h.choosing.called(ticket, self.id, reached=True)
        self._world.agenda.after(60, lambda: self._end(ticket))

    def _end(self, ticket: str) -> None:
        def ended(h: Handoff) -> None:
            h.talking.resolve(ticket, self.id, Outcome.SOLVED)
            self.holds.discard(ticket)

        if self.is_there and ticket in self.holds:
            self._while_mine(ticket, ended)

    def _while_mine(self, ticket: str, act: Callable[[Handoff], None]) -> None:
        """Somebody else may have it by now: then the desk shows it, and this clerk lets go."""

        def acted(h: Handoff) -> None:
            try:
                act(h)
            except HandoffError:
                self.holds.discard(ticket)

        self._world.until_kept(acted)

    def _plan_to_vanish(self) -> None:
        every = self._world.habits.vanishes_every
        if every > 0:
            self._world.agenda.after(self._world.chance.expovariate(1 / every), self._vanish)

    def _vanish(self) -> None:
        self.is_there = False
        self._world.agenda.after(self._world.spread(self._world.habits.vanishes_for), self._return)

    def _return(self) -> None:
        """Back at the desk: it is loaded anew and shows what is still theirs."""
        self._world.workers.surely(lambda h: h.roster.set_duty(self.id, Duty.ON))
        self.is_there = True
        kept = [self._world.workers.any().log.ticket(ticket) for ticket in self.holds]
        mine = {t.id for t in kept if t is not None and t.clerk == self.id and t.is_live}
        self.holds &= mine
        for ticket in sorted(mine):
            self._world.agenda.after(self._world.spread(3), lambda t=ticket: self._say(t))  # type: ignore[misc]
            self._world.agenda.after(self._world.spread(30), lambda t=ticket: self._end(t))  # type: ignore[misc]
        self._plan_to_vanish()


class SimulatedCitizen:
    """Asks for a person, reads every line once, answers now and then, chooses when there is a choice."""

    def __init__(self, world: World, number: int) -> None:
        self._world = world
        self._conversation = f"citizen-{number}"
        self._ticket: str | None = None
        self._seen = 0
        self._shown: set[int] = set()
        self._said = 0

    def begin(self) -> None:
        """Ask; where no answer comes, ask again: it is the same ticket."""
        self._world.until_kept(self._ask)

    def _ask(self, h: Handoff) -> None:
        subject = Subject(reason=Reason.ASKED)
        asked = Request(id=f"ticket-of-{self._conversation}", conversation=self._conversation, subject=subject)
        ticket = h.queue.request(asked)
        self._ticket = ticket.id
        self._world.tickets[self._conversation] = ticket.id
        self._world.agenda.after(1, self._look)
        self._world.ring(h.queue.dispatch())

    def _look(self) -> None:
        """Read what is new, as the page does: after the last number that was seen."""
        if self._ticket is None:
            return
        if self._ticket not in self._world.workers.changed:
            self._world.agenda.after(1, self._look)
            return
        self._world.workers.changed.discard(self._ticket)
        log = self._world.workers.any().log
        over = False
        for one in log.after(self._ticket, self._seen):
            if one.seq in self._shown:
                self._world.duplicated += 1
            self._shown.add(one.seq)
            self._seen = one.seq
            self._react(one)
            over = over or one.kind in {Kind.RESOLVED, Kind.WITHDRAWN, Kind.ABANDONED}
        ticket = log.ticket(self._ticket)
        if ticket is not None and ticket.state is not State.ENDED and not over:
            self._world.agenda.after(1, self._look)

    def _react(self, one: Happening) -> None:
        if one.kind is Kind.CHOICE_OFFERED:
            self._world.agenda.after(self._world.spread(6), self._choose)
        elif one.kind is Kind.MESSAGE and one.side is Side.CLERK and self._world.chance.random() < 0.7:  # noqa: PLR2004
            self._said += 1
            client_id = f"{self._conversation}-{self._said}"
            self._world.agenda.after(self._world.spread(8), lambda: self._say(client_id))

    def _say(self, client_id: str) -> None:
        ticket = self._ticket or ""

        def said(h: Handoff) -> None:
            try:
                kept = h.talking.citizen_says(ticket, Saying(client_id=client_id, text="好的，我看一下材料。"))
            except HandoffError:  # it has ended meanwhile: the page says so, nothing was promised
                return
            self._world.acknowledged.add(f"{ticket}/{kept.client_id}")

        self._world.until_kept(said)

    def _choose(self) -> None:
        choice = self._world.chance.choices([c for c, _ in _CHOICES], [share for _, share in _CHOICES])[0]

        def chose(h: Handoff) -> None:
            at = h.choosing.slots()[0] if choice in {Choice.CALL_BACK, Choice.WINDOW} else None
            chosen = Chosen(choice=choice, at=at, contact=Contact(phone="021-00000000"))
            try:
                h.choosing.choose(self._ticket or "", chosen)
            except HandoffError:  # a person answered in the same moment
                return

        self._world.until_kept(chose)
