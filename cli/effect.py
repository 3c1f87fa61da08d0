"""`xiaoshen eval effect`: what a waiting draft would change in answers, before anybody publishes it."""

from typing import Annotated

import typer

from cli.options import Home, JsonFile, settings_for
from cli.output import console_for, write_json
from evals.progress import Shown


def effect(
    source: Annotated[str, typer.Argument(help="What has a draft: items/<slug> or documents/<name>.")],
    json_file: JsonFile = None,
    home: Home = None,
) -> None:
    """Ask the cases that a draft touches before and after it, in a copy of the home; exit 1 on a regression."""
    from evals.draft_effect import effect_of

    found = effect_of(settings_for(home), source, Shown("touched cases"))
    told = found.as_json()
    console = console_for(json_file)
    changed = told["changed"]
    console.print(f"{told['cases']} cases touch {source}; {len(changed) if isinstance(changed, list) else 0} change.")
    for one in changed if isinstance(changed, list) else ():
        if isinstance(one, dict):
            console.print(f"\n{one['id']} {one['asked']}", markup=False)
            console.print(f"- {one['before']}\n+ {one['after']}", markup=False)
    write_json(told, json_file)
    if found.is_worse:
        raise typer.Exit(1)
