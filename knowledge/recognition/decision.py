"""What recognition is asked and what it answers."""

from dataclasses import dataclass
from enum import StrEnum


class Speaker(StrEnum):
    """Who said something in a dialogue."""

    CITIZEN = "citizen"
    XIAOSHEN = "xiaoshen"


@dataclass(frozen=True, slots=True)
class Utterance:
    """One thing said earlier in the dialogue."""

    speaker: Speaker
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecognitionRequest:
    """A request and what is known around it.

    `query` is already normalised by the inbound guard. `current` is the item being talked about, if any: it takes less
    to stay with it than to enter it. `audience` is 个人 or 法人 where known.
    """

    query: str
    history: tuple[Utterance, ...] = ()
    audience: str | None = None
    region: str | None = None
    current: str | None = None


class Decision(StrEnum):
    """The three outcomes of recognition."""

    ACCEPT = "accept"
    CLARIFY = "clarify"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An item and the calibrated probability that the request is about it."""

    item: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """The decision. `accepted` has one slug, or several where the request names several needs.

    `choices` are the slugs to offer when the decision is CLARIFY. `candidates` are the ten best, whatever the decision.
    """

    decision: Decision
    accepted: tuple[str, ...]
    choices: tuple[str, ...]
    candidates: tuple[Candidate, ...]
