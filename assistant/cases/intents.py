"""What a message is meant to do, read by wording and sense: learnt from exemplars, for what no fixed words say."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.cases.wishes import Wish
from guardrails.learned import Embeds, Vector, groups_of
from guardrails.normalizing import normalize, simplified

WEIGHTS: Final = Path(__file__).parent / "weights" / "intents.npz"
BUCKETS: Final = 1 << 13
_SHIFT: Final = 3  # of the 2^16 buckets that character groups fall into
_REMEMBERED: Final = 512
_WISHES: Final = {wish.value: wish for wish in Wish}


class Intent(StrEnum):
    """What a message is meant to do. The first ones are wishes; `tell` gives a value or says what happened."""

    LATER = "later"
    WITHDRAW = "withdraw"
    GO_ON = "go_on"
    NOT_KNOWN = "not_known"
    YES = "yes"
    NO = "no"
    AS_FORM = "as_form"
    ONE_BY_ONE = "one_by_one"
    BRING = "bring"
    LICENCE = "licence"
    UPLOADED = "uploaded"
    REVIEW = "review"
    SUBMIT = "submit"
    PAPERS = "papers"
    CODE = "code"
    REVOKE = "revoke"
    PROGRESS = "progress"
    UNMET = "unmet"
    PERSON = "person"
    BEGIN = "begin"
    QUESTION = "question"
    TELL = "tell"

    @property
    def wish(self) -> Wish | None:
        """The wish that this is; None for what is no wish of a case."""
        return _WISHES.get(self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The likeliest intent with its probability, and those of the others."""

    intent: Intent
    share: float
    shares: dict[Intent, float]

    def of(self, intent: Intent) -> float:
        """The probability of one intent."""
        return self.shares.get(intent, 0.0)


UNREAD: Final = Reading(intent=Intent.TELL, share=0.0, shares={})
"""Nobody was there to read: fixed words alone decide."""


class ReadsIntents(Protocol):
    """Reads what a message is meant to do."""

    def read(self, text: str) -> Reading:
        """The likeliest intent, and the others."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class IntentWeights:
    """What training wrote: one row of weights an intent, for character groups and for the sentence vector."""

    intents: tuple[Intent, ...]
    groups: Vector
    vector: Vector
    bias: Vector
    mean: Vector
    spread: Vector


class IntentReader:
    """Reads intents. The embedder is passed in; what was read last is remembered, a turn asks several times."""

    def __init__(self, embedder: Embeds, weights: IntentWeights | None = None) -> None:
        self._embedder = embedder
        self._weights = weights or shipped_weights()
        self._remembered: dict[str, Reading] = {}

    def read(self, text: str) -> Reading:
        """What the message is meant to do."""
        said = as_read(text)
        if said not in self._remembered:
            if len(self._remembered) >= _REMEMBERED:
                self._remembered.clear()
            self._remembered[said] = self._judged(said)
        return self._remembered[said]

    def _judged(self, said: str) -> Reading:
        w = self._weights
        groups = buckets_of(said)
        vector = (self._embedder.embed_queries([said])[0] - w.mean) / w.spread
        odds = w.groups[:, groups].sum(axis=1) / np.sqrt(max(1, len(groups))) + w.vector @ vector + w.bias
        shares = np.exp(odds - odds.max())
        shares /= shares.sum()
        best = int(shares.argmax())
        known = {intent: float(share) for intent, share in zip(w.intents, shares, strict=True)}
        return Reading(intent=w.intents[best], share=float(shares[best]), shares=known)


class Unread:
    """Where no sentence model of ours is in use: every message is left to fixed words."""

    def read(self, text: str) -> Reading:
        """Nothing."""
        return UNREAD


def as_read(text: str) -> str:
    """A message in the form that is judged."""
    return simplified(normalize(text)).lower().strip(" 。.!！,，~")


def buckets_of(said: str) -> NDArray[np.int64]:
    """The buckets of a text's character groups, each once."""
    return np.unique(groups_of(said) >> _SHIFT)


@lru_cache(maxsize=1)
def shipped_weights() -> IntentWeights:
    """The weights that ship."""
    with np.load(WEIGHTS, allow_pickle=False) as held:
        return IntentWeights(
            intents=tuple(Intent(str(name)) for name in held["intents"]),
            groups=held["groups"].astype(np.float32),
            vector=held["vector"].astype(np.float32),
            bias=held["bias"].astype(np.float32),
            mean=held["mean"].astype(np.float32),
            spread=held["spread"].astype(np.float32),
        )
