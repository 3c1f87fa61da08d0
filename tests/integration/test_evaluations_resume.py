"""A run of an evaluation that is killed goes on where it stopped, to the same result, and repeats nothing."""

import asyncio
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from evals.harness.journal import rows_of
from evals.progress import Silent
from evals.result import Row
from evals.samples import Case

ROOT = Path(__file__).resolve().parents[2]
CASES = [Case(id=f"c-{n:03d}") for n in range(120)]
# The same run as below, in a process that can be killed.
RUN = """
import sys
from pathlib import Path
from tests.integration.test_evaluations_resume import a_run
a_run(Path(sys.argv[1]), pause=0.02)
"""


def a_run(folder: Path, pause: float = 0.0, identity: str = "one", together: int = 1) -> list[Row]:
    """Notes every case that the product was asked about."""

    async def produce(case: Case) -> Row:
        await asyncio.sleep(pause)
        with (folder / "asked").open("a", encoding="utf-8") as asked:
            asked.write(f"{case.id}\n")
        if case.id == "c-007":
            raise ValueError("seven")
        return {"id": case.id, "said": f"answer to {case.id}"}

    return rows_of("test", CASES, produce, folder=folder, identity=identity, progress=Silent(), together=together)


def asked(folder: Path) -> list[str]:
    file = folder / "asked"
    return file.read_text(encoding="utf-8").split() if file.exists() else []


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> list[Row]:
    return a_run(tmp_path_factory.mktemp("whole"))


def test_a_case_that_fails_is_a_row_and_the_run_goes_on(whole: list[Row]) -> None:
    assert [row["id"] for row in whole] == [case.id for case in CASES]
    assert whole[7] == {"id": "c-007", "error": "ValueError: seven"}


def test_a_killed_run_resumes_to_the_identical_result(tmp_path: Path, whole: list[Row]) -> None:
    run = subprocess.Popen([sys.executable, "-c", RUN, str(tmp_path)], cwd=ROOT)  # noqa: S603 - our own interpreter
    until = time.monotonic() + 60
    while len(asked(tmp_path)) < 60 and time.monotonic() < until:
        time.sleep(0.02)
    run.send_signal(signal.SIGKILL)
    run.wait()
    before = len(asked(tmp_path))
    assert 60 <= before < len(CASES)
    assert a_run(tmp_path) == whole
    repeated = len(asked(tmp_path)) - len(CASES)
    assert 0 <= repeated <= 25, "only what was not written yet is asked again"


def test_a_finished_run_asks_nothing_again_and_another_product_asks_everything(tmp_path: Path) -> None:
    first = a_run(tmp_path)
    assert a_run(tmp_path) == first
    assert len(asked(tmp_path)) == len(CASES)
    a_run(tmp_path, identity="another")
    assert len(asked(tmp_path)) == 2 * len(CASES)


def test_cases_that_stand_together_in_the_log_are_the_same_rows_and_go_on_the_same(
    tmp_path: Path, whole: list[Row]
) -> None:
    assert a_run(tmp_path, together=25) == whole
    assert a_run(tmp_path, together=7) == whole, "what was kept in one grouping is found in another"
    assert len(asked(tmp_path)) == len(CASES)
