"""`xiaoshen knowledge`: the state of the knowledge base."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from cli.options import Home, JsonFile, settings_for
from cli.output import console_for, write_json

app = typer.Typer(help="State of the knowledge base.", no_args_is_help=True)


@app.command("status")
def status(json_file: JsonFile = None, home: Home = None) -> None:
    """What is published, what waits, and how much of it is sourced."""
    from assistant.bootstrap import build_product

    console = console_for(json_file)
    with build_product(settings_for(home), say=lambda _: None) as product:
        state = product.knowledge_status()
    table = Table("what", "number", box=None)
    for name, number in state.items():
        table.add_row(name, str(number))
    console.print(table)
    write_json(state, json_file)


@app.command("versions")
def versions(
    name: Annotated[str, typer.Argument(help="A document's file name, items/<slug> or policies/<id>.")],
    json_file: JsonFile = None,
    home: Home = None,
) -> None:
    """The versions of a document, an item or a policy, newest first."""
    from assistant.bootstrap import build_product

    console = console_for(json_file)
    with build_product(settings_for(home), say=lambda _: None) as product:
        found = product.versions_of(name)
    table = Table("version", "state", "from", "to", "published")
    for v in found:
        table.add_row(v["version"], v["state"], v["effective_from"], v["effective_to"], v["published_at"])
    console.print(table)
    write_json(found, json_file)
    if not found:
        console.print(f"There is no version of {name}.")
        raise typer.Exit(1)


@app.command("check")
def check(
    folder: Annotated[
        Path | None, typer.Argument(help="A corpus folder, or a catalogue of sheets; default the shipped corpus.")
    ] = None,
) -> None:
    """Validate sheets; every problem with file and line."""
    from assistant.bootstrap import shipped_corpus
    from knowledge.corpus.validate import validate_folder

    console = console_for(None)
    target = folder or shipped_corpus()
    problems = validate_folder(target)
    for problem in problems:
        console.print(str(problem), markup=False)
    if problems:
        console.print(f"{len(problems)} problems in {target}.")
        raise typer.Exit(1)
    console.print(f"All sheets in {target} are valid.")
