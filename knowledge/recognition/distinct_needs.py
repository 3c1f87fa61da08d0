"""Which of the items that a message may want are needs of their own, and what that says about the message."""

from collections.abc import Sequence

from knowledge.recognition.evidence import Matrix
from knowledge.recognition.item_names import overlap
from knowledge.recognition.kinship import Kinship
from knowledge.recognition.need_signs import NEED_SIGNS, SEVERAL_SIGNS, NeedSigns


def with_needs(signs: NeedSigns, chances: Matrix, kinship: Kinship) -> Matrix:
    """The message's signs with what its items' own chances add: how likely a second and a third one is."""
    found = signs.message.copy()
    single = [row for row, place in enumerate(signs.places) if not kinship.is_bundle(place)]
    bundles = [row for row, place in enumerate(signs.places) if kinship.is_bundle(place)]
    ordered = distinct(signs, chances, single)
    best = [float(chances[row]) for row in ordered[:3]] + [0.0] * 3
    found[:5] = [*best[:3], float(chances[single].sum()) if single else 0.0, float(chances[bundles].max(initial=0))]
    found[SEVERAL_SIGNS.index("second_cued")] = best[1] * float(signs.needs[0, NEED_SIGNS.index("cues")])
    if len(ordered) > 1:
        kin = kinship.between(signs.places[ordered[0]], signs.places[ordered[1]])
        found[SEVERAL_SIGNS.index("second_related")] = max(kin.related, kin.bundle)
    return found


def distinct(signs: NeedSigns, chances: Matrix, rows: Sequence[int]) -> list[int]:
    """These rows, likeliest first, without those that only say again what a likelier one says.

    A clause wants one thing, unless it names two: 「社保卡换新」 is no first card beside a new one.
    """
    kept: list[int] = []
    for row in sorted(rows, key=lambda row: -chances[row]):
        if not any(_says_again(signs, row, other) for other in kept):
            kept.append(row)
    return kept


def _says_again(signs: NeedSigns, row: int, other: int) -> bool:
    one, two = signs.spans[row], signs.spans[other]
    if one and two:
        return overlap(one, two) and signs.clauses[row] == signs.clauses[other]
    return signs.clauses[row] == signs.clauses[other]
