"""`make evals`: the project's own sets, compared case by case with the baselines that are committed.

    .venv/bin/python -m evals.regression [--accept] [SET…]

Exit status 1 where a measure became worse and chance does not explain it. `--accept` makes today's results the
baselines: look at the cases that flipped first.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from rich.console import Console

from assistant.bootstrap import build_product
from assistant.describing import configuration
from assistant.product import Product
from assistant.settings import Settings
from evals.compare import StoredResult, differences, flips
from evals.comparison import show_comparison
from evals.keys.writing import all_keys, sampled
from evals.pairing import smallest_visible
from evals.progress import Shown
from evals.result import RunResult
from evals.samples import AnswerCase, CaseFile, RecognitionCase
from evals.tasks import answers, recognition

DATASETS = Path(__file__).parent / "datasets"
BASELINES = Path(__file__).parent / "baselines"
DAY = date(2026, 11, 22)
"""The day that the sets are asked on: what holds on it does not change with the calendar."""

KEYS = 400
_FLIPS_SHOWN = 12


def main() -> int:
    """Run, compare, say what changed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", metavar="SET", help=f"of {', '.join(SETS)}; default all")
    parser.add_argument("--accept", action="store_true", help="make today's results the baselines")
    given = parser.parse_args()
    console, worse = Console(), False
    with scratch_product() as product:
        for name in given.sets or SETS:
            result = stored(SETS[name](product))
            baseline = BASELINES / f"{name}.json"
            least = smallest_visible(len(result.rows))
            console.print(f"\n{name}: {len(result.rows)} cases; a change of {least:.1%} or more would show.")
            if baseline.exists():
                before = StoredResult.model_validate_json(baseline.read_text(encoding="utf-8"))
                found = differences(before, result)
                show_comparison(found, flips(before, result), _FLIPS_SHOWN, console)
                worse = worse or any(d.is_regression for d in found)
            else:
                console.print("No baseline yet: --accept makes this one.")
            if given.accept:
                baseline.write_text(packed(result), encoding="utf-8")
    return 1 if worse and not given.accept else 0


def recognition_run(product: Product) -> RunResult:
    """Requests written by hand for this project."""
    cases = CaseFile(DATASETS / "recognition.jsonl", RecognitionCase)
    return recognition.run(product.assistant, cases, DAY, configuration(product), Shown("recognition"))


def answers_run(product: Product) -> RunResult:
    """A sample of the questions whose answers the catalogue itself knows."""
    keys = sampled(all_keys(product.knowledge.items(DAY), product.knowledge.policies(DAY), DAY), KEYS)
    with tempfile.TemporaryDirectory(prefix="xiaoshen-keys-") as folder:
        file = Path(folder) / "keys.jsonl"
        file.write_text("".join(case.model_dump_json(exclude_defaults=True) + "\n" for case in keys), encoding="utf-8")
        cases = CaseFile(file, AnswerCase)
        return answers.run(product.assistant, cases, DAY, configuration(product), Shown("answers"))


SETS: dict[str, Callable[[Product], RunResult]] = {"recognition": recognition_run, "answers": answers_run}


def stored(result: RunResult) -> StoredResult:
    """As a result file holds it."""
    return StoredResult.model_validate(json.loads(json.dumps(result.as_json())))


def packed(result: StoredResult) -> str:
    """A baseline: the measures, and each case's scores on a line of its own, so that a change can be read in review."""
    head = result.model_dump(mode="json", exclude={"rows", "dataset"})
    rows = [{"id": row["id"], "cluster": row.get("cluster"), "scores": row.get("scores")} for row in result.rows]
    lines = ",\n".join(json.dumps(row, ensure_ascii=False, sort_keys=True) for row in rows)
    return f'{json.dumps(head, ensure_ascii=False, indent=1)[:-2]},\n "rows": [\n{lines}\n]}}\n'


@contextmanager
def scratch_product() -> Iterator[Product]:
    """The shipped product in a new home, without a model: nothing that a machine happens to hold plays a part."""
    settings = Settings().model_copy(update={"llm_base_url": None})
    with (
        tempfile.TemporaryDirectory(prefix="xiaoshen-evals-") as home,
        build_product(settings.model_copy(update={"home": Path(home)}), say=lambda _: None) as product,
    ):
        yield product


if __name__ == "__main__":
    sys.exit(main())
