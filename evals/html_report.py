"""The report of a run as one page that opens from disk: pictures first, then slices, then cases with all that is known.

Nothing is loaded from anywhere; the rows stand in the page as JSON, and only what is looked at is drawn.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from pydantic import JsonValue

from evals.compare import LOWER_IS_BETTER, NEUTRAL
from evals.pairing import smallest_visible
from evals.result import Row, RunResult
from guardrails.labels import ContentLabel

TEMPLATE = Path(__file__).with_name("report_page.html")
PLACE = "__DATA__"
_CHARSET = '<meta charset="utf-8">'
_BINS = 10
_COUNTS = frozenset({"turns", "questions", "asked_again"})


def html_report(result: RunResult, history: Sequence[Mapping[str, JsonValue]] = ()) -> str:
    """The page. `history` holds earlier runs of the folder, oldest first, this one last."""
    cases = [case.model_dump(mode="json", exclude_defaults=True) for case in result.cases]
    rows = [
        {"case": case, "row": dict(row), "slices": _slices(case, row), "badness": _badness(row)}
        for case, row in zip(cases or [{} for _ in result.rows], result.rows, strict=True)
    ]
    data = {
        "task": result.task,
        "dataset": result.dataset,
        "day": datetime.now(UTC).date().isoformat(),
        "n": len(rows),
        "config": dict(result.config),
        "metrics": {name: m.as_json() for name, m in result.metrics.items()},
        "lower_is_better": sorted(LOWER_IS_BETTER),
        "smallest_visible": smallest_visible(len(rows)),
        "reliability": _reliability(result.rows),
        "history": list(history),
        "order": sorted(range(len(rows)), key=lambda n: -_badness(result.rows[n])),
        "rows": rows,
    }
    # Written so, no text can end the script element early.
    packed = json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    label = ContentLabel(produce_id=f"evaluation-{result.task}").as_html_meta()
    page = TEMPLATE.read_text(encoding="utf-8").replace(_CHARSET, f"{_CHARSET}\n{label}", 1)
    return page.replace(PLACE, packed)


def _badness(row: Row) -> float:
    """How many points the case loses over all measures. Counts (turns, questions) are no points."""
    scores = row["measures"] if "measures" in row else row.get("scores")
    if not isinstance(scores, dict):
        return 0.0
    values = [
        (name, float(v))
        for name, v in scores.items()
        if isinstance(v, int | float) and not isinstance(v, bool) and name not in NEUTRAL | _COUNTS
    ]
    return round(sum(v if name in LOWER_IS_BETTER else max(0.0, 1.0 - v) for name, v in values), 4)


def _slices(case: Mapping[str, JsonValue], row: Row) -> dict[str, list[str]]:
    """What a case is counted under. A tag `facet:fee` counts as a facet, `near:` tags are not slices."""
    found: dict[str, list[str]] = {"tag": [], "item": [], "region": [], "style": [], "facet": [], "audience": []}
    for tag in _texts(case.get("tags")):
        kind, _, name = tag.partition(":")
        if kind in found and name:
            found[kind].append(name)
        elif kind != "near":
            found["tag"].append(tag)
    for kind in ("item", "region", "audience"):
        found[kind] += _texts(case.get(kind))
    if not found["item"]:
        found["item"] = str(row.get("cluster", "")).split()
    return {kind: names for kind, names in found.items() if names}


def _texts(value: JsonValue) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _reliability(rows: Sequence[Row]) -> list[dict[str, float]]:
    """For each tenth of probability: what was said, how often it was right. Empty for tasks without probabilities."""
    bins: list[list[tuple[float, float]]] = [[] for _ in range(_BINS)]
    for row in rows:
        candidates, scores = row.get("candidates"), row.get("scores")
        if not isinstance(candidates, list) or not isinstance(scores, dict) or "top_1" not in scores:
            continue
        first = candidates[0] if candidates else None
        said = float(str(first.get("score", 0.0))) if isinstance(first, dict) else 0.0
        bins[min(_BINS - 1, int(said * _BINS))].append((said, float(str(scores["top_1"]))))
    return [
        {"said": sum(s for s, _ in b) / len(b), "right": sum(r for _, r in b) / len(b), "n": len(b)} for b in bins if b
    ]
