"""A dataset that is partly or wholly no dataset of the task: what can be run is run, the rest is told line by line."""

import json
from pathlib import Path

import pytest

from assistant.web.console_runs import comparison_of
from evals.compare import StoredResult
from evals.comparison import comparison_as_json
from evals.progress import Silent
from evals.report import write_folder
from evals.rescoring import AGAIN, rescored
from evals.result import Row
from evals.samples import CaseFile, PiiCase
from evals.statistics import share
from evals.tasks import pii


@pytest.mark.parametrize("task", sorted(AGAIN))
def test_a_dataset_of_another_task_is_a_run_without_a_case(task: str, tmp_path: Path) -> None:
    nothing = tmp_path / "cases.jsonl"
    nothing.touch()
    result = AGAIN[task](nothing, {"rows": []})
    write_folder(result, tmp_path / "run")
    assert all(measure.n == 0 for measure in result.metrics.values())
    assert (tmp_path / "run" / "report.html").is_file()


def test_broken_lines_stand_in_the_history_and_are_kept_when_scored_anew(tmp_path: Path) -> None:
    data, row = tmp_path / "data.jsonl", {"id": "a", "text": "居住证", "spans": []}
    data.write_text("\n".join([json.dumps(row), *["{}"] * 7]), encoding="utf-8")
    write_folder(pii.run(CaseFile(data, PiiCase), {}, Silent()), tmp_path / "run")
    write_folder(rescored(tmp_path / "run"), tmp_path / "run")
    (last,) = (tmp_path / "run" / "history.jsonl").read_text(encoding="utf-8").splitlines()
    told = json.loads(last)["broken_lines"]
    assert (told["n"], [one["line"] for one in told["first"]]) == (7, [2, 3, 4, 5, 6])
    assert told["first"][0]["reason"] == "id: Field required"


def test_a_mark_of_byte_order_does_not_break_the_first_line(tmp_path: Path) -> None:
    data = tmp_path / "data.jsonl"
    data.write_text(json.dumps({"id": "a", "text": "居住证", "spans": []}), encoding="utf-8-sig")
    assert [case.id for case in CaseFile(data, PiiCase)] == ["a"]


def test_a_machine_is_told_the_verdict_and_the_interval_of_each_difference() -> None:
    def stored(hits: int) -> StoredResult:
        rows: list[Row] = [{"id": str(n), "scores": {"top_1": float(n < hits)}} for n in range(60)]
        measure = share([n < hits for n in range(60)]).as_json()
        return StoredResult.model_validate({"task": "recognition", "metrics": {"top_1": measure}, "rows": rows})

    def verdict(before: int, after: int) -> object:
        told = json.loads(json.dumps(comparison_as_json(stored(before), stored(after))))
        (found,) = told["differences"]
        (shown,) = comparison_of(told).differences
        assert (shown.verdict, shown.ci95) == (found["verdict"], tuple(found["ci95"])), "the console takes it"
        assert found["ci95"][0] <= found["paired"] <= found["ci95"][1]
        return found["verdict"]

    assert [verdict(60, 20), verdict(20, 60), verdict(60, 59)] == ["worse", "better", ""]
