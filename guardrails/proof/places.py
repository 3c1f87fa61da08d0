"""Evidence as a proof reads it: its sentences, their parts and smallest pieces, and which words each of them holds."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import combinations
from typing import Final

from guardrails.proof.families import canonical
from guardrails.proof.overlap import Signs
from guardrails.proof.words import Held, bare, held_by_bare, said, shared, words_of
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
    bare: str

    @property
    def held(self) -> Held:
        """The signs of the part."""
        return held_by_bare(self.bare)

    @property
    def counted(self) -> tuple[Quantity, ...]:
        """What the part counts; read when a clause counts something too."""
        return quantities(self.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A sentence of the evidence, and its canonical form.

    `parts` are positions; `title` is the first part of the same source.
    """

    text: str
    signs: str
    context: str
    parts: range
    title: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One of the smallest stretches, and the number of its place."""

    place: int
    text: str
    bare: str


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
            for text, signs in _both(_SENTENCE_ENDS, source, canonical(source)):
                leads_in = _LEADS_IN.match(text)
                if leads_in is not None:
                    lead = leads_in[1]
                elif _NUMBERED.match(text) is None:
                    lead = ""
                begin = len(parts)
                parts += [Part(text=one.strip(), bare=bare(its)) for one, its in _both(_PART_ENDS, text, signs)]
                if len(parts) > begin:
                    context = f"{head},{lead}"
                    places.append(
                        Place(text=text, signs=signs, context=context, parts=range(begin, len(parts)), title=title)
                    )
        self.parts = tuple(parts)
        self.places = tuple(places)
        self._parallels: dict[tuple[int, int], bool] = {}

    @cached_property
    def signs(self) -> Signs:
        """The signs of all parts."""
        return Signs([part.bare for part in self.parts])

    @cached_property
    def counting(self) -> tuple[tuple[int, tuple[Quantity, ...]], ...]:
        """The parts that count something, by position."""
        return tuple((i, counted) for i, part in enumerate(self.parts) if (counted := part.counted))

    @cached_property
    def counting_places(self) -> tuple[tuple[Place, tuple[Quantity, ...], str], ...]:
        """The places that count something, what they count, and their bare canonical form."""
        return tuple((p, counted, bare(p.signs)) for p in self.places if (counted := quantities(p.text)))

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
    def pieces(self) -> tuple[Piece, ...]:
        """The smallest stretches."""
        return tuple(
            Piece(place=number, text=piece.strip(), bare=bare(signs))
            for number, place in enumerate(self.places)
            for piece, signs in _both(_PIECE_ENDS, place.text, place.signs)
        )

    def worth_of_pieces(self, wanted: frozenset[str]) -> list[float]:
        """Return how many of the words each piece has, a word counting less the more pieces have it."""
        found = [shared(wanted, piece.text, piece.bare) for piece in self.pieces]
        common = Counter(word for words in found for word in words)
        return [sum(1 / common[word] for word in words) for words in found]

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


def _both(ends: re.Pattern[str], text: str, signs: str) -> Iterator[tuple[str, str]]:
    """Return the stretches of a text with their canonical forms: families hold no stops."""
    return ((one, its) for one, its in zip(ends.split(text), ends.split(signs), strict=True) if one.strip())
