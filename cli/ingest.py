"""`xiaoshen ingest`: documents into the knowledge base."""

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

if TYPE_CHECKING:
    from assistant.product import Product
    from ingest.jobs import Job
    from ingest.report import IngestReport

from cli.options import Home, JsonFile, settings_for
from cli.output import console_for, write_json


def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Files, folders or ZIP archives.", exists=True)],
    publish: Annotated[bool, typer.Option("--publish", help="Publish at once; otherwise they wait as drafts.")] = False,
    json_file: JsonFile = None,
    home: Home = None,
) -> None:
    """Read documents, keep the originals, cut them into passages, and publish them if asked to.

    What was taken in is read to its end even if this is killed: by `xiaoshen serve`, or by the next ingest.
    """
    from assistant.bootstrap import build_product

    console = console_for(json_file)
    with build_product(settings_for(home), say=lambda _: None) as product:
        report = _watched(product, paths, console, publish=publish)
    console.print(_table(report))
    console.print(_summary(report), markup=False)
    write_json(report.as_json(), json_file)
    if report.failed:
        raise typer.Exit(1)


def _watched(product: "Product", paths: list[Path], console: Console, *, publish: bool) -> "IngestReport":
    """A bar on a terminal, plain lines elsewhere."""
    if not console.is_terminal:

        def say(job: "Job", done: int, total: int) -> None:
            console.print(f"[{done}/{total}] {job.name}: {job.state} {job.reason or ''}".rstrip(), markup=False)

        return product.ingest(paths, publish=publish, told=say)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        bar = progress.add_task("taking in", total=None)

        def move(job: "Job", done: int, total: int) -> None:
            progress.update(bar, completed=done, total=total, description=job.name[:40])

        return product.ingest(paths, publish=publish, told=move)


def _table(report: "IngestReport") -> Table:
    table = Table("file", "outcome", "passages", "note")
    for file in report.files:
        note = "; ".join(filter(None, (file.reason, *file.warnings)))
        table.add_row(file.name, file.outcome.value, str(file.passages), note)
    return table


def _summary(report: "IngestReport") -> str:
    counts = Counter(file.outcome.value for file in report.files)
    told = ", ".join(f"{count} {outcome.replace('_', ' ')}" for outcome, count in counts.most_common())
    return f"{len(report.files)} files: {told or 'nothing to do'}; {report.passages} passages."
