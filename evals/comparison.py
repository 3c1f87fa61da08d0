"""A comparison of two runs for people and for machines."""

from collections.abc import Sequence

from pydantic import JsonValue
from rich.console import Console
from rich.table import Table
from rich.text import Text

from evals.compare import NEUTRAL, Difference, Flip, StoredResult, differences, flips


def show_comparison(found: Sequence[Difference], flipped: Sequence[Flip], shown: int, console: Console) -> None:
    """The measures as a table, then the cases that flipped, those that became worse first."""
    table = Table("measure", "before", "after", "difference (95 %)", "p", "")
    for d in found:
        table.add_row(Text(d.metric), f"{d.before:.3f}", f"{d.after:.3f}", _gap(d), _p(d), verdict(d))
    console.print(table)
    for flip in flipped[:shown]:
        console.print(f"{flip.id}: {flip.metric} {flip.before:g} → {flip.after:g}", markup=False)
    if len(flipped) > shown:
        console.print(f"… and {len(flipped) - shown} more flips.")


def verdict(d: Difference) -> str:
    """In a word."""
    if not d.is_significant or d.before == d.after:
        return ""
    if d.metric.partition("[")[0] in NEUTRAL:
        return "other"
    word = "worse" if d.is_worse else "better"
    return f"({word})" if d.is_slice else word


def comparison_as_json(old: StoredResult, new: StoredResult) -> dict[str, JsonValue]:
    """What a machine may want to know."""
    return {
        "task": new.task,
        "before": old.config,
        "after": new.config,
        "differences": [
            {
                "metric": d.metric,
                "before": d.before,
                "after": d.after,
                "paired": d.paired.gap.value if d.paired else None,
                "ci95": [d.paired.gap.low, d.paired.gap.high] if d.paired else None,
                "test": d.paired.test if d.paired else None,
                "p_corrected": d.p if d.paired else None,
                "verdict": verdict(d).strip("()"),
                "regression": d.is_regression,
            }
            for d in differences(old, new)
        ],
        "flips": [{"id": f.id, "metric": f.metric, "before": f.before, "after": f.after} for f in flips(old, new)],
    }


def _gap(d: Difference) -> str:
    gap = d.paired.gap if d.paired else None
    return f"{gap.value:+.3f} ({gap.low:+.3f} … {gap.high:+.3f})" if gap else "–"


def _p(d: Difference) -> str:
    return f"{d.p:.3f}" if d.paired else "–"
