"""A result folder: result.json for machines, report.md for people; written aside and moved, so never half there."""

import json
import os
from pathlib import Path

from evals.result import RunResult
from evals.statistics import Measure


def write_json(result: RunResult, target: Path) -> None:
    """Write the machine-readable result in one move."""
    _replace(target, json.dumps(result.as_json(), ensure_ascii=False, indent=1) + "\n")


def write_folder(result: RunResult, folder: Path) -> None:
    """Write result.json, rows.jsonl and report.md."""
    folder.mkdir(parents=True, exist_ok=True)
    write_json(result, folder / "result.json")
    rows = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in result.rows)
    _replace(folder / "rows.jsonl", rows)
    _replace(folder / "report.md", markdown(result))


def markdown(result: RunResult) -> str:
    """The metrics as a table, with the configuration that produced them."""
    lines = [f"# {result.task}", "", f"{len(result.rows)} cases of `{result.dataset}`", ""]
    lines += [f"- {key}: {value}" for key, value in result.config.items()]
    lines += ["", "| measure | value | 95 % interval | n |", "|---|---|---|---|"]
    lines += [f"| {name} | {number(m)} | {interval(m)} | {m.n} |" for name, m in result.metrics.items()]
    latency = result.as_json()["latency_ms"]
    lines += ["", f"Latency in ms: {latency}", ""]
    if result.broken:
        lines += ["Lines that are no case:", ""]
        lines += [f"- line {b.line}: {b.reason}" for b in result.broken]
    return "\n".join(lines) + "\n"


def number(m: Measure) -> str:
    """A value as people read it."""
    return "–" if m.n == 0 else f"{m.value:.3f}"


def interval(m: Measure) -> str:
    """An interval as people read it."""
    return "–" if m.n == 0 else f"{m.low:.3f} – {m.high:.3f}"


def _replace(target: Path, text: str) -> None:
    aside = target.with_name(target.name + ".part")
    aside.write_text(text, encoding="utf-8")
    os.replace(aside, target)
