"""From probabilities to a decision: accept, ask which one, or say that nothing fits."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.recognition.decision import Candidate, Decision, Recognition
from knowledge.recognition.evidence import Matrix

BEST = 10
_TOGETHER = 0.3
"""How far several items that fit at once share their probability: 1 would let them exclude each other, 0 not at all.

Between what held-out sources want for telling strangers (.1) and for being calibrated (.8): docs/recognition.md.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Probabilities that a decision needs. How each was chosen, and on what: docs/recognition.md, "Thresholds"."""

    enter: float = 0.88
    stay: float = 0.35
    nothing: float = 0.5
    plausible: float = 0.005
    most_choices: int = 6


def decide(slugs: Sequence[str], probabilities: Matrix, current: str | None, thresholds: Thresholds) -> Recognition:
    """One decision from the probabilities of all items; what is missing to one is "fits nothing".

    The decision compares the items, so it takes them as excluding each other. A candidate's score says whether the
    request may be about it, and 「小孩读书」 may be about three.
    """
    order = np.argsort(-probabilities, kind="stable")[:BEST]
    some = float(probabilities.sum())
    candidates = tuple(Candidate(slugs[place], _score(float(probabilities[place]), some)) for place in order)
    best, likely = candidates[0].item, float(probabilities[order[0]])
    if 1 - some >= thresholds.nothing or not likely:
        return Recognition(decision=Decision.NONE, accepted=(), choices=(), candidates=candidates)
    if likely >= (thresholds.stay if best == current else thresholds.enter):
        return Recognition(decision=Decision.ACCEPT, accepted=(best,), choices=(), candidates=candidates)
    choices = [slugs[place] for place in order if probabilities[place] >= thresholds.plausible] or [best]
    return Recognition(
        decision=Decision.CLARIFY,
        accepted=(),
        choices=tuple(choices[: thresholds.most_choices]),
        candidates=candidates,
    )


def _score(probability: float, some: float) -> float:
    return round(some * (probability / some) ** _TOGETHER, 4) if probability > 0 else 0.0


def accept_all(several: Sequence[str], whole: Recognition) -> Recognition:
    """The decision for a message that names several needs."""
    return Recognition(decision=Decision.ACCEPT, accepted=tuple(several), choices=(), candidates=whole.candidates)
