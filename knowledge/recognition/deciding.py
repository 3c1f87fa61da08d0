"""From probabilities to a decision: accept, ask which one, or say that nothing fits. Learned: docs/recognition.md."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.items import ServiceItem
from knowledge.recognition.decision import Candidate, Decision, Recognition
from knowledge.recognition.decision_signs import CLEAR_SIGNS, Outlook, Signs, signs_of, with_choices
from knowledge.recognition.decision_weights import DecisionModel
from knowledge.recognition.differences import difference_between, settled_by
from knowledge.recognition.distinct_needs import distinct, with_needs
from knowledge.recognition.kinship import Kinship
from knowledge.recognition.need_signs import NeedSigns

BEST = 10
_SEVERAL_MEMBERS = 3
_NOTHING = CLEAR_SIGNS.index("nothing")
_TOGETHER = 0.3
"""How far several items that fit at once share their probability: 1 would let them exclude each other, 0 not at all.

Between what held-out sources want for telling strangers (.1) and for being calibrated (.8): docs/recognition.md.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Chances that a decision needs. How each was chosen, and on what: docs/recognition.md, "Thresholds"."""

    clear: float = 0.75
    certain: float = 0.97
    stay: float = 0.35
    nothing: float = 0.5
    same: float = 0.97
    plausible: float = 0.04
    fewest_choices: int = 2
    enough_choices: int = 6
    most_choices: int = 8
    several: float = 0.5
    several_said: float = 0.35
    need: float = 0.4
    second_need: float = 0.2


WITHOUT_PHRASES = Thresholds(clear=0.85, several=0.6)
"""For catalogues of sheets only, where what seems clear is wrong more often (docs/recognition.md)."""


class Decider:
    """Takes the decisions for one catalogue. Immutable."""

    def __init__(
        self, items: Sequence[ServiceItem], kinship: Kinship, model: DecisionModel, thresholds: Thresholds
    ) -> None:
        self._items = {item.slug: item for item in items}
        self._slugs = tuple(item.slug for item in items)
        self._kinship = kinship
        self._model = model
        self._thresholds = thresholds

    def decide(self, outlook: Outlook, current: str | None) -> Recognition:
        """One decision for a message with one need.

        A candidate's score says whether the request may be about it: 「小孩读书」 may be about three. The choices of a
        question are those that may be meant, likeliest first.
        """
        order = outlook.likeliest()
        chances = outlook.probabilities
        some = float(chances.sum())
        candidates = tuple(Candidate(self._slugs[place], _score(float(chances[place]), some)) for place in order[:BEST])
        likely = float(chances[order[0]])
        is_known = outlook.leanings.nearest >= self._thresholds.same
        if (1 - some >= self._thresholds.nothing and not is_known) or not likely:
            return _decided(Decision.NONE, candidates)
        signs = signs_of(outlook, self._kinship)
        best = candidates[0].item
        if best == current and likely >= self._thresholds.stay:
            return _decided(Decision.ACCEPT, candidates, accepted=(best,))
        clear, choices = self._choices(signs)
        # a request that says what many have said is no riddle, whatever its neighbors leave open
        if clear >= self._thresholds.clear or likely >= self._thresholds.certain:
            return _decided(Decision.ACCEPT, candidates, accepted=(best,))
        told = settled_by([self._items[slug] for slug in choices], outlook.said)
        if told is not None:  # the question has been answered before it is asked
            return _decided(Decision.ACCEPT, candidates, accepted=(told.slug,))
        return _decided(Decision.CLARIFY, candidates, choices=choices)

    def on_signs(self, signs: Signs, needs: NeedSigns) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What is accepted and what is offered, from signs alone: training judges decisions with it."""
        several = self.several(needs)
        if several:
            return several, ()
        if signs.clear[_NOTHING] >= np.log(self._thresholds.nothing / (1 - self._thresholds.nothing)):
            return (), ()
        clear, choices = self._choices(signs)
        return ((self._slugs[signs.places[0]],), ()) if clear >= self._thresholds.clear else ((), choices)

    def _choices(self, signs: Signs) -> tuple[float, tuple[str, ...]]:
        """How clear it is that the best item alone is meant, and what to offer where it is not."""
        places, fitting = signs.places, self._model.choice.of(signs.choices)
        clear = float(self._model.clear.of(with_choices(signs.clear, fitting)))
        order = np.argsort(-fitting, kind="stable")
        few = self._thresholds.fewest_choices
        kept = [row for n, row in enumerate(order) if n < few or fitting[row] >= self._thresholds.plausible]
        # items that differ in one detail are a question of their own; others get what may be meant besides
        enough = self._thresholds.enough_choices
        if len(kept) < enough and difference_between([self._items[self._slugs[places[row]]] for row in kept]) is None:
            kept = [int(row) for row in order[:enough]]
        offered = [places[row] for row in kept[: self._thresholds.most_choices]]
        return clear, tuple(self._slugs[place] for place in self._with_bundle(offered, places))

    def _with_bundle(self, offered: Sequence[int], places: Sequence[int]) -> list[int]:
        """The choices, led by the bundle that holds most of them: who tells of an occasion may want all of it."""
        rank = {place: number for number, place in enumerate(places)}
        held = {bundle: len(self._kinship.members(bundle).intersection(offered)) for bundle in self._kinship.bundles}
        fitting = [bundle for bundle, members in held.items() if members >= _SEVERAL_MEMBERS]
        if not fitting:
            return list(offered)
        best = max(fitting, key=lambda bundle: (held[bundle], -rank.get(bundle, len(rank))))
        return [best, *(place for place in offered if place != best)][: self._thresholds.most_choices]

    def several(self, signs: NeedSigns) -> tuple[str, ...]:
        """The items of a message that wants several; empty where it wants one."""
        chances = self._model.need.of(signs.needs)
        enough = self._thresholds.several_said if signs.says_several else self._thresholds.several
        if float(self._model.several.of(with_needs(signs, chances, self._kinship))) < enough:
            return ()
        items = [row for row in range(len(chances)) if not self._kinship.is_bundle(signs.places[row])]
        ranked = distinct(signs, chances, items)
        # who wants several wants at least two: the second needs less to be believed
        least = (self._thresholds.need, self._thresholds.second_need)
        single = [row for n, row in enumerate(ranked) if chances[row] >= least[n == 1]]
        if signs.says_at_once and self._is_of_one_bundle([signs.places[row] for row in single]):
            return ()  # the bundle is what they want
        return tuple(self._slugs[signs.places[row]] for row in single) if len(single) > 1 else ()

    def _is_of_one_bundle(self, places: Sequence[int]) -> bool:
        return any(self._kinship.members(bundle).issuperset(places) for bundle in self._kinship.bundles)


def accept_all(several: Sequence[str], whole: Recognition) -> Recognition:
    """The decision for a message that names several needs; what it wants leads the candidates."""
    return _decided(Decision.ACCEPT, whole.candidates, accepted=tuple(several))


def accept_named(slug: str, whole: Recognition) -> Recognition:
    """The decision for a message that says an item's official name and nothing else of weight."""
    others = tuple(one for one in whole.candidates if one.item != slug)
    return _decided(Decision.ACCEPT, (Candidate(slug, 1.0), *others)[:BEST], accepted=(slug,))


def _decided(
    decision: Decision,
    candidates: tuple[Candidate, ...],
    accepted: tuple[str, ...] = (),
    choices: tuple[str, ...] = (),
) -> Recognition:
    return Recognition(decision=decision, accepted=accepted, choices=choices, candidates=candidates)


def _score(probability: float, some: float) -> float:
    return round(some * (probability / some) ** _TOGETHER, 4) if probability > 0 else 0.0
