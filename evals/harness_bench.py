"""Two promises of the harness, measured: ten thousand requests recognised, a report of five thousand cases opened.

    .venv/bin/python -m evals.harness_bench [--cases 10000] [--report 5000] [--json FILE]

The first is the real command in a process of its own, from its start to its written result. The second is a page on
disk in a headless Chromium without a network, until its first cases stand there; it needs `chromium`. Seconds of
computing (all processes) stand beside seconds of the clock: on a shared machine only they can be compared.
"""

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from evals.html_report import html_report
from evals.keys.writing import all_keys
from evals.own_sets import DAY, scratch_product
from evals.rescoring import rescored
from evals.samples import AnswerCase, RecognitionCase

_OPENINGS = ("", "请问，", "你好，", "麻烦问一下，")
_COMMAND = str(Path(sys.executable).with_name("xiaoshen"))
_ITEMS = "items/"


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--report", type=int, default=5_000)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="xiaoshen-harness-") as folder:
        data, out = Path(folder) / "requests.jsonl", Path(folder) / "run"
        written = write_requests(data, options.cases)
        began = time.monotonic()
        command = [_COMMAND, "eval", "recognition", str(data), "--out", str(out), "--home", f"{folder}/home"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own command
        took, used = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
        found: dict[str, float | int | str] = {
            "cases": written,
            "recognition_s": round(took, 1),
            "recognition_cpu_s": round(used.ru_utime + used.ru_stime, 1),
            "cases_per_s": round(written / took, 1),
        }
        found |= opened(out, options.report)
    sys.stdout.write(json.dumps(found) + "\n")
    if options.json is not None:
        options.json.write_text(json.dumps(found) + "\n", encoding="utf-8")
    return 0


def write_requests(target: Path, count: int) -> int:
    """So many requests out of the questions that the catalogue itself knows, each with an opening of its own."""
    with scratch_product() as product:
        keys = all_keys(product.knowledge.items(DAY), product.knowledge.policies(DAY), DAY)
    requests = [(opening, key) for opening in _OPENINGS for key in keys][:count]
    made = (_request(n, opening, key) for n, (opening, key) in enumerate(requests))
    lines = (request.model_dump_json(exclude_defaults=True) for request in made)
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(requests)


def opened(run: Path, cases: int) -> dict[str, float | int | str]:
    """How long the report of so many of the run's cases takes to open."""
    browser_at = shutil.which("chromium") or shutil.which("google-chrome")
    if browser_at is None:
        return {"report_s": "no Chromium here"}
    whole = rescored(run)
    page = run / "report_of_some.html"
    page.write_text(html_report(replace(whole, rows=whole.rows[:cases], cases=whole.cases[:cases])), encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_at, args=["--headless", "--no-sandbox"])
        context = browser.new_context(offline=True)
        tab = context.new_page()
        tab.goto("about:blank")
        seconds = _seconds(tab, page)
        browser.close()
    return {"report_cases": min(cases, len(whole.rows)), "report_mb": page.stat().st_size // 2**20, "report_s": seconds}


def _seconds(tab: Page, page: Path) -> float:
    began = time.monotonic()
    tab.goto(page.as_uri())
    tab.wait_for_selector("#cases details")
    return round(time.monotonic() - began, 2)


def _request(number: int, opening: str, key: AnswerCase) -> RecognitionCase:
    items = [source.removeprefix(_ITEMS) for source in key.citations if source.startswith(_ITEMS)]
    return RecognitionCase(id=f"{number}-{key.id}", query=opening + key.question, expected=items[:1])


if __name__ == "__main__":
    raise SystemExit(main())
