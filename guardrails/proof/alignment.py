"""Finds the place of the evidence that each clause of a sentence rests on, and how much of the clause is said there."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from guardrails.claims import without_contacts
from guardrails.proof.families import canonical, is_sign
from guardrails.proof.overlap import Values, Weights, in_twentieths, weights_of
from guardrails.proof.places import Ground, Part, Place
from guardrails.proof.words import Held, Row, bare, held_by, is_word, said, said_in, says_little
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
    rows, weights = ground.signs.held(text), weights_of(text)
    by_words = weights.shares(rows)
    place, window = _best_window(rows, weights, counted, ground)
    context = said_in(text, held_by(canonical(place.context)))
    here = np.maximum(_most(rows, place.parts), rows[place.title])
    joined = ",".join(ground.parts[i].text for i in window)
    return Aligned(
        clause=clause,
        signs=signs,
        counted=counted,
        window=joined,
        nearest=ground.parts[by_words.index(max(by_words))],
        place=place,
        in_window=weights.share(_most(rows, window)),
        in_place=weights.share(np.maximum(here, in_twentieths(context))),
        in_evidence=weights.share(rows.max(axis=0)),
        of_another=_is_of_another(held_by(signs), ground, place, window),
        window_said=said(joined, held_by(canonical(sentence))),
        longest_new=_longest_new(text, here.tolist(), context),
    )


def _best_window(rows: Values, weights: Weights, counted: Sequence[Quantity], ground: Ground) -> tuple[Place, range]:
    """Return the parts of one place that say most of a clause; of the equal ones the first, and the shortest."""
    stands = _stands(counted, ground) if counted else []
    alone = _worths(rows, weights, stands, 1)
    likely = frozenset(sorted(range(len(rows)), key=alone.__getitem__, reverse=True)[:_MOST_LIKELY])
    worths = [alone, *(_worths(rows, weights, stands, n) for n in range(2, _MOST_PARTS + 1))]
    ordered = sorted(_windows(ground, likely), key=lambda found: -worths[len(found[1]) - 1][found[1].start])
    return next((place, window) for place, window in ordered if not ground.is_parallel(window))


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
                if not likely.isdisjoint(window):
                    yield place, window


def _stands(counted: Sequence[Quantity], ground: Ground) -> list[list[bool]]:
    """Return for each part which of the numbers of a clause it counts."""
    stands = [[False] * len(counted)] * len(ground.parts)
    for number, held in ground.counting:
        stands[number] = [stands_in(q, held) for q in counted]
    return stands


def _worths(rows: Values, weights: Weights, stands: Sequence[Sequence[bool]], length: int) -> list[float]:
    """Return for each window of so many parts how much it says of the clause, and of what the clause counts."""
    windows = len(rows) - length + 1
    most = rows[:windows]
    for shift in range(1, length):
        most = np.maximum(most, rows[shift : windows + shift])
    worths = [said - _COST_OF_A_PART * length for said in weights.shares(most)]
    if stands:
        for begin in range(windows):
            found = sum(map(any, zip(*stands[begin : begin + length], strict=True)))
            worths[begin] += _WORTH_OF_NUMBERS * found / len(stands[begin])
    return worths


def _most(rows: Values, parts: range) -> Values:
    most: Values = rows[parts.start : parts.stop].max(axis=0)
    return most


def _longest_new(text: str, here: Sequence[int], context: Row) -> int:
    longest = run = 0
    for char, value, beside in zip(text, here, context, strict=True):
        run = (
            run + 1
            if value <= 0 and beside <= 0 and is_word(char) and not says_little(char) and not is_sign(char)
            else 0
        )
        longest = max(longest, run)
    return longest
