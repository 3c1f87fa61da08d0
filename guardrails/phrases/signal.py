"""One sign that a message may be what a gate looks for, and how a list of signs is weighed."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class View(StrEnum):
    """Which form of the message a pattern reads."""

    PLAIN = "plain"  # normalized, simplified, lower case; signs and spaces stand
    SQUEEZED = "squeezed"  # the same with nothing but letters and digits


@dataclass(frozen=True, slots=True)
class Views:
    """The forms of one message."""

    plain: str
    squeezed: str


@dataclass(frozen=True, slots=True)
class Signal:
    """A pattern with its name and weight; DECISIVE or more together decide."""

    reason: str
    weight: int
    pattern: re.Pattern[str]
    view: View = View.SQUEEZED

    def __post_init__(self) -> None:
        """Refuse a pattern that every message shows: a stray | would refuse every citizen."""
        if self.pattern.search(""):
            raise ValueError(
                f"The sign {self.reason} stands in an empty text: look for an empty alternative (|) in it."
            )

    def stands_in(self, views: Views) -> bool:
        """Return whether the message shows this sign."""
        return self.pattern.search(views.plain if self.view is View.PLAIN else views.squeezed) is not None


DECISIVE = 2


def strong(reason: str, pattern: str, view: View = View.SQUEEZED) -> Signal:
    """Make a sign that decides alone."""
    return Signal(reason, DECISIVE, re.compile(pattern), view)


def weak(reason: str, pattern: str, view: View = View.SQUEEZED) -> Signal:
    """Make a sign that decides only together with another one."""
    return Signal(reason, 1, re.compile(pattern), view)


def weigh(signals: Iterable[Signal], views: Views) -> tuple[Signal, ...]:
    """Return the signs that stand in the message where together they decide; otherwise nothing."""
    shown = tuple(signal for signal in signals if signal.stands_in(views))
    return shown if sum(signal.weight for signal in shown) >= DECISIVE else ()
