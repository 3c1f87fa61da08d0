"""How plain a Chinese text is: length of its sentences, official words with a plain alternative, the age it asks for.

The reading age is a rule of thumb of this project, not a measurement of people: six years and a year for each five
characters of the mean sentence, and half a year for each official word in a hundred characters. It puts texts in an
order and shows a change; whether a ten-year-old does read a text, only a ten-year-old can tell.
"""

import csv
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LIST = Path(__file__).with_name("official_words.csv")
LONG_SENTENCE = 40  # characters: a line of a phone, twice over

_ENDS = re.compile(r"[。！？!?；;\n]+")
_HAN = re.compile(r"[㐀-鿿]")
_QUIET = re.compile(r"[\s，、,。：:（）()《》“”\"·/]")
_CHOICE = "· "
_YOUNGEST, _OLDEST = 6.0, 20.0
_CHARACTERS_A_YEAR, _YEARS_A_WORD = 5.0, 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Plainness:
    """What was counted in a text. `official` are the official words found, with repeats."""

    sentences: tuple[int, ...]
    official: tuple[str, ...]
    with_official: int

    @property
    def characters(self) -> int:
        """Of all sentences, without signs."""
        return sum(self.sentences)

    @property
    def sentence_characters(self) -> float:
        """Mean length of a sentence."""
        return self.characters / len(self.sentences)

    @property
    def long_share(self) -> float:
        """Share of sentences that are too long to be read at a glance."""
        return sum(length > LONG_SENTENCE for length in self.sentences) / len(self.sentences)

    @property
    def official_share(self) -> float:
        """Share of sentences that hold an official word."""
        return self.with_official / len(self.sentences)

    @property
    def reading_age(self) -> float:
        """See the module: a rule of thumb."""
        per_hundred = 100 * len(self.official) / self.characters
        age = _YOUNGEST + self.sentence_characters / _CHARACTERS_A_YEAR + per_hundred * _YEARS_A_WORD
        return min(_OLDEST, age)


def plainness(text: str) -> Plainness | None:
    """None where the text holds no Chinese sentence. Buttons (lines of choices) are not read as sentences."""
    told = "\n".join(line for line in text.splitlines() if not line.startswith(_CHOICE))
    sentences = [part for part in _ENDS.split(told) if _HAN.search(part)]
    if not sentences:
        return None
    words = [_official().findall(sentence) for sentence in sentences]
    return Plainness(
        sentences=tuple(len(_QUIET.sub("", sentence)) for sentence in sentences),
        official=tuple(word for found in words for word in found),
        with_official=sum(bool(found) for found in words),
    )


@cache
def official_words() -> dict[str, str]:
    """Each official word with its plain alternative."""
    lines = (line for line in LIST.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return {row["word"]: row["plain"] for row in csv.DictReader(lines)}


@cache
def _official() -> re.Pattern[str]:
    longest_first = sorted(official_words(), key=len, reverse=True)
    return re.compile("|".join(re.escape(word) for word in longest_first))
