"""`make evals`: the project's own sets, compared case by case with the baselines that are committed.

    .venv/bin/python -m evals.regression [--accept] [SET…]

Exit status 1 where a measure became worse and chance does not explain it. `--accept` makes today's results the
baselines: look at the cases that flipped first.
"""

import argparse
import json
import sys
import time
from pathlib import Path

from rich.console import Console

from assistant.product import Product
from evals.compare import StoredResult, differences, flips
from evals.comparison import show_comparison
from evals.own_sets import OWN_SETS, OwnSet, scratch_product
from evals.pairing import smallest_visible
from evals.result import Row, RunResult

BASELINES = Path(__file__).parent / "baselines"
_FLIPS_SHOWN = 12


def main() -> int:
    """Run, compare, say what changed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", metavar="SET", help=f"of {', '.join(OWN_SETS)}; default all")
    parser.add_argument("--accept", action="store_true", help="make today's results the baselines")
    given = parser.parse_args()
    console, worse = Console(), []
    with scratch_product() as product:
        for name in given.sets or OWN_SETS:
            own = OWN_SETS[name]
            if not own.is_here:
                console.print(f"{name}: no set yet ({own.data.name}).")
            elif not _holds(own, product, console, accept=given.accept):
                worse.append(name)
    if worse:
        console.print(f"\nWorse than the baseline: {', '.join(worse)}.")
    return 1 if worse and not given.accept else 0


def _holds(own: OwnSet, product: Product, console: Console, *, accept: bool) -> bool:
    """Run a set and compare it; False where it became worse."""
    baseline = BASELINES / f"{own.name}.json"
    before = StoredResult.model_validate_json(baseline.read_bytes()) if baseline.exists() else None
    if before is not None:
        console.print(f"\n{own.name}: {visible(len(before.rows))}")
    began = time.monotonic()
    result = stored(own.run(product, own.data))
    console.print(f"{own.name}: {len(result.rows)} cases in {time.monotonic() - began:.0f} s.")
    if accept:
        baseline.write_text(packed(result), encoding="utf-8")
    if before is None:
        console.print("No baseline yet." if not accept else "The first baseline.")
        return True
    found = differences(before, result)
    show_comparison(found, flips(before, result), _FLIPS_SHOWN, console)
    return not any(d.is_regression for d in found)


def visible(cases: int) -> str:
    """How small a change a run of so many cases can show, said before it is run."""
    return f"{cases} cases; a change of {smallest_visible(cases):.1%} of them or more would show in four of five runs."


def stored(result: RunResult) -> StoredResult:
    """As a result file holds it."""
    return StoredResult.model_validate(json.loads(json.dumps(result.as_json())))


def packed(result: StoredResult) -> str:
    """A baseline: the measures, and each case's scores on a line of its own, so that a change can be read in review."""
    head = result.model_dump(mode="json", exclude={"rows", "dataset"})
    rows = [_scores_of(row) for row in result.rows]
    lines = ",\n".join(json.dumps(row, ensure_ascii=False, sort_keys=True) for row in rows)
    return f'{json.dumps(head, ensure_ascii=False, indent=1)[:-2]},\n "rows": [\n{lines}\n]}}\n'


def _scores_of(row: Row) -> Row:
    """The numbers of a row; what else stands beside them (checks, what was found) is not compared."""
    kept_as = "measures" if "measures" in row else "scores"
    scores = row.get(kept_as)
    numbers: Row = {k: v for k, v in scores.items() if isinstance(v, int | float)} if isinstance(scores, dict) else {}
    return {"id": row["id"], "cluster": row.get("cluster"), kept_as: numbers}


if __name__ == "__main__":
    sys.exit(main())
