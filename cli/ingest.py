"""`xiaoshen ingest`: documents into the knowledge base."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from cli.options import Home, JsonFile, settings_for
from cli.output import console_for, write_json


def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Files, folders or ZIP archives.", exists=True)],
    publish: Annotated[bool, typer.Option("--publish", help="Publish at once; otherwise they wait as drafts.")] = False,
    json_file: JsonFile = None,
    home: Home = None,
) -> None:
    """Read documents, keep the originals, cut them into passages, and publish them if asked to."""
    from assistant.bootstrap import build_product

    console = console_for(json_file)
    with build_product(settings_for(home), say=lambda _: None) as product:
        report = product.ingest(paths, publish=publish, say=lambda line: console.print(line, markup=False))
    table = Table("file", "outcome", "passages", "note")
    for file in report.files:
        table.add_row(file.name, file.outcome.value, str(file.passages), file.reason or "")
    console.print(table)
    write_json(report.as_json(), json_file)
    if report.failed:
        raise typer.Exit(1)
