"""The error analysis of a recognition run as one page that opens from disk: confusions, styles, decisions, calibration.

The page holds everything it needs; its pictures are SVG drawn here.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from evals.calibration_picture import reliability_svg
from evals.report_numbers import interval, number
from evals.scorers.recognition import RecognitionRow, kind_of
from evals.statistics import Measure
from knowledge.recognition.decision import Decision

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a}"
    "table{border-collapse:collapse;margin:1rem 0}td,th{border:1px solid #bbb;padding:.25rem .6rem;text-align:left;"
    "vertical-align:top}th{background:#f2f2f2}td.n{text-align:right;font-variant-numeric:tabular-nums}"
    "svg{max-width:100%;height:auto}"
)
_MOST_ROWS = 200


def recognition_page(title: str, rows: Sequence[RecognitionRow], metrics: Mapping[str, Measure]) -> str:
    """The whole page."""
    calibrated = [(row.best_score, row.hit_within(1)) for row in rows]
    parts = [
        f"<h1>{escape(title)}</h1>",
        _table(
            ("measure", "value", "95 % interval", "n"),
            [(name, number(m), interval(m), str(m.n)) for name, m in metrics.items()],
        ),
        "<h2>What was decided</h2>",
        "<p>Rows: what the request was. Columns: what was decided, and whether it was right.</p>",
        _decisions(rows),
        "<h2>Is a score a probability?</h2>",
        "<p>Dots on the line: of the requests with this score, as many as it says have the right item first. "
        "The bars below show how many requests have such a score; the thin lines are 95 % intervals.</p>",
        reliability_svg(calibrated),
        "<h2>By style</h2>",
        _styles(rows),
        "<h2>Items taken for each other, by group</h2>",
        _confusions(rows),
        "<h2>Requests to read</h2>",
        _requests(rows),
    ]
    body = "\n".join(parts)
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f"<style>{_STYLE}</style></head><body>\n{body}\n</body></html>\n"
    )


def _table(head: Iterable[str], rows: Iterable[Sequence[str]]) -> str:
    lines = ["<table><thead><tr>", *(f"<th>{escape(cell)}</th>" for cell in head), "</tr></thead><tbody>"]
    for row in rows:
        cells = "".join(f"<td{_class(cell)}>{escape(cell)}</td>" for cell in row)
        lines.append(f"<tr>{cells}</tr>")
    return "".join([*lines, "</tbody></table>"])


def _class(cell: str) -> str:
    return ' class="n"' if cell[:1].isdigit() or cell == "–" else ""


def _decisions(rows: Sequence[RecognitionRow]) -> str:
    columns = ("accepted, right", "accepted, wrong", "asked, right choices", "asked, choices missing", "nothing fits")
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        counted[kind_of(row.case)][_outcome(row)] += 1
    return _table(
        ("request", *columns),
        [(kind, *(str(found[column]) for column in columns)) for kind, found in sorted(counted.items())],
    )


def _outcome(row: RecognitionRow) -> str:
    match row.recognition.decision:
        case Decision.ACCEPT:
            return "accepted, wrong" if row.is_wrong_and_confident else "accepted, right"
        case Decision.CLARIFY:
            missing = not row.case.expected or not set(row.case.expected) <= set(row.recognition.choices)
            return "asked, choices missing" if missing else "asked, right choices"
        case Decision.NONE:
            return "nothing fits"


def _styles(rows: Sequence[RecognitionRow]) -> str:
    styles: dict[str, list[RecognitionRow]] = defaultdict(list)
    for row in rows:
        for tag in row.case.tags:
            if not tag.startswith("near:"):
                styles[tag].append(row)
    return _table(
        ("style", "requests", "first is right", "among three", "asked back", "nothing fits", "accepted and wrong"),
        [(style, *_of_style(found)) for style, found in sorted(styles.items())],
    )


def _of_style(rows: Sequence[RecognitionRow]) -> tuple[str, ...]:
    fitting = [row for row in rows if row.case.expected]
    decisions = Counter(row.recognition.decision for row in rows)
    return (
        str(len(rows)),
        f"{sum(row.hit_within(1) for row in fitting)} of {len(fitting)}",
        f"{sum(row.hit_within(3) for row in fitting)} of {len(fitting)}",
        str(decisions[Decision.CLARIFY]),
        str(decisions[Decision.NONE]),
        str(sum(row.is_wrong_and_confident for row in rows)),
    )


def _confusions(rows: Sequence[RecognitionRow]) -> str:
    """Pairs of the item meant and the one ranked first; items that were ever taken for each other are a group."""
    pairs: Counter[tuple[str, str]] = Counter()
    for row in rows:
        if row.case.expected and row.ranking and not row.hit_within(1):
            pairs[row.case.expected[0], row.ranking[0]] += 1
    if not pairs:
        return "<p>None.</p>"
    group = _groups(pairs)
    ordered = sorted(pairs.items(), key=lambda pair: (group[pair[0][0]], -pair[1], pair[0]))
    return _table(
        ("group", "meant", "ranked first", "times"),
        [(str(group[meant]), meant, first, str(times)) for (meant, first), times in ordered],
    )


def _groups(pairs: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Numbers the connected groups of items, from 1."""
    neighbors: dict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        neighbors[one].add(other)
        neighbors[other].add(one)
    found: dict[str, int] = {}
    for item in sorted(neighbors):
        if item in found:
            continue
        waiting, mark = [item], max(found.values(), default=0) + 1
        while waiting:
            here = waiting.pop()
            if here not in found:
                found[here] = mark
                waiting += neighbors[here] - found.keys()
    return found


def _requests(rows: Sequence[RecognitionRow]) -> str:
    """What an editor should read first: accepted and wrong, not first, asked without the right choices."""
    kept = [row for row in rows if _is_worth_reading(row)]
    shown = [
        (
            row.case.id,
            row.case.query,
            ", ".join(row.case.expected) or "nothing",
            _outcome(row),
            ", ".join(row.recognition.accepted or row.recognition.choices) or "–",
            ", ".join(f"{c.item} {c.score:.2f}" for c in row.recognition.candidates[:3]),
        )
        for row in kept[:_MOST_ROWS]
    ]
    more = f"<p>{len(kept) - _MOST_ROWS} more are in rows.jsonl.</p>" if len(kept) > _MOST_ROWS else ""
    return _table(("id", "request", "meant", "outcome", "accepted or offered", "first three"), shown) + more


def _is_worth_reading(row: RecognitionRow) -> bool:
    if row.is_wrong_and_confident or (row.case.is_single and not row.hit_within(1)):
        return True
    wanted = set(row.case.expected)
    match kind_of(row.case):
        case "ambiguous":
            return not row.asks_well
        case "several needs":
            return not wanted <= set(row.recognition.accepted)
        case "clear":
            return row.recognition.decision is not Decision.ACCEPT
        case _:
            return False
