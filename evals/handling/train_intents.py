"""`python -m evals.handling.train_intents`: trains the reader of intents from `corpus/handling`, writes its weights.

Whole frames and single sayings are held out in turn for the report; then all are learnt. Seeded; half a minute.
"""

import json
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from assistant.bootstrap import build_embedder
from assistant.cases.intents import BUCKETS, WEIGHTS, as_read, buckets_of
from assistant.settings import Settings
from evals.guarding.train_harm import embedded

ROOT = Path(__file__).parents[2]
_SEED = 20261122
_FOLDS = 5
_FRAME_EACH = 14
_SCALE = 0.15  # of the sentence vector beside the character groups
_SAID_WEIGHT, _FRAME_WEIGHT = 3.0, 0.6
_STRENGTH = 30.0
_PLACE = re.compile(r"\{(\w+)\}")
_SECTION = re.compile(r"(?:\[(\w+)\]|<(\w+)>)")

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Example:
    """A message, what it is meant to do, with what it is held out, and how much it counts."""

    text: str
    intent: str
    group: str
    weight: float


def examples(folder: Path = ROOT / "corpus" / "handling") -> list[Example]:
    """All messages. Seeded: the same files give the same messages."""
    chance = Random(_SEED)  # noqa: S311 - sampling, no secret
    said = _sections(folder / "intents.txt")
    found = [Example(as_read(t), name, t, _SAID_WEIGHT) for name, lines in said.items() for t in lines]
    frames = _sections(folder / "wishes.txt")
    for name in ("begin", "question", "tell"):
        for frame in frames[name]:
            found += [Example(as_read(t), name, frame, _FRAME_WEIGHT) for t in _filled(frame, frames, chance)]
    return found


def _sections(path: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        head = _SECTION.fullmatch(line)
        if head:
            lines = found.setdefault(head[1] or head[2], [])
        elif line and not line.startswith("#"):
            lines.append(line)
    return found


def _filled(frame: str, words: dict[str, list[str]], chance: Random) -> Iterator[str]:
    for _ in range(_FRAME_EACH if _PLACE.search(frame) else 1):
        yield _PLACE.sub(lambda place: chance.choice(words[place[1]]), frame)


def features(texts: Sequence[str], vectors: Floats) -> sparse.csr_matrix:
    """Character groups as rows of unit length, beside the scaled vector."""
    rows = [buckets_of(text) for text in texts]
    data = np.concatenate([np.full(len(row), 1 / np.sqrt(max(1, len(row)))) for row in rows])
    ends = np.concatenate([[0], np.cumsum([len(row) for row in rows])])
    groups = sparse.csr_matrix((data, np.concatenate(rows), ends), shape=(len(rows), BUCKETS))
    return sparse.hstack([groups, sparse.csr_matrix(vectors * _SCALE)], format="csr")


def fit(x: sparse.csr_matrix, labels: NDArray[np.str_], weights: Floats) -> LogisticRegression:
    """The reader."""
    return LogisticRegression(C=_STRENGTH, max_iter=400).fit(x, labels, sample_weight=weights)


def held_out(all_of: Sequence[Example], x: sparse.csr_matrix, labels: NDArray[np.str_], weights: Floats) -> Floats:
    """The probabilities by readers that had seen neither the saying nor the frame."""
    groups = sorted({e.group for e in all_of})
    order = np.random.default_rng(_SEED).permutation(len(groups))
    fold_of = {groups[k]: int(i) % _FOLDS for i, k in enumerate(order)}
    folds = np.array([fold_of[e.group] for e in all_of])
    shares = np.zeros((len(all_of), len(set(labels))))
    for fold in range(_FOLDS):
        shares[folds == fold] = fit(x[folds != fold], labels[folds != fold], weights[folds != fold]).predict_proba(
            x[folds == fold]
        )
    return shares


def report(all_of: Sequence[Example], labels: NDArray[np.str_], shares: Floats) -> dict[str, object]:
    """How often what was held out is read rightly, and how often wrongly where the reader is sure."""
    names = np.array(sorted(set(labels)))
    said, sure = names[shares.argmax(axis=1)], shares.max(axis=1)
    rows = {}
    for name in names:
        mine = labels == name
        taken = (said == name) & (sure >= 0.5)  # noqa: PLR2004
        rows[str(name)] = {
            "n": int(mine.sum()),
            "read": round(float((said[mine] == name).mean()), 3),
            "read and sure": round(float(taken[mine].mean()), 3),
            "taken for it wrongly, of all others": round(float(taken[~mine].mean()), 4),
        }
    wrong = [
        (all_of[i].text, labels[i], str(said[i]), round(float(sure[i]), 2))
        for i in np.nonzero(said != labels)[0].tolist()
    ]
    return {"examples": len(all_of), "held_out": rows, "wrong": [str(w) for w in wrong if w[3] > 0.5][:60]}  # noqa: PLR2004


def main() -> None:
    """Train, report, write."""
    all_of = examples()
    texts = [e.text for e in all_of]
    embedder = build_embedder(Settings(), say=lambda line: print(line, file=sys.stderr))  # noqa: T201 - a script
    vectors = embedded(texts, embedder, ROOT / "var" / "models" / "vectors" / "handling.npz")
    mean, spread = vectors.mean(axis=0), vectors.std(axis=0) + 1e-6
    x = features(texts, (vectors - mean) / spread)
    labels, weights = np.array([e.intent for e in all_of]), np.array([e.weight for e in all_of])
    sys.stdout.write(
        json.dumps(report(all_of, labels, held_out(all_of, x, labels, weights)), ensure_ascii=False, indent=1)
    )
    fitted = fit(x, labels, weights)
    WEIGHTS.parent.mkdir(exist_ok=True)
    np.savez_compressed(
        WEIGHTS,
        intents=np.array([str(name) for name in fitted.classes_]),
        groups=fitted.coef_[:, :BUCKETS].astype(np.float16),
        vector=(fitted.coef_[:, BUCKETS:] * _SCALE).astype(np.float16),
        bias=fitted.intercept_.astype(np.float32),
        mean=mean.astype(np.float32),
        spread=spread.astype(np.float32),
    )


if __name__ == "__main__":
    main()
