"""How reports write a measure."""

from evals.statistics import Measure


def number(m: Measure) -> str:
    """A value as people read it."""
    return "–" if m.n == 0 else f"{m.value:.3f}"


def interval(m: Measure) -> str:
    """An interval as people read it."""
    return "–" if m.n == 0 else f"{m.low:.3f} – {m.high:.3f}"
