"""What the product did with each case, kept by inspect-ai: a run that was killed goes on where it stopped.

Each result folder holds `log/`, which `inspect view` opens. Generation is all that happens here; scores come later.
"""

import asyncio
import gc
import hashlib
import json
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from evals.progress import Progress
from evals.result import Row
from evals.samples import Case

C = TypeVar("C", bound=Case)
Produce = Callable[[C], Awaitable[Row]]

_SELDOM = 200_000  # new objects between two looks for garbage
_KEPT_EVERY, _MOST_WRITES = 20, 100  # samples between two writes of the log: what a kill may cost


def rows_of(
    task: str,
    cases: Sequence[C],
    produce: Produce[C],
    *,
    folder: Path | None,
    identity: str,
    progress: Progress,
    at_once: int = 1,
    is_dear: bool = False,
    together: int = 1,
) -> list[Row]:
    """One row a case, in order; a case that fails gives a row with its `error`. Without a folder nothing is kept.

    `is_dear` is for cases that take a model's time: each is kept at once, and one that failed is tried again.
    `together` cases stand in one sample of the log: for thousands of quick ones, where the log would cost as much.
    """
    ids = [f"{n:06d} {case.id}" for n, case in enumerate(cases)]
    if folder is None:
        return asyncio.run(_plainly(cases, produce, progress, at_once * together))
    log = folder / "log"
    done = finished(log, identity, failed=not is_dear)
    pending = {key: case for key, case in zip(ids, cases, strict=True) if _key(key, case) not in done}
    if pending:
        done |= _logged(
            task,
            pending,
            produce,
            log,
            identity=identity,
            progress=progress,
            at_once=at_once,
            is_dear=is_dear,
            together=together,
        )
    return [done[_key(key, case)] for key, case in zip(ids, cases, strict=True)]


def finished(log: Path, identity: str, *, failed: bool = True) -> dict[str, Row]:
    """The rows that earlier runs of the same identity left, by key; `failed` says whether cases that failed count."""
    if not log.is_dir():
        return {}
    from inspect_ai.log import list_eval_logs, read_eval_log  # noqa: PLC0415 - seconds to import, for kept runs only

    found: dict[str, Row] = {}
    for one in list_eval_logs(str(log)):
        with suppress(ValueError, OSError, EOFError):  # a log that was cut off before its first write holds nothing
            read = read_eval_log(one)
            if (read.eval.metadata or {}).get("identity") != identity:
                continue
            for sample in read.samples or ():
                found |= {key: row for key, row in _rows(sample.metadata).items() if failed or "error" not in row}
    return found


async def _plainly(cases: Sequence[C], produce: Produce[C], progress: Progress, at_once: int) -> list[Row]:
    """Every case, `at_once` of them together; the rows stand in the order of the cases."""
    rows: list[Row] = [{} for _ in cases]
    waiting: Iterator[tuple[int, C]] = iter(enumerate(progress(cases)))

    async def work() -> None:
        for place, case in waiting:
            rows[place] = await _produced(case, produce)

    await asyncio.gather(*(work() for _ in range(at_once)))
    return rows


async def _produced(case: C, produce: Produce[C]) -> Row:
    try:
        return await produce(case)
    except Exception as error:  # noqa: BLE001 - one case that fails is a row, and the run goes on
        return {"id": case.id, "error": f"{type(error).__name__}: {error}"}


def _logged(
    task: str,
    pending: Mapping[str, C],
    produce: Produce[C],
    log: Path,
    *,
    identity: str,
    progress: Progress,
    at_once: int,
    is_dear: bool,
    together: int,
) -> dict[str, Row]:
    from inspect_ai import Task, eval  # noqa: PLC0415
    from inspect_ai.dataset import MemoryDataset, Sample  # noqa: PLC0415
    from inspect_ai.model import ModelOutput  # noqa: PLC0415
    from inspect_ai.solver import Generate, Solver, TaskState, solver  # noqa: PLC0415

    rows: dict[str, Row] = {}
    steps: Iterator[str] = iter(progress(pending))
    next(steps, None)
    keys = list(pending)
    parts = [keys[start : start + together] for start in range(0, len(keys), together)]
    samples = {part[0] if len(part) == 1 else f"{part[0]} … {part[-1]}": part for part in parts}

    @solver
    def product() -> Solver:
        async def solve(state: TaskState, generate: Generate) -> TaskState:
            mine = samples[str(state.sample_id)]
            done = await asyncio.gather(*(_produced(pending[key], produce) for key in mine))
            found = {_key(key, pending[key]): row for key, row in zip(mine, done, strict=True)}
            rows.update(found)
            state.metadata |= {"rows": found}
            told = "\n".join(json.dumps(row, ensure_ascii=False) for row in done)
            state.output = ModelOutput.from_content("xiaoshen", told)
            state.completed = True
            for _ in mine:
                next(steps, None)
            return state

        return solve

    said = {name: "\n".join(pending[key].model_dump_json() for key in keys) for name, keys in samples.items()}
    dataset = MemoryDataset([Sample(id=name, input=text) for name, text in said.items()])
    with _garbage_seldom():
        (result,) = eval(
            Task(name=task, dataset=dataset, solver=product(), metadata={"identity": identity}),
            model=None,
            display="none",
            log_dir=str(log),
            log_buffer=1 if is_dear else max(1 if together > 1 else _KEPT_EVERY, len(samples) // _MOST_WRITES),
            log_realtime=False,
            max_samples=at_once,
            score=False,
            acp_server=False,
            ctl_server=False,
        )
    if result.status != "success":
        raise RunStopped(
            f"The run stopped after {len(rows)} of {len(pending)} cases: start it again, it goes on there."
        )
    return rows


@contextmanager
def _garbage_seldom() -> Iterator[None]:
    """inspect-ai makes thousands of small objects a case: to look through a whole product after each few is dear."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(_SELDOM, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


class RunStopped(Exception):
    """The run ended before its last case; what was finished is kept."""


def _key(sample: str, case: Case) -> str:
    """The same place and the same case: a data file that changed does not hand on the rows of other cases."""
    return f"{sample} {hash_of(case)}"


def hash_of(case: Case) -> str:
    """A short hash of everything the case says."""
    return hashlib.sha256(case.model_dump_json().encode()).hexdigest()[:12]


def _rows(metadata: Mapping[str, object]) -> dict[str, Row]:
    """What a sample holds, by key; nothing where it did not come to its end."""
    rows = metadata.get("rows")
    return {str(key): row for key, row in rows.items() if isinstance(row, dict)} if isinstance(rows, dict) else {}
