"""Evidence as a proof reads it: its sentences, their parts and smallest pieces, and which words each of them holds."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import combinations
from typing import Final

from guardrails.proof.families import canonical
from guardrails.proof.words import Held, held_by, said, words_of
from guardrails.quantities import Quantity, quantities

# Parts that both name somebody, or somewhere, tell of two.
_WHO_AND_WHERE: Final = ("由", "归", "向")
LEAST_PARALLEL: Final = 0.6  # of the words of one part that the other holds too
_SENTENCE_ENDS = re.compile(r"[。;；!！?？\n]")
_PART_ENDS = re.compile(r"[,，:：]")
_PIECE_ENDS = re.compile(r"[,，、;；:：。!！?？\n]|\([一二三四五六七八九十\d]{1,2}\)")
_LEADS_IN = re.compile(r"(.*(?:下列|以下|如下|之一)[^:：]*)[:：]")
_NUMBERED = re.compile(r"\s*[(（]?[一二三四五六七八九十\d]{1,2}[)）.、]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch between two commas."""

    text: str
    held: Held

    @property
    def counted(self) -> tuple[Quantity, ...]:
        """What the part counts; read when a clause counts something too."""
        return quantities(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A sentence of the evidence. `parts` are positions; `title` is the first part of the same source."""

    text: str
    context: str
    parts: range
    title: int


class Ground:
    """The evidence of a sentence, read once."""

    def __init__(self, sources: Sequence[str]) -> None:
        """Read the sources, each of which begins with the line of its name; all simplified and normalized."""
        self.text = "\n".join(sources)
        self.sources = tuple(sources)
        parts: list[Part] = []
        places: list[Place] = []
        for source in sources:
            title, head, lead = len(parts), source.partition("\n")[0], ""
            for text in filter(str.strip, _SENTENCE_ENDS.split(source)):
                leads_in = _LEADS_IN.match(text)
                if leads_in is not None:
                    lead = leads_in[1]
                elif _NUMBERED.match(text) is None:
                    lead = ""
                begin = len(parts)
                parts += [_part(piece.strip()) for piece in _PART_ENDS.split(text) if piece.strip()]
                if len(parts) > begin:
                    context = f"{head},{lead}"
                    places.append(Place(text=text, context=context, parts=range(begin, len(parts)), title=title))
        self.parts = tuple(parts)
        self.places = tuple(places)
        self._parallels: dict[tuple[int, int], bool] = {}

    @cached_property
    def holding(self) -> tuple[dict[str, set[int]], dict[str, set[int]]]:
        """Which parts hold a character, and which hold a pair."""
        singles: dict[str, set[int]] = {}
        pairs: dict[str, set[int]] = {}
        for number, part in enumerate(self.parts):
            for found, held in ((singles, part.held.single), (pairs, part.held.pairs)):
                for sign in held:
                    found.setdefault(sign, set()).add(number)
        return singles, pairs

    def is_parallel(self, parts: Iterable[int]) -> bool:
        """Return whether two of the parts say the same of different things: a clause rests on one of them."""
        return any(self._alike(a, b) for a, b in combinations(parts, 2))

    def _alike(self, one: int, other: int) -> bool:
        known = self._parallels.get((one, other))
        if known is None:
            a, b = self.parts[one], self.parts[other]
            both = any(word in a.text and word in b.text for word in _WHO_AND_WHERE)
            known = both or max(said(a.text, b.held), said(b.text, a.held)) >= LEAST_PARALLEL
            self._parallels[one, other] = known
        return known

    @cached_property
    def pieces(self) -> tuple[tuple[int, str, frozenset[str]], ...]:
        """Number of the place, text and words of the smallest stretches."""
        return tuple(
            (number, piece.strip(), words_of(piece.strip()))
            for number, place in enumerate(self.places)
            for piece in _PIECE_ENDS.split(place.text)
            if piece.strip()
        )

    @cached_property
    def commonness(self) -> Counter[str]:
        """In how many pieces each word stands."""
        return Counter(word for _, _, words in self.pieces for word in words)

    @cached_property
    def titles(self) -> dict[int, frozenset[str]]:
        """Words of the first line below the name of each source, by the position of its title."""
        return {place.title: words_of(self.parts[place.title].text) for place in self.places}

    @lru_cache(maxsize=8)  # noqa: B019 - a ground lives as long as its answer
    def words_of_source(self, title: int) -> frozenset[str]:
        """Return the words of a source."""
        return frozenset().union(*(words_of(place.text) for place in self.places if place.title == title))


def is_numbered(text: str) -> bool:
    """Return whether a text is one of a numbered list."""
    return _NUMBERED.match(text) is not None


@lru_cache(maxsize=64)
def ground_of(sources: tuple[str, ...]) -> Ground:
    """Return the evidence as read, which the sentences of one answer share."""
    return Ground(sources)


def _part(text: str) -> Part:
    return Part(text=text, held=held_by(canonical(text)))
