"""`python -m evals.guarding.train_harm`: trains the inbound judge from `corpus/` and writes the weights that ship.

Whole kinds of harm, whole topics and whole writers are held out in turn; on what neither reader had seen, the weights
of the two readers and the thresholds are fitted. Seeded; a few minutes on one core.
"""

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier

from assistant.bootstrap import build_embedder
from assistant.settings import Settings
from evals.guarding.material import ROOT, Example, examples
from guardrails.harm import SURE_REFUSALS, WEIGHTS, as_read
from guardrails.learned import WIDE_BUCKETS, wide_groups_of
from knowledge.roles import Embedder

_FOLDS = 3
_NETS = 9
_HIDDEN = 96
_ROUNDS = 16
_BATCH = 256
_SEED = 20261122

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Readers:
    """Both readers, fitted on the same messages."""

    wording: LogisticRegression
    nets: tuple[MLPClassifier, ...]
    mean: Floats
    spread: Floats

    def opinions(self, groups: sparse.csr_matrix, vectors: Floats) -> Floats:
        """Log odds by wording and by sense, one row a message."""
        x = (vectors - self.mean) / self.spread
        by_sense = np.mean([_net_odds(net, x) for net in self.nets], axis=0)
        return np.column_stack([self.wording.decision_function(groups), by_sense])


def _net_odds(net: MLPClassifier, x: Floats) -> Floats:
    hidden = np.maximum(x @ net.coefs_[0] + net.intercepts_[0], 0.0)
    return np.asarray((hidden @ net.coefs_[1] + net.intercepts_[1])[:, 0], dtype=np.float64)


def fit_readers(groups: sparse.csr_matrix, vectors: Floats, labels: Floats, weights: Floats, nets: int) -> Readers:
    """Fit both readers. The net has no weights, so that heavier messages are shown to it more often."""
    wording = LogisticRegression(C=20, max_iter=500, solver="liblinear").fit(groups, labels, weights)
    mean, spread = vectors.mean(axis=0), vectors.std(axis=0) + 1e-6
    shown = np.repeat(np.arange(len(labels)), np.maximum(1, np.round(weights)).astype(int))
    x = (vectors - mean) / spread
    fitted = tuple(
        MLPClassifier((_HIDDEN,), alpha=0.3, max_iter=_ROUNDS, learning_rate_init=1e-3, random_state=_SEED + i).fit(
            x[shown], labels[shown]
        )
        for i in range(nets)
    )
    return Readers(wording=wording, nets=fitted, mean=mean, spread=spread)


def group_matrix(texts: Sequence[str]) -> sparse.csr_matrix:
    """Character groups as rows of unit length."""
    rows = [wide_groups_of(text) for text in texts]
    lengths = np.array([len(row) for row in rows])
    data = np.concatenate([np.full(n, 1 / np.sqrt(n)) for n in lengths])
    return sparse.csr_matrix(
        (data, np.concatenate(rows), np.concatenate([[0], np.cumsum(lengths)])), shape=(len(rows), WIDE_BUCKETS)
    )


def embedded(texts: Sequence[str], embedder: Embedder, cache: Path) -> Floats:
    """Sentence vectors, remembered in a file between runs."""
    known: dict[str, Floats] = {}
    if cache.exists():
        with np.load(cache, allow_pickle=False) as held:
            known = dict(zip((str(t) for t in held["texts"]), held["vectors"], strict=True))
    missing = [text for text in dict.fromkeys(texts) if text not in known]
    for start in range(0, len(missing), _BATCH):
        part = missing[start : start + _BATCH]
        known |= dict(zip(part, embedder.embed_queries(part).astype(np.float16), strict=True))
    if missing:
        cache.parent.mkdir(parents=True, exist_ok=True)
        np.savez(cache, texts=np.array(list(known)), vectors=np.stack(list(known.values())))
    return np.stack([known[text] for text in texts]).astype(np.float64)


def held_out_opinions(all_of: Sequence[Example], groups: sparse.csr_matrix, vectors: Floats) -> Floats:
    """The opinions of readers on kinds, topics and writers they had not seen."""
    labels = np.array([float(e.harmful) for e in all_of])
    weights = np.array([e.weight for e in all_of])
    kinds = sorted({e.group for e in all_of})
    order = np.random.default_rng(_SEED).permutation(len(kinds))
    fold_of = {kinds[k]: int(i) % _FOLDS for i, k in enumerate(order)}
    folds = np.array([fold_of[e.group] for e in all_of])
    opinions = np.zeros((len(all_of), 2))
    for fold in range(_FOLDS):
        seen, held = folds != fold, folds == fold
        readers = fit_readers(groups[seen], vectors[seen], labels[seen], weights[seen], nets=1)
        opinions[held] = readers.opinions(groups[held], vectors[held])
    return opinions


def main() -> None:
    """Train, report on what was held out, and write the weights."""
    all_of = examples()
    texts = [as_read(e.text) for e in all_of]
    labels = np.array([float(e.harmful) for e in all_of])
    weights = np.array([e.weight for e in all_of])
    embedder = build_embedder(Settings(), say=lambda line: print(line, file=sys.stderr))  # noqa: T201 - a script
    vectors = embedded(texts, embedder, ROOT / "var" / "models" / "vectors" / "guarding.npz")
    groups = group_matrix(texts)
    opinions = held_out_opinions(all_of, groups, vectors)
    stack = LogisticRegression(C=1.0).fit(opinions, labels, weights)
    odds = stack.decision_function(opinions)
    report = {
        "messages": len(texts),
        "harmful": int(labels.sum()),
        "held_out": {
            f"harmful above {SURE_REFUSALS}": float((odds[labels == 1] > SURE_REFUSALS).mean()),
            f"legitimate above {SURE_REFUSALS}": float((odds[labels == 0] > SURE_REFUSALS).mean()),
            "legitimate quantiles": {str(q): float(np.quantile(odds[labels == 0], q)) for q in (0.98, 0.99, 0.995)},
        },
        "stack": [*stack.coef_[0].tolist(), float(stack.intercept_[0])],
    }
    readers = fit_readers(groups, vectors, labels, weights, _NETS)
    save(readers, np.array(report["stack"]), WEIGHTS)
    sys.stdout.write(json.dumps(report, ensure_ascii=False, indent=1) + "\n")


def save(readers: Readers, stack: Floats, path: Path) -> None:
    """Write what `guardrails.learned.load_readers` reads."""
    path.parent.mkdir(parents=True, exist_ok=True)
    layers = {
        f"{part}{i}": values.astype(np.float16)
        for i, net in enumerate(readers.nets)
        for part, values in (
            ("into", net.coefs_[0]),
            ("bias", net.intercepts_[0]),
            ("out", net.coefs_[1]),
            ("last", net.intercepts_[1]),
        )
    }
    np.savez_compressed(
        path,
        groups=readers.wording.coef_[0].astype(np.float16),
        group_bias=readers.wording.intercept_[0],
        mean=readers.mean.astype(np.float32),
        spread=readers.spread.astype(np.float32),
        nets=len(readers.nets),
        stack=stack,
        **layers,
    )


if __name__ == "__main__":
    main()
