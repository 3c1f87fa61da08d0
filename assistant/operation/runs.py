"""Evaluation runs kept in the home: each is a folder; one at a time runs, as a process of its own.

The product knows nothing of evaluations: it starts `xiaoshen eval`, and reads the files that are left.
"""

import fcntl
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from threading import Thread
from typing import IO

from pydantic import BaseModel, ConfigDict, Field, JsonValue, TypeAdapter, ValidationError

from assistant.operation.evaluation_run import (
    AnotherRuns,
    BrokenLine,
    Metric,
    NoDataset,
    NoRetrievalArchive,
    Run,
    RunRefused,
    RunsDiffer,
    RunState,
    RunTask,
    UnknownRun,
)
from assistant.operation.retrieval_sets import NoRetrievalSet, unpack

__all__ = ["EvaluationRuns", "Metric", "Run", "RunRefused", "RunState", "RunTask", "UnknownRun"]

COMMAND = (str(Path(sys.executable).with_name("xiaoshen")),)
NAME = r"^[0-9]{8}-[0-9]{6}-[a-z]+$"

_DATA, _ABOUT, _LOG, _RESULT, _REPORT, _HISTORY = (
    "data.jsonl",
    "run.json",
    "log.txt",
    "result.json",
    "report.html",
    "history.jsonl",
)
_DATA_FOLDER = "data"
_LOG_SHOWN = 4_000
_COMPARING, _TRYING = 120.0, 600.0  # seconds
_EFFECT = "effect"  # holds the lock as a run does; no run has this name


class _About(BaseModel):
    task: RunTask
    title: str
    started_at: datetime
    started_by: str
    total: int


class _Measured(BaseModel):
    model_config = ConfigDict(extra="ignore")

    value: float | None
    ci95: tuple[float | None, float | None]
    n: int


class _Broken(BaseModel):
    n: int = 0
    first: tuple[BrokenLine, ...] = ()


class _Finished(BaseModel):
    model_config = ConfigDict(extra="ignore")

    config: dict[str, JsonValue] = Field(default_factory=dict)
    metrics: dict[str, _Measured]
    broken_lines: _Broken = Field(default_factory=_Broken)


class EvaluationRuns:
    """The runs of one home; safe between processes: a running child holds the lock."""

    def __init__(self, home: Path, command: Sequence[str] = COMMAND) -> None:
        self._home, self._folder, self._command = home, home / "runs", tuple(command)

    def all(self) -> tuple[Run, ...]:
        """Every run, the newest first."""
        names = sorted((file.parent.name for file in self._folder.glob(f"*/{_ABOUT}")), reverse=True)
        return tuple(self.one(name) for name in names if re.match(NAME, name))

    def one(self, name: str) -> Run:
        """Raises UnknownRun."""
        folder = self._of(name)
        about = _About.model_validate_json((folder / _ABOUT).read_bytes())
        finished = _last(folder / _HISTORY) if (folder / _RESULT).exists() else None
        log = _tail(folder / _LOG)
        is_running = self._running() == name  # also for a moment after its last file is written
        state = RunState.RUNNING if is_running else RunState.DONE if finished else RunState.STOPPED
        counted = re.findall(rf"^{about.task}: (\d+)(?:/| done)", log, re.MULTILINE)
        return Run(
            name=name,
            task=about.task,
            title=about.title,
            started_at=about.started_at,
            started_by=about.started_by,
            state=state,
            done=about.total if finished else int(counted[-1]) if counted else 0,
            total=about.total,
            metrics=tuple(_metric(key, m) for key, m in finished.metrics.items()) if finished else (),
            commit=str(finished.config.get("commit", "")) if finished else "",
            log=log,
            broken=finished.broken_lines.n if finished else 0,
            broken_lines=finished.broken_lines.first if finished else (),
        )

    def start(self, task: RunTask, lines: Iterable[str], *, title: str, by: str, now: datetime) -> Run:
        """Run a dataset. Raises AnotherRuns where one is running already, NoDataset where no line is an object."""
        cases = [line.strip() for line in lines if line.strip()]
        if not any(_is_object(case) for case in cases):
            raise NoDataset("The dataset holds no case: one JSON object a line.")

        def write(data: Path) -> int:
            data.write_text("\n".join(cases) + "\n", encoding="utf-8")
            return len(cases)

        return self._begin(task, write, title=title, by=by, now=now)

    def start_retrieval(self, archive: bytes, *, title: str, by: str, now: datetime) -> Run:
        """Run an uploaded folder of documents and questions. Raises AnotherRuns and NoRetrievalArchive."""
        return self._begin(RunTask.RETRIEVAL, lambda data: unpack(archive, data), title=title, by=by, now=now)

    def _begin(self, task: RunTask, write: Callable[[Path], int], *, title: str, by: str, now: datetime) -> Run:
        """`write` puts the dataset in its place and counts the cases; where it cannot, no run is left behind."""
        name = f"{now:%Y%m%d-%H%M%S}-{task}"
        folder = self._folder / name
        if folder.exists():
            raise RunRefused("A run began in this very second: try again.")
        with self._alone(name) as lock:
            folder.mkdir(parents=True)
            try:
                total = write(_data_of(folder, task))
            except NoRetrievalSet as refused:
                shutil.rmtree(folder)
                raise NoRetrievalArchive(str(refused)) from None
            about = _About(task=task, title=title, started_at=now, started_by=by, total=total)
            (folder / _ABOUT).write_text(about.model_dump_json(), encoding="utf-8")
            self._go(folder, task, lock)
        return self.one(name)

    def resume(self, name: str) -> Run:
        """Go on with a run that stopped. Raises UnknownRun and RunRefused."""
        run = self.one(name)
        if run.state is not RunState.STOPPED:
            raise RunRefused("Only a run that stopped can go on.")
        with self._alone(name) as lock:
            self._go(self._of(name), run.task, lock)
        return self.one(name)

    def remove(self, name: str) -> None:
        """Forget a run that is not running. Raises UnknownRun and RunRefused."""
        if self.one(name).state is RunState.RUNNING:
            raise RunRefused("The run is not over yet.")
        shutil.rmtree(self._of(name))

    def file(self, name: str, file: str) -> Path:
        """A file of a run that is done. Raises UnknownRun."""
        found = self._of(name) / file
        if not found.is_file():
            raise UnknownRun
        return found

    def report(self, name: str) -> Path:
        """The report as a page. Raises UnknownRun."""
        return self.file(name, _REPORT)

    def compared(self, before: str, after: str) -> dict[str, JsonValue]:
        """What `xiaoshen eval compare` says. Raises UnknownRun, and RunsDiffer where they are of two tasks."""
        if self.one(before).task is not self.one(after).task:
            raise RunsDiffer("Compare runs of one task.")
        both = [str(self.file(name, _RESULT).parent) for name in (before, after)]
        return self._told("compare", *both, within=_COMPARING)

    def effect_of(self, source: str) -> dict[str, JsonValue]:
        """What `xiaoshen eval effect` says of a waiting draft: nothing is published. Raises RunRefused.

        It asks a copy of the home, which takes its share of the machine: never beside a run.
        """
        with self._alone(_EFFECT):
            return self._told("effect", source, "--home", str(self._home), within=_TRYING)

    def _told(self, command: str, *arguments: str, within: float) -> dict[str, JsonValue]:
        """The JSON of a command; the exit status 1 is a regression, and just as good an answer."""
        try:
            run = subprocess.run(  # noqa: S603 - our own command on folders of our own
                [*self._command, "eval", command, *arguments, "--json", "-"],
                capture_output=True,
                text=True,
                timeout=within,
                check=False,
            )
            return TypeAdapter(dict[str, JsonValue]).validate_json(run.stdout)
        except subprocess.TimeoutExpired:
            raise RunRefused(f"It was not done within {within:.0f} seconds: try again when less is going on.") from None
        except ValidationError:
            raise RunRefused(run.stderr.strip() or f"`xiaoshen eval {command}` said nothing.") from None

    def _of(self, name: str) -> Path:
        folder = self._folder / name
        if not re.match(NAME, name) or not (folder / _ABOUT).is_file():
            raise UnknownRun
        return folder

    def _go(self, folder: Path, task: RunTask, lock: IO[str]) -> None:
        """The child inherits the lock and holds it as long as it lives."""
        command = [
            *self._command,
            "eval",
            task,
            str(_data_of(folder, task)),
            "--out",
            str(folder),
            "--home",
            str(self._home),
        ]
        with (folder / _LOG).open("ab") as log:
            child = subprocess.Popen(  # noqa: S603
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=(lock.fileno(),),
                start_new_session=True,
            )
        Thread(target=child.wait, daemon=True, name="evaluation").start()  # nobody else buries it

    def _alone(self, name: str) -> IO[str]:
        """The lock with the name of the run in it. Raises AnotherRuns."""
        self._folder.mkdir(parents=True, exist_ok=True)
        lock = (self._folder / "lock").open("a+", encoding="utf-8")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            raise AnotherRuns("Another run is not over yet: one runs at a time.") from None
        lock.truncate(0)
        lock.write(name)
        lock.flush()
        return lock

    def _running(self) -> str | None:
        """The run whose child holds the lock."""
        file = self._folder / "lock"
        if not file.exists():
            return None
        with file.open("r", encoding="utf-8") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return lock.read()
            return None


def _data_of(folder: Path, task: RunTask) -> Path:
    return folder / (_DATA_FOLDER if task is RunTask.RETRIEVAL else _DATA)


def _is_object(line: str) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False


def _metric(name: str, found: _Measured) -> Metric:
    low, high = found.ci95
    return Metric(name=name, value=found.value, low=low, high=high, n=found.n)


def _last(history: Path) -> _Finished | None:
    lines = history.read_text(encoding="utf-8").splitlines() if history.exists() else []
    return _Finished.model_validate(json.loads(lines[-1])) if lines else None


def _tail(log: Path) -> str:
    if not log.exists():
        return ""
    with log.open("rb") as file:
        file.seek(max(0, os.fstat(file.fileno()).st_size - _LOG_SHOWN))
        return file.read().decode("utf-8", "replace")
