"""Scores of personal-data recognition: exact spans, by type; optional spans count neither way."""

from collections.abc import Sequence
from dataclasses import dataclass

from evals.samples import PiiCase
from evals.statistics import Measure, ratio


@dataclass(frozen=True, slots=True)
class FoundSpan:
    """A span the product marked."""

    start: int
    end: int
    type: str


@dataclass(frozen=True, slots=True)
class PiiRow:
    """The spans of one text."""

    case: PiiCase
    spans: tuple[FoundSpan, ...]


def pii_metrics(rows: Sequence[PiiRow]) -> dict[str, Measure]:
    """Precision, recall and F1 over all types, then by type."""
    types = sorted({s.type for r in rows for s in r.case.spans})
    metrics = _scores(rows, None, "")
    for kind in types:
        metrics |= _scores(rows, kind, f"[{kind}]")
    return metrics


def _scores(rows: Sequence[PiiRow], kind: str | None, suffix: str) -> dict[str, Measure]:
    hits, found, wanted = [], [], []
    for row in rows:
        optional = {(s.start, s.end) for s in row.case.spans if s.optional}
        gold = {(s.start, s.end, s.type) for s in row.case.spans if not s.optional and kind in (None, s.type)}
        mine = {
            (s.start, s.end, s.type) for s in row.spans if kind in (None, s.type) and (s.start, s.end) not in optional
        }
        hits.append(float(len(gold & mine)))
        found.append(float(len(mine)))
        wanted.append(float(len(gold)))
    both = [f + w for f, w in zip(found, wanted, strict=True)]
    return {
        f"precision{suffix}": ratio(hits, found),
        f"recall{suffix}": ratio(hits, wanted),
        f"f1{suffix}": ratio([2 * h for h in hits], both),
    }
