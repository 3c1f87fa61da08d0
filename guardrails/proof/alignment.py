"""Finds the place of the evidence that each clause of a sentence rests on, and how much of the clause is said there."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from guardrails.claims import without_contacts
from guardrails.proof.families import canonical, is_sign
from guardrails.proof.places import Ground, Part, Place
from guardrails.proof.words import Held, Row, bare, held_by, rows_in, said, said_in, says_little, share
from guardrails.quantities import Quantity, quantities, stands_in

_CLAUSE_ENDS = re.compile(r"[,，;；:：。!！?？\n]")
_SHORTEST: Final = 5  # characters; a shorter clause belongs to the next one
_MOST_PARTS: Final = 3  # a clause rests on at most so many neighbouring parts
_MOST_LIKELY: Final = 6  # a window holds one of so many parts that say most of the clause; bounds the work
_COST_OF_A_PART: Final = 0.02
_WORTH_OF_NUMBERS: Final = 0.15


@dataclass(frozen=True, slots=True, kw_only=True)
class Aligned:
    """A clause, the parts it rests on (`window`), the sentence around them, and the shares of it that they say.

    `nearest` is the one part that says most of its words, whatever it counts.
    """

    clause: str
    signs: str
    counted: tuple[Quantity, ...]
    window: str
    nearest: Part
    place: Place
    in_window: float
    in_place: float
    in_evidence: float
    window_said: float
    of_another: bool
    longest_new: int


def clauses_of(sentence: str) -> tuple[str, ...]:
    """Return the clauses of a sentence; very short ones join the next."""
    found: list[str] = []
    for clause in filter(None, map(str.strip, _CLAUSE_ENDS.split(sentence))):
        if found and len(found[-1]) < _SHORTEST:
            found[-1] += "," + clause
        else:
            found.append(clause)
    return tuple(found) or (sentence,)


def align(clause: str, sentence: str, ground: Ground) -> Aligned:
    """Return where a clause rests. The ground must hold a place."""
    signs, counted = canonical(clause), quantities(without_contacts(clause))
    text = bare(signs)
    rows = rows_in(text, *ground.holding, len(ground.parts))
    alone = [_worth(text, rows, range(i, i + 1), counted, ground.parts) for i in range(len(rows))]
    by_words = max(range(len(rows)), key=lambda i: (share(text, rows[i]), -i))
    likely = frozenset(sorted(range(len(rows)), key=alone.__getitem__, reverse=True)[:_MOST_LIKELY])
    _, place, window = max(
        ((_worth(text, rows, w, counted, ground.parts), place, w) for place, w in _windows(ground, likely)),
        key=lambda found: found[0],
    )
    here = [*(rows[i] for i in place.parts), rows[place.title], said_in(text, held_by(canonical(place.context)))]
    joined = ",".join(ground.parts[i].text for i in window)
    row = _most(here)
    return Aligned(
        clause=clause,
        signs=signs,
        counted=counted,
        window=joined,
        nearest=ground.parts[by_words],
        place=place,
        in_window=share(text, _most([rows[i] for i in window])),
        in_place=share(text, row),
        in_evidence=share(text, _most(rows)),
        of_another=_is_of_another(held_by(signs), ground, place, window),
        window_said=said(joined, held_by(canonical(sentence))),
        longest_new=_longest_new(text, row),
    )


def _is_of_another(clause: Held, ground: Ground, place: Place, window: range) -> bool:
    """Return whether the clause has words of a part that tells the same of another thing."""
    mine = frozenset[str]().union(*(ground.parts[i].held.pairs for i in window))
    others = [i for i in place.parts if i not in window and any(ground.is_parallel((i, w)) for w in window)]
    return any(clause.pairs & ground.parts[i].held.pairs - mine for i in others)


def _windows(ground: Ground, likely: frozenset[int]) -> Iterator[tuple[Place, range]]:
    for place in ground.places:
        if likely.isdisjoint(place.parts):
            continue
        for length in range(1, min(_MOST_PARTS, len(place.parts)) + 1):
            for begin in range(place.parts.start, place.parts.stop - length + 1):
                window = range(begin, begin + length)
                if not likely.isdisjoint(window) and not ground.is_parallel(window):
                    yield place, window


def _worth(text: str, rows: Sequence[Row], window: range, counted: Sequence[Quantity], parts: Sequence[Part]) -> float:
    worth = share(text, _most([rows[i] for i in window])) - _COST_OF_A_PART * len(window)
    if counted:
        found = sum(any(stands_in(q, parts[i].counted) for i in window) for q in counted)
        worth += _WORTH_OF_NUMBERS * found / len(counted)
    return worth


def _most(rows: Sequence[Row]) -> Row:
    return rows[0] if len(rows) == 1 else tuple(map(max, zip(*rows, strict=True)))


def _longest_new(text: str, row: Row) -> int:
    longest = run = 0
    for char, value in zip(text, row, strict=True):
        run = run + 1 if value == 0 and not says_little(char) and not is_sign(char) else 0
        longest = max(longest, run)
    return longest
