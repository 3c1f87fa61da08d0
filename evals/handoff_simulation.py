"""Simulated citizens and clerks on the real queue and storage: does everybody get a person, or a choice, in a minute?

Time jumps from event to event, so that an hour takes a minute; `real_time` waits. Arrivals have two peaks, clerks
vanish without a word, and a process dies at one of its writes every twenty seconds.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from math import ceil, pi, sin

from sqlalchemy import Engine

from assistant.handoff.building import Handoff
from assistant.handoff.planning import need
from assistant.handoff.ticket import State
from evals.handoff_agenda import Agenda
from evals.handoff_measures import Measured, measure
from evals.handoff_people import Habits, SimulatedCitizen, SimulatedClerk, World
from evals.handoff_workers import Workers

_BEGINS = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
_BEAT = 4.0
_PEAK = 1.6
_DRAIN = timedelta(hours=2)
_DRAIN_WITH_NOBODY = timedelta(minutes=5)  # who waits for nobody waits on; the choice came long before
_AT_WORK = 3  # seconds until the first citizen can come


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """What is simulated. `killed_every`: seconds between deaths of a process, 0 for none."""

    clerks: int
    arrivals_per_minute: float
    minutes: float
    seed: int = 1
    killed_every: float = 20.0
    real_time: bool = False
    habits: Habits = field(default_factory=Habits)


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulated:
    """What came out. `helpers_needed` is what Erlang C asks for at the mean and at the peak of these arrivals."""

    scenario: Scenario
    measured: Measured
    deaths: int
    helpers_needed: int
    helpers_needed_at_peak: int

    def as_json(self) -> dict[str, object]:
        """In the form of the contract, with what was simulated."""
        return {
            "metrics": self.measured.as_json(),
            "config": asdict(self.scenario),
            "details": {
                **self.measured.details(),
                "processes_that_died": self.deaths,
                "helpers_needed_by_erlang_c": self.helpers_needed,
                "helpers_needed_at_the_peak": self.helpers_needed_at_peak,
            },
        }


def simulate(engine: Engine, scenario: Scenario) -> Simulated:
    """Run the scenario on a database that holds nothing else."""
    chance = random.Random(scenario.seed)  # noqa: S311  people, not secrets
    agenda = Agenda(_BEGINS, real_time=scenario.real_time)
    world = World(agenda=agenda, workers=Workers(engine, agenda, chance), chance=chance, habits=scenario.habits)
    for number in range(scenario.clerks):
        clerk = SimulatedClerk(world, number)
        world.clerks[clerk.id] = clerk
        clerk.begin()
    for number, at in enumerate(arrivals(scenario, chance)):
        agenda.after(_AT_WORK + at, SimulatedCitizen(world, number).begin)
    if scenario.killed_every > 0:
        world.workers.kill_every(scenario.killed_every)
    _tick(world)
    _beat(world)
    _see(world)
    closes = agenda.now() + timedelta(minutes=scenario.minutes) + (_DRAIN if scenario.clerks else _DRAIN_WITH_NOBODY)
    is_over = _look_for_the_end(world, _count(scenario))
    agenda.run(lambda: is_over() or agenda.now() > closes)
    return Simulated(
        scenario=scenario,
        measured=measure(engine, world, _count(scenario)),
        deaths=world.workers.deaths,
        helpers_needed=_needed(scenario, 1.0),
        helpers_needed_at_peak=_needed(scenario, _PEAK),
    )


def arrivals(scenario: Scenario, chance: random.Random) -> Sequence[float]:
    """Seconds at which citizens come: two waves, each from 0.4 to 1.6 times the mean, at random within them."""
    length = scenario.minutes * 60
    found: list[float] = []
    while len(found) < _count(scenario):
        at = chance.random() * length
        if chance.random() * _PEAK < 1 + (_PEAK - 1) * sin(4 * pi * at / length):
            found.append(at)
    return sorted(found)


def _count(scenario: Scenario) -> int:
    return max(1, round(scenario.arrivals_per_minute * scenario.minutes))


def _needed(scenario: Scenario, times: float) -> int:
    habits = scenario.habits
    half_hour = scenario.arrivals_per_minute * 30 * times
    return ceil(need(half_hour, habits.talk + habits.greets, at_once=habits.at_once).helpers)


def _tick(world: World) -> None:
    """Each second some process keeps the deadlines and offers what waits."""

    def tick() -> None:
        world.until_kept(kept)
        world.agenda.after(1.0, tick)

    def kept(handoff: Handoff) -> None:
        handoff.sweep.round()
        world.ring(handoff.queue.dispatch())

    tick()


def _beat(world: World) -> None:
    """Every few seconds the desks are heard, but for those that fell silent."""

    def beat() -> None:
        there = [clerk.id for clerk in world.clerks.values() if clerk.is_there]
        world.until_kept(lambda h: h.roster.beat(there))
        world.agenda.after(_BEAT, beat)

    beat()


def _see(world: World) -> None:
    """The pages of the citizens are open."""

    def see() -> None:
        world.until_kept(lambda h: h.roster.see(world.tickets.values()))
        world.agenda.after(300, see)

    world.agenda.after(300, see)


def _look_for_the_end(world: World, expected: int) -> Callable[[], bool]:
    """True once everybody has come and their conversation has ended, or a call is owed to them later."""
    over = False

    def look() -> None:
        nonlocal over
        log = world.workers.any().log
        open_ = (log.ticket(ticket) for ticket in world.tickets.values())
        everybody = len(world.tickets) >= expected
        over = everybody and all(t is None or t.state in {State.ENDED, State.OWED_CALL} for t in open_)
        world.agenda.after(20, look)

    world.agenda.after(20, look)
    return lambda: over
