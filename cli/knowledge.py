"""`xiaoshen knowledge`: the state of the knowledge base."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from pydantic import JsonValue
from rich.table import Table

from cli import knowledge_life
from cli.options import Home, JsonFile, settings_for
from cli.output import console_for, write_json
from knowledge.life.work import WorkKind, WorkState

if TYPE_CHECKING:
    from assistant.product import Product

app = typer.Typer(help="State and life of the knowledge base.", no_args_is_help=True)
for command in (
    knowledge_life.gaps,
    knowledge_life.conflicts,
    knowledge_life.stale,
    knowledge_life.due,
    knowledge_life.impact,
    knowledge_life.difference,
    knowledge_life.review,
    knowledge_life.publish,
    knowledge_life.withdraw,
    knowledge_life.supersede,
    knowledge_life.restore,
):
    app.command(command.__name__)(command)


@app.command("status")
def status(json_file: JsonFile = None, home: Home = None) -> None:
    """What is published, what waits, and how much of it is sourced."""
    from assistant.bootstrap import build_product
    from assistant.describing import knowledge_status

    console = console_for(json_file)
    with build_product(settings_for(home), say=lambda _: None) as product:
        state = knowledge_status(product) | _waiting_work(product)
    table = Table("what", "number", box=None)
    for name, number in state.items():
        table.add_row(name, str(number))
    console.print(table)
    write_json(state, json_file)


def _waiting_work(product: "Product") -> dict[str, JsonValue]:
    """What waits on the work lists, as of the last look."""
    waiting = product.life().work.list(states=(WorkState.OPEN, WorkState.TAKEN))
    return {f"work waiting: {kind}": sum(one.finding.kind is kind for one in waiting) for kind in WorkKind}


@app.command("versions")
def versions(
    name: Annotated[str, typer.Argument(help="A document's file name, items/<slug> or policies/<id>.")],
    json_file: JsonFile = None,
    home: Home = None,
) -> None:
    """The versions of a document, an item or a policy, newest first."""
    from assistant.bootstrap import open_keeping
    from cli.knowledge_output import show_versions, versions_as_json

    console = console_for(json_file)
    source = name if name.startswith(("documents/", "items/", "policies/")) else f"documents/{name}"
    with open_keeping(settings_for(home), say=lambda _: None) as keeping:
        found = keeping.life.versions(source)
    show_versions(found, console)
    write_json(versions_as_json(found), json_file)
    if not found:
        console.print(f"There is no version of {name}.")
        raise typer.Exit(1)


@app.command("check")
def check(
    folder: Annotated[
        Path | None, typer.Argument(help="A corpus folder, or a catalogue of sheets; default the shipped corpus.")
    ] = None,
) -> None:
    """Validate sheets and review rules; every problem with file and line."""
    from assistant.bootstrap import shipped_corpus
    from knowledge.corpus.catalogue import load_catalogue
    from knowledge.corpus.validate import validate_folder
    from prefill.review.checking import rule_problems

    console = console_for(None)
    target = folder or shipped_corpus()
    problems = (*validate_folder(target), *rule_problems(target / "rules", load_catalogue(target).items))
    for problem in problems:
        console.print(str(problem), markup=False)
    if problems:
        console.print(f"{len(problems)} problems in {target}.")
        raise typer.Exit(1)
    console.print(f"All sheets in {target} are valid.")
