"""`xiaoshen eval compare`, `rescore` and `keys`: what is done beside a run, and how a result is shown."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from cli.options import Home, JsonFile, settings_for
from cli.output import STDOUT, console_for, write_json
from evals.report import interval, number, write_folder
from evals.result import RunResult

if TYPE_CHECKING:
    from prefill.review.reading import MaterialReader


def finish(result: RunResult, out: Path | None, json_file: str | None) -> None:
    """Show the measures, write what was asked for; exit 1 where lines of the dataset are no case."""
    console = console_for(json_file)
    table = Table("measure", "value", "95 % interval", "n")
    for name, m in result.metrics.items():
        table.add_row(Text(name), number(m), interval(m), str(m.n))
    console.print(table)
    if out is not None:
        write_folder(result, out)
        console.print(f"Written to {out}/")
    write_json(result.as_json(), json_file)
    for broken in result.broken:
        console_for(STDOUT).print(f"line {broken.line} is no case: {broken.reason}", markup=False)
    if result.broken:
        raise typer.Exit(1)


def compare(
    before: Annotated[Path, typer.Argument(help="Result folder or file of the earlier run.")],
    after: Annotated[Path, typer.Argument(help="Result folder or file of the later run.")],
    json_file: JsonFile = None,
    flips: Annotated[int, typer.Option("--flips", min=0, help="How many of the cases that flipped to show.")] = 10,
) -> None:
    """Compare two runs pair by pair; exit 1 on a significant regression."""
    from evals.compare import comparable, differences
    from evals.compare import flips as flipped
    from evals.comparison import comparison_as_json, show_comparison

    old, new = comparable(before, after)
    found = differences(old, new)
    show_comparison(found, flipped(old, new), flips, console_for(json_file))
    write_json(comparison_as_json(old, new), json_file)
    if any(d.is_regression for d in found):
        raise typer.Exit(1)


def rescore(folder: Annotated[Path, typer.Argument(help="A result folder written with --out.")]) -> None:
    """Compute the scores of a kept run anew, without running it again."""
    from evals.rescoring import rescored

    finish(rescored(folder), folder, None)


def keys(
    target: Annotated[Path, typer.Argument(help="The .jsonl to write: a dataset for `xiaoshen eval answers`.")],
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="A fixed sample of so many cases.")] = None,
    home: Home = None,
) -> None:
    """Write questions whose answers are known from the catalogue as it is now: thousands of them."""
    from evals.harness.opening import Opening, opened
    from evals.keys.writing import write_keys

    with opened(Opening(settings_for(home))) as product:
        today = product.today()
        items, policies = product.knowledge.items(today), product.knowledge.policies(today)
    written = write_keys(target, items, policies, today, limit)
    console_for(None).print(f"{written} cases written to {target}.")


@contextmanager
def document_readers() -> "Iterator[Callable[[int], MaterialReader]]":
    """The product's reader of files, in its own process, which starts with the first file."""
    from prefill.documents.reader import WorkerDocumentReader
    from prefill.documents.using import DocumentMaterialReader

    worker = WorkerDocumentReader()
    try:
        yield lambda year: DocumentMaterialReader(worker, year=year)
    finally:
        worker.close()
