"""Time in a simulation: what happens when, on a clock that jumps from event to event or is the real one."""

import heapq
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count

Act = Callable[[], None]


class Agenda:
    """Acts in the order of their times. In real time it waits for each; otherwise time jumps."""

    def __init__(self, begins: datetime, *, real_time: bool = False) -> None:
        self.begins = datetime.now(UTC) if real_time else begins
        self._now = self.begins
        self._real = real_time
        self._acts: list[tuple[datetime, int, Act]] = []
        self._numbers = count()

    def now(self) -> datetime:
        """The time of the simulation: never earlier than it was."""
        if self._real:
            self._now = max(self._now, datetime.now(UTC))
        return self._now

    def after(self, seconds: float, act: Act) -> None:
        """Do something in so many seconds."""
        self.at(self.now() + timedelta(seconds=seconds), act)

    def at(self, moment: datetime, act: Act) -> None:
        """Do something at a moment."""
        heapq.heappush(self._acts, (moment, next(self._numbers), act))

    def run(self, until: Callable[[], bool]) -> None:
        """Act until nothing is left, or until it is enough."""
        while self._acts and not until():
            moment, _, act = heapq.heappop(self._acts)
            if self._real:
                time.sleep(max((moment - datetime.now(UTC)).total_seconds(), 0))
            self._now = max(self._now, moment)
            act()
