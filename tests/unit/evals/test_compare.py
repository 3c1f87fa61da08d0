"""Comparing two runs."""

from pathlib import Path

import pytest

from evals.compare import NotComparable, compare
from evals.report import write_folder
from evals.result import Row, RunResult
from evals.statistics import share


def run_with(hits: list[bool], task: str = "recognition") -> RunResult:
    rows: list[Row] = [{"id": str(i), "scores": {"top_1": float(h)}} for i, h in enumerate(hits)]
    return RunResult(task=task, dataset="d", config={}, metrics={"top_1": share(hits)}, rows=rows)


def test_a_clear_loss_is_a_regression_and_noise_is_not(tmp_path: Path) -> None:
    write_folder(run_with([True] * 60), tmp_path / "good")
    write_folder(run_with([True] * 30 + [False] * 30), tmp_path / "bad")
    write_folder(run_with([True] * 59 + [False]), tmp_path / "noise")
    assert [d.is_regression for d in compare(tmp_path / "good", tmp_path / "bad")] == [True]
    assert [d.is_regression for d in compare(tmp_path / "good", tmp_path / "noise")] == [False]
    assert [d.is_regression for d in compare(tmp_path / "bad", tmp_path / "good")] == [False]


def test_runs_of_different_tasks_are_not_compared(tmp_path: Path) -> None:
    write_folder(run_with([True]), tmp_path / "a")
    write_folder(run_with([True], task="answers"), tmp_path / "b")
    with pytest.raises(NotComparable, match="one task"):
        compare(tmp_path / "a", tmp_path / "b")


def test_a_folder_without_a_result_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(NotComparable, match="xiaoshen eval"):
        compare(tmp_path, tmp_path)
