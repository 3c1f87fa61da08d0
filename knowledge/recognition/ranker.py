"""Turns evidence into calibrated probabilities: which item, if any, and whether the request fits one at all."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.recognition.evidence import FEATURES, NONE_FEATURES, Evidence, Matrix

SHEET_ONLY = (
    "sheet_best",
    "sheet_mean",
    "name",
    "sheet_words",
    "name_words",
    "sheet_lead",
    "bridge_best",
    "bridge_mean",
    "bridge_name",
    "bridge_lead",
    "guess_name",
    "guess_best",
    "covered",
)
"""What counts differently for items nobody has written ways of asking for."""

RANKER_FEATURES = (*FEATURES, *(f"{name}_alone" for name in SHEET_ONLY))
GATE_FEATURES = (*NONE_FEATURES, "score", "gap", "spread", "top_head", "top_sheet_words", "top_covered", "top_bridge")
_SHEET_COLUMNS = [FEATURES.index(name) for name in SHEET_ONLY]
_TOP_COLUMNS = [FEATURES.index(name) for name in ("head", "sheet_words", "covered", "bridge_best")]
_HAS_PHRASES = FEATURES.index("has_phrases")
CONSIDERED = 24
"""So many items share the probability; a thousand strangers must not add up to doubt."""


@dataclass(frozen=True, slots=True)
class Probabilities:
    """Logarithms: of each item of the catalogue (minus infinity beyond the best 24), and of "fits nothing"."""

    items: Matrix
    none: float


@dataclass(frozen=True, slots=True)
class Ranker:
    """`items` weighs RANKER_FEATURES; `gate` weighs GATE_FEATURES after a constant, for "fits nothing"."""

    items: NDArray[np.float32]
    gate: NDArray[np.float32]

    def probabilities(self, evidence: Evidence) -> Probabilities:
        """Of each item and of none; they sum to one."""
        features = design(evidence.items)
        scores = np.einsum("nf,f->n", features, self.items)  # not `@`, as in evidence
        doubt = float(self.gate[0] + gate_features(evidence, scores) @ self.gate[1:])
        log_none, log_some = -float(np.logaddexp(0, -doubt)), -float(np.logaddexp(0, doubt))
        if len(scores) > CONSIDERED:
            bound = np.partition(scores, -CONSIDERED)[-CONSIDERED]
            scores = np.where(scores >= bound, scores, -np.inf)
        total = _log_sum(scores)
        return Probabilities((scores - total + log_some).astype(np.float32), log_none)


def _log_sum(scores: Matrix) -> float:
    highest = float(scores.max())
    return highest + float(np.log(np.exp(scores - highest).sum()))


def design(items: Matrix) -> Matrix:
    """The features of the ranker from those of the evidence."""
    alone = items[:, _SHEET_COLUMNS] * (1 - items[:, _HAS_PHRASES : _HAS_PHRASES + 1])
    return np.concatenate([items, alone], axis=1)


def gate_features(evidence: Evidence, scores: Matrix) -> Matrix:
    """What tells a request that fits nothing: the best score, its lead, and how well the best item covers the words."""
    best = int(scores.argmax())
    second = float(np.partition(scores, -2)[-2]) if len(scores) > 1 else float(scores[best]) - 9
    lead = float(scores[best]) - second
    spread = _log_sum(scores) - float(scores[best])
    tops = evidence.items[best, _TOP_COLUMNS]
    return np.concatenate([evidence.none, [scores[best], lead, spread], tops]).astype(np.float32)
