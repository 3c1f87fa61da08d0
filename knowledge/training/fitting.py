"""Fits the recognizer's parts: the linear head, the ranker over the evidence, and the gate for "fits nothing"."""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

from knowledge.recognition.evidence import FEATURES, Evidence, Matrix
from knowledge.recognition.head import TrainedHead
from knowledge.recognition.ranker import RANKER_FEATURES, Ranker, design, gate_features
from knowledge.roles import Vectors

_HEAD_STRENGTH = 30.0
_HEAD_STEPS = 100
_RANKER_DECAY = 1e-4
_GATE_DECAY = 1e-2
Doubles = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A request whose items are known: evidence of the likeliest items, and where the right ones are; empty for none.

    Several are right where the words leave open which one is meant.
    """

    evidence: Evidence
    right: tuple[int, ...]


def fit_head(vectors: Vectors, labels: Sequence[str]) -> TrainedHead:
    """Multinomial logistic regression; the label "" stands for no item."""
    model = LogisticRegression(C=_HEAD_STRENGTH, max_iter=_HEAD_STEPS, tol=1e-3)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # stopping early is wanted: it also keeps weights small
        model.fit(vectors.astype(np.float32), list(labels))
    return TrainedHead(
        classes=tuple(str(name) for name in model.classes_),
        weights=model.coef_.astype(np.float32),
        bias=model.intercept_.astype(np.float32),
    )


def likeliest(evidence: Evidence, right: Sequence[int], most: int = 24) -> Example:
    """Keeps the items that any view finds likely; all others would only slow the fit."""

    def of(name: str) -> Matrix:
        return evidence.items[:, FEATURES.index(name)]

    by_phrases = of("phrase_best") + of("sheet_best") + 0.05 * of("head")
    by_sheets = of("sheet_best") + of("bridge_best") + 0.3 * of("sheet_words")
    kept = [*np.argsort(-by_phrases)[: most // 2 + 4].tolist(), *np.argsort(-by_sheets)[: most // 2].tolist()]
    places = list(dict.fromkeys([*kept, *right]))
    return Example(Evidence(evidence.items[places], evidence.none), tuple(places.index(place) for place in right))


def fit_ranker(examples: Sequence[Example]) -> Ranker:
    """First which item, on the requests that have one; then whether there is one, given the best item's score."""
    items = _fit_items([example for example in examples if example.right])
    return Ranker(items, _fit_gate(examples, items))


def _fit_items(examples: Sequence[Example]) -> Matrix:
    widest = max(len(example.evidence.items) for example in examples)
    features = np.zeros((len(examples), widest, len(RANKER_FEATURES)), dtype=np.float32)
    absent = np.full((len(examples), widest), -1e9, dtype=np.float32)
    for row, example in enumerate(examples):
        features[row, : len(example.evidence.items)] = design(example.evidence.items)
        absent[row, : len(example.evidence.items)] = 0
    right = np.zeros((len(examples), widest), dtype=np.float32)
    for row, example in enumerate(examples):
        right[row, list(example.right)] = 1 / len(example.right)

    def loss(weights: Doubles) -> tuple[float, Doubles]:
        scores = features @ weights.astype(np.float32) + absent
        scores -= scores.max(axis=1, keepdims=True)
        exponents = np.exp(scores)
        totals = exponents.sum(axis=1)
        wrong = exponents / totals[:, None] - right
        value = (np.log(totals) - (scores * right).sum(axis=1)).mean() + _RANKER_DECAY * (weights**2).sum()
        slope = np.einsum("nk,nkf->f", wrong, features) / len(examples) + 2 * _RANKER_DECAY * weights
        return float(value), np.asarray(slope, dtype=np.float64)

    found = minimize(loss, np.zeros(len(RANKER_FEATURES)), jac=True, method="L-BFGS-B", options={"maxiter": 800})
    return np.asarray(found.x, dtype=np.float32)


def _fit_gate(examples: Sequence[Example], items: Matrix) -> Matrix:
    features = np.stack([gate_features(e.evidence, design(e.evidence.items) @ items) for e in examples])
    target = np.array([not example.right for example in examples], dtype=np.float64)
    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-6
    scaled = (features - mean) / spread

    def loss(weights: Doubles) -> tuple[float, Doubles]:
        doubt = weights[0] + scaled @ weights[1:]
        wrong = 1 / (1 + np.exp(-doubt)) - target
        value = (np.logaddexp(0, doubt) - target * doubt).mean() + _GATE_DECAY * (weights[1:] ** 2).sum()
        slope = scaled.T @ wrong / len(target) + 2 * _GATE_DECAY * weights[1:]
        return float(value), np.concatenate([[wrong.mean()], slope])

    found = minimize(loss, np.zeros(1 + features.shape[1]), jac=True, method="L-BFGS-B").x
    weights = found[1:] / spread
    return np.concatenate([[found[0] - weights @ mean], weights]).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Kept:
    """What a threshold for accepting does on requests that the ranker was not fitted on, as shares of all."""

    threshold: float
    accepted: float
    wrong: float


def what_thresholds_keep(examples: Sequence[Example], ranker: Ranker, thresholds: Sequence[float]) -> list[Kept]:
    """The trade between accepting and being wrong, to choose the threshold by."""
    found = [ranker.probabilities(example.evidence).items for example in examples]
    sure = np.array([float(np.exp(logs.max())) for logs in found])
    right = np.array([int(logs.argmax()) in example.right for logs, example in zip(found, examples, strict=True)])
    return [Kept(one, float((sure >= one).mean()), float(((sure >= one) & ~right).mean())) for one in thresholds]
