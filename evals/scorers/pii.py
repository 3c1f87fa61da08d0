"""Scores of personal-data recognition: exact spans, by type; optional spans count neither way."""

from collections.abc import Sequence
from dataclasses import dataclass

from evals.samples import PiiCase
from evals.statistics import Measure, ratio

Span = tuple[int, int, str]


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

    @property
    def wanted(self) -> frozenset[Span]:
        """The spans that have to be found."""
        return frozenset((s.start, s.end, s.type) for s in self.case.spans if not s.optional)

    @property
    def found(self) -> frozenset[Span]:
        """The spans that were found, without the optional ones."""
        optional = {(s.start, s.end) for s in self.case.spans if s.optional}
        return frozenset((s.start, s.end, s.type) for s in self.spans if (s.start, s.end) not in optional)

    @property
    def hits(self) -> frozenset[Span]:
        """Found as wanted."""
        return self.wanted & self.found


def pii_metrics(rows: Sequence[PiiRow]) -> dict[str, Measure]:
    """Precision, recall and F1 over all types, then by type."""
    types = sorted({s.type for r in rows for s in r.case.spans})
    metrics = _scores(rows, None, "")
    for kind in types:
        metrics |= _scores(rows, kind, f"[{kind}]")
    return metrics


def _scores(rows: Sequence[PiiRow], kind: str | None, suffix: str) -> dict[str, Measure]:
    def count(spans: frozenset[Span]) -> float:
        return float(sum(kind in (None, span[2]) for span in spans))

    hits, found, wanted = (
        [count(spans) for spans in of]
        for of in ([r.hits for r in rows], [r.found for r in rows], [r.wanted for r in rows])
    )
    both = [f + w for f, w in zip(found, wanted, strict=True)]
    return {
        f"precision{suffix}": ratio(hits, found),
        f"recall{suffix}": ratio(hits, wanted),
        f"f1{suffix}": ratio([2 * h for h in hits], both),
    }
