"""How long each step may take."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """How long each step may take. The first three are the promise of 「021」, the others serve it."""

    widen: timedelta = timedelta(seconds=30)
    escalate: timedelta = timedelta(seconds=45)
    choice: timedelta = timedelta(seconds=56)
    """Four seconds before the minute is over: the sweep comes once a second, and a process may just have died."""
    offer: timedelta = timedelta(seconds=8)
    """A clerk who does not take an offer within this time is passed over; three of them fit into the minute."""
    first_words: timedelta = timedelta(seconds=15)
    """From taking a conversation to the first words; then the next clerk still comes within the minute."""
    reply: timedelta = timedelta(minutes=3)
    """From a citizen's message to an answer, once they talk."""
    lease: timedelta = timedelta(seconds=12)
    """A clerk whose desk was not heard for so long is gone: two heartbeats and a slow network."""
    gone: timedelta = timedelta(minutes=30)
    """A citizen whose page was not heard for so long while waiting does not wait any more."""
    call_again: timedelta = timedelta(minutes=30)
