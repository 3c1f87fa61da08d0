"""How long until a person answers: what is told to the citizen, computed from the line as it is.

Method. The desks are looked at as seats, as many as the clerks who are there can talk with at once. A seat that is free
takes the next ticket now; one that is taken is expected to get free after what is left of a usual conversation, given
how long the present one has lasted (mean of the kept conversations that lasted longer). Those ahead are seated one
after the other where a seat gets free first, each for a mean conversation; of those whose choice is still to come, as
many are counted as have kept waiting lately. To the moment the seat is free the time a clerk usually takes to say the
first words is added. `evals.handoff_simulation` measures the error of this.
"""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, median

USUAL_TALK = 180.0
"""Seconds of a conversation, where none is known yet."""
USUAL_PICKUP = 8.0
"""Seconds from a free seat to the first words, where none is known yet."""
_ENOUGH = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The line and the desks at one moment. Durations in seconds.

    `places`: the waiting tickets, the next one first. `staying`: the chance that each of them is still there when its
    turn comes. `going_on`: how long each present conversation has lasted. `talks`, `pickups`: of late ones.
    """

    places: tuple[str, ...] = ()
    staying: tuple[float, ...] = ()
    seats: int = 0
    anybody: bool = False
    going_on: tuple[float, ...] = ()
    talks: tuple[float, ...] = ()
    pickups: tuple[float, ...] = ()

    def place(self, ticket: str) -> int | None:
        """The place in line, from 1; None where the ticket does not wait."""
        return self.places.index(ticket) + 1 if ticket in self.places else None

    def estimate(self, place: int) -> int | None:
        """Seconds until a person speaks to who stands at this place; None where nobody can say."""
        if self.seats == 0:
            return None
        usual = fmean(self.talks) if len(self.talks) >= _ENOUGH else USUAL_TALK
        pickup = median(self.pickups) if len(self.pickups) >= _ENOUGH else USUAL_PICKUP
        seats = self._free_after(usual)
        heapq.heapify(seats)
        for chance in self.staying[: max(place - 1, 0)]:
            free = heapq.heappop(seats)
            heapq.heappush(seats, free + chance * (usual + pickup))
        return max(1, round(min(seats) + pickup))

    def estimate_for_next(self) -> int | None:
        """The same for somebody who comes now."""
        return self.estimate(len(self.places) + 1)

    def _free_after(self, usual: float) -> list[float]:
        taken = [_rest(lasted, self.talks, usual) for lasted in self.going_on]
        return sorted([*taken, *[0.0] * max(self.seats - len(taken), 0)])[: max(self.seats, 1)]


def _rest(lasted: float, talks: Sequence[float], usual: float) -> float:
    """What is left of a conversation that has lasted this long; a quarter of a usual one where none lasted longer."""
    longer = [talk - lasted for talk in talks if talk > lasted]
    if len(longer) >= _ENOUGH:
        return fmean(longer)
    return max(usual - lasted, usual / 4)
