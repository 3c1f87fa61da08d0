"""What the trained parts do with requests that were left out of their training: the figures `make train` reports."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import roc_auc_score

from knowledge.recognition.ranker import Ranker
from knowledge.training.fitting import Example, Kept, what_thresholds_keep

_THRESHOLDS = (0.8, 0.85, 0.88, 0.9, 0.95)
_FEW = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Shares among the requests for one item; AUROC of "fits an item"; what each threshold for accepting does."""

    left_out: str
    requests: int
    strangers: int
    first: float
    among_three: float
    auroc: float
    kept: tuple[Kept, ...]


def judged(left_out: str, examples: Sequence[Example], ranker: Ranker) -> Judged:
    """How the ranker does with examples it was not fitted on."""
    found = [ranker.probabilities(example.evidence) for example in examples]
    ranks = [
        int((logs.items > logs.items[example.right[0]]).sum())
        for logs, example in zip(found, examples, strict=True)
        if len(example.right) == 1
    ]
    fits = np.array([bool(example.right) for example in examples])
    doubt = np.array([logs.none for logs in found])
    return Judged(
        left_out=left_out,
        requests=len(ranks),
        strangers=int((~fits).sum()),
        first=float(np.mean([rank == 0 for rank in ranks])),
        among_three=float(np.mean([rank < _FEW for rank in ranks])),
        auroc=float(roc_auc_score(fits, -doubt)) if 0 < fits.sum() < len(fits) else float("nan"),
        kept=tuple(what_thresholds_keep(examples, ranker, _THRESHOLDS)),
    )


def said(one: Judged) -> str:
    """A line for people."""
    kept = ", ".join(f"from {k.threshold:.2f} {k.accepted:.3f} (wrong {k.wrong:.3f})" for k in one.kept)
    return (
        f"{one.left_out}: {one.requests} requests, top-1 {one.first:.3f}, top-3 {one.among_three:.3f}; "
        f"{one.strangers} strangers, AUROC {one.auroc:.3f}; accepted {kept}"
    )
