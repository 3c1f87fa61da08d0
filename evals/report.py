"""A result folder: result.json for machines, report.md and pages for people; written aside and moved into place."""

import json
import os
from pathlib import Path

from pydantic import JsonValue

from evals.html_report import html_report
from evals.report_numbers import interval, number
from evals.result import RunResult

_BROKEN_TOLD = 5

__all__ = ["interval", "markdown", "number", "write_folder", "write_json"]


def write_json(result: RunResult, target: Path) -> None:
    """Write the machine-readable result in one move."""
    _replace(target, json.dumps(result.as_json(), ensure_ascii=False, indent=1) + "\n")


def write_folder(result: RunResult, folder: Path) -> None:
    """Write result.json, rows.jsonl, report.md, report.html, and the pages that a task draws itself."""
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
    _replace(folder / "report.html", html_report(result, _history(result, folder / "history.jsonl")))


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


def _history(result: RunResult, file: Path) -> list[dict[str, JsonValue]]:
    """The runs that were written to the folder, this one last: what its trend is drawn from."""
    earlier = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    known: list[dict[str, JsonValue]] = [json.loads(line) for line in earlier]
    whole = result.as_json()
    told: dict[str, object] = {"config": whole["config"], "metrics": whole["metrics"]}
    if result.broken:
        first = [line.model_dump() for line in result.broken[:_BROKEN_TOLD]]
        told["broken_lines"] = {"n": len(result.broken), "first": first}
    now = json.loads(json.dumps(told))
    if not known or known[-1] != now:
        known.append(now)
        _replace(file, "".join(json.dumps(run, ensure_ascii=False) + "\n" for run in known))
    return known


def _replace(target: Path, text: str) -> None:
    aside = target.with_name(target.name + ".part")
    aside.write_text(text, encoding="utf-8")
    os.replace(aside, target)
