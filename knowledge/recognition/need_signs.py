"""What tells that a message wants several items, and which: the whole message beside each of its clauses."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.recognition.evidence import FEATURES, Evidence, Matrix
from knowledge.recognition.item_names import NamesOfItems, Span, stands_apart
from knowledge.recognition.kinship import Kinship
from knowledge.recognition.needs import Grammar, grammar_of
from knowledge.recognition.open_requests import Leanings
from knowledge.recognition.standing import Standing, says_only, standing_of

_OF_THE_WHOLE, _OF_A_CLAUSE = 8, 2
_FLOOR = -8.0
_NAMED = 4  # letters of a name that say it all
_CERTAIN = 0.5
_COVERED, _PHRASE_BEST = FEATURES.index("covered"), FEATURES.index("phrase_best")

NEED_SIGNS = (
    "whole",
    "whole_behind",
    "whole_first",
    "rank",
    "clause",
    "clause_lead",
    "clause_first",
    "clause_nothing",
    "clause_covered",
    "covered",
    "own_clause",
    "named",
    "named_apart",
    "is_bundle",
    "of_bundle",
    "bundle_of_best",
    "theme",
    "clauses",
    "cues",
    "as_one",
    "denies",
    "cued_whole",
    "cued_clause",
    "cued_own",
    "uncut",
    "uncut_behind",
    "done",
    "unwanted",
    "brings",
)
SEVERAL_SIGNS = (
    "first",
    "second",
    "third",
    "all",
    "bundle",
    "clauses",
    "adds",
    "counts",
    "gathers",
    "joins",
    "denies",
    "as_one",
    "asks_order",
    "names",
    "latin",
    "sure",
    "lead",
    "nothing",
    "near_several",
    "near_open",
    "near_single",
    "several_over_open",
    "several_over_single",
    "winners",
    "second_winner",
    "second_winner_cued",
    "second_cued",
    "second_related",
    "only",
    "wishes",
    "second_wish",
    "done",
    "unwanted",
    "brings",
)


Doubles = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One clause, recognized for itself: log probabilities of all items and of none, and the evidence."""

    text: str
    items: Matrix
    none: float
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedSigns:
    """`needs` has a row of NEED_SIGNS for each of `places`; `message` has SEVERAL_SIGNS without what needs add.

    `clauses` is the clause in which each item does best, the same for all where the message is one; `spans` is where
    an item is named, None where it is not.
    """

    places: tuple[int, ...]
    clauses: tuple[int, ...]
    spans: tuple[Span | None, ...]
    needs: Matrix
    message: Matrix

    @property
    def says_several(self) -> bool:
        """Whether the message counts or gathers several wishes (两样都要), denies nothing and wants no one-stop."""
        return self._says("counts", "gathers") and not self._says("denies", "as_one")

    @property
    def says_at_once(self) -> bool:
        """Whether it wants everything in one go."""
        return self._says("as_one")

    def _says(self, *signs: str) -> bool:
        return any(self.message[SEVERAL_SIGNS.index(sign)] > 0 for sign in signs)


def need_signs(
    text: str,
    whole: Clause,
    clauses: Sequence[Clause],
    *,
    leanings: Leanings,
    kinship: Kinship,
    names: NamesOfItems,
) -> NeedSigns:
    """The signs of one message."""
    grammar, spans = grammar_of(text), names.found_in(text)
    places = _pool(whole, clauses, spans)
    parts = list(clauses) or [whole]
    logs = np.maximum(whole.items[places], _FLOOR).astype(np.float64)
    of_parts = np.stack([np.maximum(part.items[places], _FLOOR) for part in parts]) if clauses else logs[None]
    seen = _Seen(
        whole=whole,
        parts=parts,
        is_cut=bool(clauses),
        places=places,
        logs=logs,
        of_parts=of_parts,
        own=of_parts.argmax(axis=0).tolist(),
        standings=tuple(standing_of(part.text) for part in parts) if clauses else (Standing.WISH,),
        grammar=grammar,
        spans=spans,
    )
    rows = [_need_row(row, seen, kinship) for row in range(len(places))]
    winners = _winners(clauses, kinship, seen.cues)
    message = [*(0.0,) * 5, *_message_row(text, seen, leanings), *winners, 0.0, 0.0, *_standings(text, seen, kinship)]
    return NeedSigns(
        places=tuple(places),
        clauses=tuple(seen.own),
        spans=tuple(spans.get(place) for place in places),
        needs=np.array(rows),
        message=np.array(message),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    """A message beside its parts. `of_parts` has a row a part; `own` is the part in which each item does best."""

    whole: Clause
    parts: Sequence[Clause]
    is_cut: bool
    places: list[int]
    logs: Doubles
    of_parts: Doubles
    own: list[int]
    standings: tuple[Standing, ...]
    grammar: Grammar
    spans: dict[int, Span]

    @property
    def cues(self) -> float:
        """How strongly grammar speaks of several."""
        grammar = self.grammar
        return float(min(3, grammar.adds + grammar.counts + grammar.gathers + 0.5 * grammar.joins))


def _need_row(row: int, seen: _Seen, kinship: Kinship) -> list[float]:
    place = seen.places[row]
    kin = kinship.between(seen.places[0], place)
    part, here = seen.parts[seen.own[row]], seen.of_parts[seen.own[row]]
    lead = float(here[row] - np.delete(here, row).max(initial=_FLOOR))
    is_own = float(row == 0 or seen.own[row] != seen.own[0])
    span = seen.spans.get(place)
    behind = float(seen.logs[row] - seen.logs[0])
    of_bundle = any(kinship.is_bundle(one) and place in kinship.members(one) for one in seen.places[:4])
    uncut = float(not seen.is_cut)
    return [
        seen.logs[row],
        behind,
        float(row == 0),
        1 / (1 + row),
        here[row],
        lead,
        float(lead > 0),
        float(np.clip(part.none, _FLOOR, 0)),
        float(part.evidence.items[place, _COVERED]),
        float(seen.whole.evidence.items[place, _COVERED]),
        is_own,
        min(1.0, (span[1] - span[0]) / _NAMED) if span else 0.0,
        float(span is not None and stands_apart(place, span, seen.spans)),
        float(kinship.is_bundle(place)),
        float(of_bundle),
        kin.bundle * float(row > 0),
        kin.theme * float(row > 0),
        float(len(seen.parts) if seen.is_cut else 0),
        seen.cues,
        float(seen.grammar.as_one > 0),
        float(seen.grammar.denies > 0),
        seen.cues * behind,
        seen.cues * lead,
        seen.cues * is_own,
        uncut,
        uncut * behind,
        *(float(seen.standings[seen.own[row]] is one) for one in (Standing.DONE, Standing.UNWANTED, Standing.BRINGS)),
    ]


def _message_row(text: str, seen: _Seen, leanings: Leanings) -> list[float]:
    grammar, logs = seen.grammar, seen.logs
    latin = sum(letter.isascii() and letter.isalpha() for letter in text) > len(text) / 2
    single = float(seen.whole.evidence.items[:, _PHRASE_BEST].max(initial=0))
    return [
        float(len(seen.parts) if seen.is_cut else 0),
        float(min(3, grammar.adds)),
        float(min(3, grammar.counts)),
        float(min(3, grammar.gathers)),
        float(min(3, grammar.joins)),
        float(grammar.denies > 0),
        float(grammar.as_one > 0),
        float(grammar.asks_order > 0),
        float(sum(stands_apart(place, span, seen.spans) for place, span in seen.spans.items())),
        float(latin),
        logs[0],
        logs[0] - logs[1] if len(logs) > 1 else -_FLOOR,
        max(seen.whole.none, _FLOOR),
        leanings.nearest_several,
        leanings.nearest,
        single,
        leanings.nearest_several - leanings.nearest,
        leanings.nearest_several - single,
    ]


def _standings(text: str, seen: _Seen, kinship: Kinship) -> tuple[float, ...]:
    """Whether it narrows itself, what its wishes win, and how many of its clauses are none."""
    wishes = [part for part, one in zip(seen.parts, seen.standings, strict=True) if one is Standing.WISH]
    won, second, _cued = _winners(wishes if seen.is_cut else (), kinship, 0.0)
    others = (float(seen.standings.count(one)) for one in (Standing.DONE, Standing.UNWANTED, Standing.BRINGS))
    return (float(says_only(text)), won, second, *others)


def _winners(clauses: Sequence[Clause], kinship: Kinship, cues: float) -> tuple[float, float, float]:
    """How many different items win a clause for certain, and how certain the second of them is."""
    best: dict[int, float] = {}
    for clause in clauses:
        winner = int(clause.items.argmax())
        if not kinship.is_bundle(winner):
            best[winner] = max(best.get(winner, 0.0), float(np.exp(clause.items[winner])))
    chances = sorted(best.values(), reverse=True)
    second = chances[1] if len(chances) > 1 else 0.0
    return float(sum(chance >= _CERTAIN for chance in chances)), second, second * cues


def _pool(whole: Clause, clauses: Sequence[Clause], spans: dict[int, Span]) -> list[int]:
    """The likeliest of the whole first, then what its clauses add, then what is named."""
    kept = np.argsort(-whole.items, kind="stable")[:_OF_THE_WHOLE].tolist()
    for clause in clauses:
        kept += np.argsort(-clause.items, kind="stable")[:_OF_A_CLAUSE].tolist()
    return list(dict.fromkeys([*kept, *sorted(spans)[:_OF_THE_WHOLE]]))
