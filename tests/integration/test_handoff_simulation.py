"""The simulation runs on the real queue, and its numbers are those of the contract."""

import json
from pathlib import Path

import pytest

from assistant.storage.migrating import upgrade_to_head
from cli.main import run
from evals.handoff_page import BEGIN, END, update_page
from evals.handoff_simulation import Scenario, simulate
from knowledge.storage.engine import open_engine, sqlite_url

METRICS = {
    "arrivals",
    "answered_within_60s",
    "honest_choice_within_60s",
    "first_response_s",
    "double_claims",
    "lost",
    "duplicated_messages",
    "estimate_error_median",
}


def test_the_command_writes_the_metrics_of_the_contract(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    command = "handoff simulate --clerks 6 --arrivals-per-minute 6 --minutes 2 --json"
    assert run([*command.split(), str(target)]) == 0
    metrics = json.loads(target.read_text(encoding="utf-8"))["metrics"]
    assert set(metrics) == METRICS
    assert set(metrics["first_response_s"]) == {"p50", "p95", "max"}
    assert (metrics["arrivals"], metrics["double_claims"], metrics["lost"], metrics["duplicated_messages"]) == (
        12,
        0,
        0,
        0,
    )
    assert metrics["honest_choice_within_60s"] == 1.0
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")
    update_page(page, [target], None, None)
    assert "| 6 | 12 |" in page.read_text(encoding="utf-8")
    assert "old" not in page.read_text(encoding="utf-8")


@pytest.mark.parametrize("clerks", [0, 1])
def test_with_too_few_clerks_everybody_has_a_choice_within_the_minute(clerks: int, tmp_path: Path) -> None:
    engine = open_engine(sqlite_url(tmp_path))
    upgrade_to_head(engine)
    found = simulate(engine, Scenario(clerks=clerks, arrivals_per_minute=12, minutes=1, seed=3))
    engine.dispose()
    metrics = found.measured.as_json()
    assert metrics["honest_choice_within_60s"] == 1.0
    assert (metrics["lost"], metrics["double_claims"]) == (0, 0)
