"""`xiaoshen ingest`: documents into the knowledge base."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

if TYPE_CHECKING:
    from ingest.report import IngestReport

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
        note = "; ".join(filter(None, (file.reason, *file.warnings)))
        table.add_row(file.name, file.outcome.value, str(file.passages), note)
    console.print(table)
    write_json(as_json(report), json_file)
    if report.failed:
        raise typer.Exit(1)


def as_json(report: "IngestReport") -> dict[str, object]:
    """The report for machines: one entry a file, in order."""
    return {
        "failed": len(report.failed),
        "passages": report.passages,
        "files": [
            {
                "name": f.name,
                "path": f.path,
                "outcome": f.outcome.value,
                "reason": f.reason,
                "passages": f.passages,
                "garbled": f.garbled,
                "warnings": list(f.warnings),
                "title": f.title,
                "number": f.number,
                "published": f.published,
                "seconds": round(f.seconds, 3),
            }
            for f in report.files
        ],
    }
