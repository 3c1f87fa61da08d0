"""Evaluation runs kept in the home: one at a time, resumed after a stop, compared, and forgotten."""

import io
import json
import sys
import time
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from assistant.operation.evaluation_run import AnotherRuns, NoDataset, NoRetrievalArchive, RunsDiffer
from assistant.operation.runs import EvaluationRuns, RunRefused, RunState, RunTask, UnknownRun

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
PLAYED = """
import json, pathlib, sys, time
arguments = sys.argv[1:]
if arguments[1] == "compare":
    print(json.dumps({"task": "answers", "differences": [], "flips": []}))
    raise SystemExit(1)
if arguments[1] == "effect":
    if "nothing" in arguments[2]:
        raise SystemExit("No draft waits.")
    print(json.dumps({"source": arguments[2], "cases": 1, "differences": [], "changed": [], "worse": False}))
    raise SystemExit(0)
data, out = pathlib.Path(arguments[2]), pathlib.Path(arguments[arguments.index("--out") + 1])
print("answers: 1/2", flush=True)
if data.is_dir():
    told = "".join(sorted(str(file.relative_to(data)) for file in data.rglob("*.*")))
    (data.parent / "seen").write_text(told)
    data = data / "queries.jsonl"
while "wait" in data.read_text() and not (out / "go").exists():
    time.sleep(0.02)
if "die" in data.read_text() and not (out / "go").exists():
    raise SystemExit(1)
measured = {"value": 0.5, "ci95": [0.1, 0.9], "n": 2}
(out / "result.json").write_text("{}")
told = {"config": {"commit": "abc"}, "metrics": {"fact_recall": measured}}
(out / "history.jsonl").write_text(json.dumps(told) + "\\n")
"""
"""Stands for `xiaoshen eval`: says how far it is, waits while it is told to, leaves the same files."""


@pytest.fixture
def runs(tmp_path: Path) -> EvaluationRuns:
    played = tmp_path / "played.py"
    played.write_text(PLAYED, encoding="utf-8")
    return EvaluationRuns(tmp_path, command=(sys.executable, str(played)))


def started(runs: EvaluationRuns, *cases: str, at: datetime = NOW) -> str:
    return runs.start(RunTask.ANSWERS, cases, title="试", by="li", now=at).name


def until(what: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not what():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def packed(*names: str, text: str = '{"_id": "1", "text": "问"}\n') -> bytes:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        for name in names:
            file.writestr(name, text)
    return archive.getvalue()


def over(runs: EvaluationRuns, name: str) -> None:
    until(lambda: runs.one(name).state is not RunState.RUNNING)


def go(tmp_path: Path, name: str) -> None:
    (tmp_path / "runs" / name / "go").touch()


def test_a_run_is_watched_and_leaves_its_measures(runs: EvaluationRuns, tmp_path: Path) -> None:
    name = started(runs, '{"id": "wait"}', '{"id": "b"}')
    until(lambda: runs.one(name).done == 1)
    assert runs.one(name).state is RunState.RUNNING
    go(tmp_path, name)
    over(runs, name)
    (run,) = runs.all()
    assert (run.state, run.done, run.total, run.commit) == (RunState.DONE, 2, 2, "abc")
    assert [(m.name, m.value, m.n) for m in run.metrics] == [("fact_recall", 0.5, 2)]


def test_one_runs_at_a_time_also_for_another_process(runs: EvaluationRuns, tmp_path: Path) -> None:
    name = started(runs, '{"id": "wait"}')
    elsewhere = EvaluationRuns(tmp_path)
    assert elsewhere.one(name).state is RunState.RUNNING
    with pytest.raises(AnotherRuns):
        elsewhere.start(RunTask.ANSWERS, ["{}"], title="", by="wu", now=NOW + timedelta(minutes=1))
    with pytest.raises(RunRefused):
        runs.remove(name)
    go(tmp_path, name)
    over(runs, name)
    runs.remove(name)
    assert runs.all() == ()


def test_a_run_that_died_goes_on(runs: EvaluationRuns, tmp_path: Path) -> None:
    name = started(runs, '{"id": "die"}')
    over(runs, name)
    assert runs.one(name).state is RunState.STOPPED
    go(tmp_path, name)
    runs.resume(name)
    over(runs, name)
    assert runs.one(name).state is RunState.DONE
    with pytest.raises(RunRefused):
        runs.resume(name)


def test_a_regression_is_an_answer_and_no_failure(runs: EvaluationRuns) -> None:
    names = []
    for minute in range(2):
        names.append(started(runs, '{"id": "a"}', at=NOW + timedelta(minutes=minute)))
        over(runs, names[-1])
    assert runs.compared(*names)["task"] == "answers"


def test_runs_of_two_tasks_are_not_compared(runs: EvaluationRuns) -> None:
    first = started(runs, '{"id": "a"}')
    over(runs, first)
    second = runs.start(RunTask.PII, ['{"id": "a"}'], title="试", by="li", now=NOW + timedelta(minutes=1)).name
    over(runs, second)
    with pytest.raises(RunsDiffer):
        runs.compared(first, second)


def test_the_effect_of_a_draft_is_asked_for_when_nothing_runs(runs: EvaluationRuns, tmp_path: Path) -> None:
    assert runs.effect_of("items/dog_reg")["cases"] == 1
    with pytest.raises(RunRefused, match="No draft waits"):
        runs.effect_of("items/nothing")
    name = started(runs, '{"id": "wait"}')
    with pytest.raises(RunRefused):
        runs.effect_of("items/dog_reg")
    go(tmp_path, name)
    over(runs, name)
    assert [run.name for run in runs.all()] == [name]


@pytest.mark.parametrize("name", ["../../etc", "20261122-010000-answers", "lock", ""])
def test_only_runs_are_read(runs: EvaluationRuns, name: str) -> None:
    with pytest.raises(UnknownRun):
        runs.one(name)


@pytest.mark.parametrize("lines", [["", "  "], ["no JSON", "[1, 2]", "7", '{"cut": '], ["PK\x03\x04\ufffd"]])
def test_a_dataset_without_a_case_is_not_run(runs: EvaluationRuns, lines: list[str]) -> None:
    with pytest.raises(NoDataset):
        started(runs, *lines)
    assert json.dumps([run.name for run in runs.all()]) == "[]"


def test_a_folder_of_retrieval_comes_as_an_archive(runs: EvaluationRuns, tmp_path: Path) -> None:
    archive = packed("set/corpus.jsonl", "set/queries.jsonl", "set/qrels/test.tsv", "../../evil.txt")
    run = runs.start_retrieval(archive, title="试", by="li", now=NOW)
    over(runs, run.name)
    assert (run.task, run.total) == (RunTask.RETRIEVAL, 1)
    assert (tmp_path / "runs" / run.name / "seen").read_text() == "corpus.jsonlqrels/test.tsvqueries.jsonl"
    assert not list(tmp_path.rglob("evil.txt"))


@pytest.mark.parametrize(
    "archive",
    [
        b"no zip",
        packed("corpus.jsonl", "queries.jsonl"),
        packed("corpus.jsonl", "queries.jsonl", "qrels/test.tsv", text="\n"),
    ],
)
def test_what_is_no_folder_of_retrieval_leaves_no_run(runs: EvaluationRuns, archive: bytes) -> None:
    with pytest.raises(NoRetrievalArchive, match=r"queries\.jsonl|test\.tsv"):
        runs.start_retrieval(archive, title="试", by="li", now=NOW)
    assert runs.all() == ()
    over(runs, started(runs, '{"id": "a"}'))
