"""The product's processes in a simulation: each with its own parts on the one database; each can die at a write."""

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from sqlalchemy import Engine

from assistant.handoff.building import Handoff, build_handoff
from evals.handoff_agenda import Agenda

T = TypeVar("T")
_RESTART = timedelta(seconds=3)


class WorkerDied(Exception):
    """The process ended before it could answer: nobody knows whether the write was kept. Do it again elsewhere."""


class Worker:
    """A process. `doom` lets it die at its next write: before the transaction is kept, or after, unanswered."""

    def __init__(self, engine: Engine, agenda: Agenda, changed: set[str], up_from: datetime | None = None) -> None:
        self._agenda = agenda
        self._changed = changed
        self._up_from = up_from or agenda.begins
        self._dies_before: int | None = None
        self._dies_after = False
        self.handoff: Handoff = build_handoff(engine, self._clock, told=self._told)

    @property
    def is_up(self) -> bool:
        """The process answers."""
        return self._up_from <= self._agenda.now()

    def doom(self, *, kept: bool, looks: int) -> None:
        """Die at the next write; where not `kept`, at the given look at the clock within it."""
        self._dies_after = kept
        self._dies_before = None if kept else looks

    def _clock(self) -> datetime:
        if self._dies_before is not None:
            self._dies_before -= 1
            if self._dies_before < 0:
                self._dies_before = None
                raise WorkerDied
        return self._agenda.now()

    def _told(self, ticket: str, _line: bool) -> None:
        self._changed.add(ticket)
        if self._dies_after:
            self._dies_after = False
            raise WorkerDied


class Workers:
    """All processes behind one address. Who asks gets one that is up; one dies every so many seconds."""

    def __init__(self, engine: Engine, agenda: Agenda, chance: random.Random, many: int = 4) -> None:
        self._agenda = agenda
        self._chance = chance
        self.changed: set[str] = set()
        """Tickets that changed since their citizen looked: what rings at the page."""
        self._all = [Worker(engine, agenda, self.changed) for _ in range(many)]
        self.deaths = 0

    def any(self) -> Handoff:
        """Parts to read with."""
        return self._all[0].handoff

    def once(self, act: Callable[[Handoff], T]) -> T:
        """Ask one process. Raises WorkerDied where it dies over it."""
        up = [worker for worker in self._all if worker.is_up]
        worker = self._chance.choice(up or self._all)
        try:
            return act(worker.handoff)
        except WorkerDied:
            self.deaths += 1
            self._restart(worker)
            raise

    def surely(self, act: Callable[[Handoff], T]) -> T:
        """Ask until somebody answers, as a page does that sends again. The act has to bear that."""
        while True:
            try:
                return self.once(act)
            except WorkerDied:
                continue

    def kill_every(self, seconds: float) -> None:
        """From now on one process is to die at its next write, every so many seconds."""

        def kill() -> None:
            victim = self._chance.choice(self._all)
            victim.doom(kept=self._chance.random() < 0.5, looks=self._chance.randrange(3))  # noqa: PLR2004  even odds
            self._agenda.after(seconds, kill)

        self._agenda.after(seconds, kill)

    def _restart(self, worker: Worker) -> None:
        """The place of the dead one is taken a few seconds later, by one that remembers nothing."""
        up_from = self._agenda.now() + _RESTART
        fresh = Worker(worker.handoff.log.engine, self._agenda, self.changed, up_from)
        self._all[self._all.index(worker)] = fresh
