"""Finds names by a small learnt judge of every stretch that may be one, however unusual the name or what follows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from guardrails.personal.candidates import shown
from guardrails.personal.described import Described, describe, rows_by_code
from guardrails.personal.span import Span

Weights = NDArray[np.float32]

WEIGHTS: Final = Path(__file__).parents[1] / "weights" / "names.npz"


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgeOfNames:
    """A small net: what the signs around and in a stretch are like, groups of signs beside it, and plain facts."""

    rows: NDArray[np.int64]
    of_signs: Weights
    of_groups: Weights
    layers: tuple[tuple[Weights, Weights], ...]

    def odds(self, described: Described) -> Weights:
        """The log odds of each stretch that it is somebody's name."""
        count = len(described.spans)
        signs = self.of_signs[described.signs].reshape(count, -1)
        groups = self.of_groups[described.groups].sum(axis=1)
        read = np.concatenate([signs, groups, described.facts], axis=1)
        for place, (into, bias) in enumerate(self.layers):
            read = read @ into + bias
            if place + 1 < len(self.layers):
                read = np.maximum(read, 0.0)
        return read[:, 0]


@lru_cache(maxsize=1)
def judge_of_names(path: Path = WEIGHTS) -> JudgeOfNames:
    """Read the weights that `python -m evals.guarding.train_names` wrote."""
    with np.load(path, allow_pickle=False) as held:
        return JudgeOfNames(
            rows=rows_by_code(str(held["signs"])),
            of_signs=held["of_signs"].astype(np.float32),
            of_groups=held["of_groups"].astype(np.float32),
            layers=tuple(
                (held[f"into{place}"].astype(np.float32), held[f"bias{place}"].astype(np.float32))
                for place in range(int(held["layers"]))
            ),
        )


def odds_of_names(text: str, data: Sequence[Span]) -> dict[tuple[int, int], float]:
    """Return the log odds of each stretch of a text that may be a name; `data`: what else was found in the text."""
    seen = shown(text, data)
    judge = judge_of_names()
    described = describe(seen.signs, judge.rows)
    if described is None:
        return {}
    origin = seen.origin
    odds = judge.odds(described).tolist()
    return {(origin[s], origin[e]): one for (s, e), one in zip(described.spans, odds, strict=True)}
