"""Writes what was measured into docs/handoff.md, between two marks: nobody types a number there."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"

_LOADS = {
    "lines": "Open lines of people who wait, one process (SQLite)",
    "sqlite": "Claims among live conversations, real sockets, one process (SQLite)",
    "postgresql": "Claims among live conversations, real sockets, four processes (PostgreSQL)",
}


def update_page(page: Path, simulated: Sequence[Path], siege: Path | None, load: Path | None) -> None:
    """Put the numbers of these result files into the page."""
    text = page.read_text(encoding="utf-8")
    head, _, rest = text.partition(BEGIN)
    _, _, tail = rest.partition(END)
    parts = [_simulations([_read(path) for path in simulated])]
    if siege is not None:
        parts.append(_table("Processes killed while people talk (PostgreSQL)", _read(siege)))
    if load is not None:
        found = _read(load)
        parts += [_table(_LOADS.get(name, name), _part(found, name)) for name in found]
    page.write_text(f"{head}{BEGIN}\n\n{chr(10).join(parts)}\n{END}{tail}", encoding="utf-8")


def _simulations(found: Sequence[Mapping[str, object]]) -> str:
    columns = (
        "clerks",
        "arrivals",
        "answered ≤ 60 s",
        "person or choice ≤ 60 s",
        "first response p50 / p95 / max (s)",
        "double claims",
        "lost",
        "duplicated",
        "estimate: median error",
        "clerks lost",
        "processes died",
    )
    lines = [f"| {' | '.join(columns)} |", f"|{'---|' * len(columns)}"]
    for one in found:
        metrics, config, details = (_part(one, name) for name in ("metrics", "config", "details"))
        response = _part(metrics, "first_response_s")
        error = metrics["estimate_error_median"]
        cells = (
            config["clerks"],
            metrics["arrivals"],
            _percent(metrics["answered_within_60s"]),
            _percent(metrics["honest_choice_within_60s"]),
            " / ".join(_short(response[name]) for name in ("p50", "p95", "max")),
            metrics["double_claims"],
            metrics["lost"],
            metrics["duplicated_messages"],
            "–" if error is None else _percent(error),
            details["clerks_lost"],
            details["processes_that_died"],
        )
        lines.append(f"| {' | '.join(str(cell) for cell in cells)} |")
    return "\n".join(lines) + "\n"


def _table(title: str, found: Mapping[str, object]) -> str:
    lines = [f"**{title}**\n", "| | |", "|---|---|"]
    for name, value in found.items():
        told = ", ".join(f"{k} {_short(v)}" for k, v in value.items()) if isinstance(value, dict) else _short(value)
        lines.append(f"| {name.replace('_', ' ')} | {told} |")
    return "\n".join(lines) + "\n"


def _read(path: Path) -> Mapping[str, object]:
    content: Mapping[str, object] = json.loads(path.read_text(encoding="utf-8"))
    return content


def _part(content: Mapping[str, object], name: str) -> Mapping[str, object]:
    part = content[name]
    if not isinstance(part, dict):
        raise TypeError(f"{name} is no table: measure again with xiaoshen handoff simulate --json.")
    return part


def _percent(value: object) -> str:
    return f"{value:.1%}" if isinstance(value, (int, float)) else "–"


def _short(value: object) -> str:
    return f"{value:.1f}" if isinstance(value, float) else str(value)
