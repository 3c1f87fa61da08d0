"""From probabilities to a decision: accept, ask which one, or say that nothing fits."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.recognition.decision import Candidate, Decision, Recognition
from knowledge.recognition.evidence import Matrix

BEST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Probabilities that a decision needs. Chosen on ways of asking whose source was held out (docs/recognition.md)."""

    enter: float = 0.8
    stay: float = 0.35
    nothing: float = 0.5
    plausible: float = 0.02
    lead: float = 2.0
    most_choices: int = 6


def decide(slugs: Sequence[str], probabilities: Matrix, current: str | None, thresholds: Thresholds) -> Recognition:
    """One decision from the probabilities of all items; what is missing to one is "fits nothing"."""
    order = np.argsort(-probabilities, kind="stable")[:BEST]
    candidates = tuple(Candidate(slugs[place], round(float(probabilities[place]), 4)) for place in order)
    best = candidates[0]
    none = 1 - float(probabilities.sum())
    if none >= thresholds.nothing or not best.score:
        return Recognition(decision=Decision.NONE, accepted=(), choices=(), candidates=candidates)
    needed = thresholds.stay if best.item == current else thresholds.enter
    if best.score >= needed:
        return Recognition(decision=Decision.ACCEPT, accepted=(best.item,), choices=(), candidates=candidates)
    choices = [one.item for one in candidates if one.score >= thresholds.plausible]
    choices = (choices or [best.item])[: thresholds.most_choices]
    return Recognition(decision=Decision.CLARIFY, accepted=(), choices=tuple(choices), candidates=candidates)


def accept_all(several: Sequence[str], whole: Recognition) -> Recognition:
    """The decision for a message that names several needs."""
    return Recognition(decision=Decision.ACCEPT, accepted=tuple(several), choices=(), candidates=whole.candidates)
