"""A result folder: result.json for machines, report.md and pages for people; written aside and moved into place."""

import json
import os
from pathlib import Path

from evals.report_numbers import interval, number
from evals.result import RunResult

__all__ = ["interval", "markdown", "number", "write_folder", "write_json"]


def write_json(result: RunResult, target: Path) -> None:
    """Write the machine-readable result in one move."""
    _replace(target, json.dumps(result.as_json(), ensure_ascii=False, indent=1) + "\n")


def write_folder(result: RunResult, folder: Path) -> None:
    """Write result.json, rows.jsonl, report.md, and the pages that a task draws itself."""
    folder.mkdir(parents=True, exist_ok=True)
    write_json(result, folder / "result.json")
    rows = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in result.rows)
    _replace(folder / "rows.jsonl", rows)
    if result.cases:
        kept = "".join(case.model_dump_json(exclude_defaults=True) + "\n" for case in result.cases)
        _replace(folder / "cases.jsonl", kept)
    _replace(folder / "report.md", markdown(result))
    for name, page in result.pages.items():
        _replace(folder / name, page)


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


def _replace(target: Path, text: str) -> None:
    aside = target.with_name(target.name + ".part")
    aside.write_text(text, encoding="utf-8")
    os.replace(aside, target)
