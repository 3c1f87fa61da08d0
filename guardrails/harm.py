"""Reads whether a message asks for harm, by wording and by sense; learnt from messages written for this project."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from guardrails.learned import Embeds, TwoReaders, load_readers
from guardrails.normalizing import normalize, simplified

WEIGHTS: Final = Path(__file__).parent / "weights" / "harm.npz"

# Log odds. Above the first a message is refused; above the second only where nothing says what else it could be.
SURE_REFUSALS: Final = 0.65
# A short question gives the judge little to read: what it takes for harm may be how people ask for a list.
SURE_OF_SHORT: Final = 1.6
SHORT: Final = 20  # characters
DOUBTFUL: Final = -0.8
NEAR: Final = -2.4  # above it a word of harm counts as a sign
HIDDEN: Final = -4.0  # above it the wish that nobody finds it out is enough


@dataclass(frozen=True, slots=True)
class HarmJudgement:
    """The log odds that a message asks for harm, and whether there was little to read."""

    odds: float
    is_short: bool = False

    @property
    def is_sure(self) -> bool:
        """True where the message is refused whatever else it may be about."""
        return self.odds > (SURE_OF_SHORT if self.is_short else SURE_REFUSALS)

    @property
    def is_doubtful(self) -> bool:
        """True where the message is refused unless it is clearly about something an office does."""
        return self.odds > DOUBTFUL

    @property
    def is_near(self) -> bool:
        """True where a word of harm in the message makes it doubtful."""
        return self.odds > NEAR

    @property
    def may_be_hidden(self) -> bool:
        """True where the wish that nobody finds out makes it a refusal, whatever item it names."""
        return self.odds > HIDDEN


UNREAD: Final = HarmJudgement(0.0)
"""No judge was there to ask: the signs decide alone, and nothing is doubtful beyond them."""
HARMLESS: Final = HarmJudgement(float("-inf"))
"""What is known to ask for no harm."""

_SENTENCE_ENDS = re.compile(r"(?<=[。！？!?；;\n])")
_LONG: Final = 90  # characters; above, a wish may hide between harmless sentences
_MOST_PARTS: Final = 24
_PART_MARGIN: Final = 1.5  # a sentence out of its context has to say it more clearly


class HarmReader:
    """Judges messages. The embedder is passed in: this package knows no model."""

    def __init__(self, embedder: Embeds, readers: TwoReaders | None = None) -> None:
        self._embedder = embedder
        self._readers = readers or shipped_readers()

    def judge(self, text: str) -> HarmJudgement:
        """Judge one message; of a long one each sentence too, because a wish may hide among others."""
        read = as_read(text)
        parts = _parts(read)
        vectors = self._embedder.embed_queries([read, *parts])
        odds = [self._readers.odds(part, vector) for part, vector in zip((read, *parts), vectors, strict=True)]
        most = max(odds[0], max(odds[1:], default=odds[0]) - (_PART_MARGIN if parts else 0.0))
        return HarmJudgement(most, is_short=len(read) <= SHORT)


def _parts(read: str) -> list[str]:
    """Return the sentences of a long message, short ones joined with the next; none of a short message."""
    if len(read) <= _LONG:
        return []
    parts: list[str] = []
    waiting = ""
    least = max(12, len(read) // _MOST_PARTS)
    for sentence in _SENTENCE_ENDS.split(read):
        waiting += sentence
        if len(waiting) >= least:
            parts.append(waiting.strip())
            waiting = ""
    if waiting.strip():
        parts.append(waiting.strip())
    return parts[: _MOST_PARTS + 1]


@lru_cache(maxsize=1)
def shipped_readers() -> TwoReaders:
    """The readers that ship."""
    return load_readers(WEIGHTS)


def as_read(text: str) -> str:
    """Return a message in the form that is judged."""
    return simplified(normalize(text)).lower()
