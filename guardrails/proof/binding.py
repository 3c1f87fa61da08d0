"""What a number belongs to: where the evidence counts several things in one unit, whose number the clause has."""

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from guardrails.proof.alignment import Aligned
from guardrails.proof.families import canonical
from guardrails.proof.places import Ground
from guardrails.proof.words import bare, shared, words_of
from guardrails.quantities import Quantity, quantities, stands_in

_PIECE_ENDS = re.compile(r"[,，、;；:：|（）()\n]|或者?|以及|和")
_OF_THE_SENTENCE: Final = 0.5  # what a word of the other clauses is worth beside a word of the clause
_ENOUGH_TO_STAND_ALONE: Final = 5  # characters; a shorter piece takes the one it follows with it
_MARGIN: Final = 1.6  # so many times more the number's own piece must say, where the nearest part has another number
_CLEARLY: Final = 1.2  # so many times more the place of another number must say

_Piece = tuple[tuple[Quantity, ...], str, str]  # what is counted, the text, and its bare canonical form


def is_of_another(wanted: Quantity, clause: Aligned, sentence: str, ground: Ground) -> bool:
    """Return whether the words around a number say rather what the evidence says beside another number of its unit."""
    near, far = _worths(wanted, _counting(clause.place.text, wanted.unit), clause.clause, sentence)
    rivals = tuple(q for q in clause.nearest.counted if q.unit == wanted.unit)
    if near and far * _MARGIN > near and rivals and not stands_in(wanted, rivals):
        return True
    siblings = [
        (counted, place.text, plain)
        for place, counted, plain in ground.counting_places
        if place.title == clause.place.title and any(_comparable(q, wanted.unit) for q in counted)
    ]
    if all(stands_in(wanted, counted) for counted, _, _ in siblings):
        return False
    near, far = _worths(wanted, siblings, sentence, sentence)
    return bool(near and far) and far > near * _CLEARLY


def _worths(wanted: Quantity, pieces: Iterable[_Piece], clause: str, sentence: str) -> tuple[float, float]:
    """Return how much of a clause the best piece with the number says, and the best with another; rare words more."""
    own = {f"{wanted.unit or '#'}={wanted.value}"}
    mine, others = words_of(clause) - own, words_of(sentence) - own
    found = [(counted, shared(mine | others, text, plain)) for counted, text, plain in pieces]
    common = Counter(word for _, words in found for word in words)
    best = {True: 0.0, False: 0.0}
    for counted, words in found:
        worth = sum((1.0 if word in mine else _OF_THE_SENTENCE) / common[word] for word in words)
        holds = stands_in(wanted, counted)
        best[holds] = max(best[holds], worth)
    return best[True], best[False]


def _comparable(counted: Quantity, unit: str) -> bool:
    return counted.unit == unit or not counted.unit or not unit


@lru_cache(maxsize=256)
def _counting(text: str, unit: str) -> tuple[_Piece, ...]:
    """Return the pieces of a text that count something in a unit; a short one with the piece it follows."""
    found: list[_Piece] = []
    before = ""
    for piece in filter(str.strip, _PIECE_ENDS.split(text)):
        counted = tuple(q for q in quantities(piece) if _comparable(q, unit))
        if counted:
            left = len(piece) - sum(len(q.written) for q in counted)
            whole = piece if left >= _ENOUGH_TO_STAND_ALONE else before + piece
            found.append((counted, whole, bare(canonical(whole))))
            before = ""
        else:
            before = piece
    return tuple(found)
