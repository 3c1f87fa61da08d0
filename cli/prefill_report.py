"""`xiaoshen prefill report`: fields and materials that no rule needs, for those who keep the sheets."""

from collections import Counter
from datetime import UTC, datetime
from typing import Annotated

import typer

from cli.options import JsonFile
from cli.output import console_for, write_json

app = typer.Typer(no_args_is_help=True, help="Forms and their filling.")


@app.callback()
def _group() -> None:
    """Forms and their filling."""


@app.command("report")
def report(
    item: Annotated[str | None, typer.Option("--item", help="Only this item.")] = None,
    json_file: JsonFile = None,
) -> None:
    """Fields and materials that no review rule reads, or that an electronic licence replaces: a list to decide on."""
    from knowledge.corpus.catalogue import SHIPPED, load_catalogue
    from prefill.fewer import spare_parts
    from prefill.review.rulebook import shipped_rulebook

    book, today = shipped_rulebook(), datetime.now(UTC).astimezone().date()
    items = [i for i in load_catalogue(SHIPPED).items if item in {None, i.slug}]
    if not items:
        raise typer.BadParameter(f"no item {item}: see corpus/items", param_hint="--item")
    spare = [s for i in items for s in spare_parts(i, book, today)]
    console = console_for(json_file)
    if item is not None:
        for s in spare:
            console.print(f"{s.what:<9} {s.why:<20} {s.name}", markup=False)
    counts = Counter((s.what, s.why) for s in spare)
    for (what, why), count in sorted(counts.items()):
        console.print(f"{what}s, {why.replace('_', ' ')}: {count}", markup=False)
    write_json([{"item": s.item, "what": s.what, "name": s.name, "why": s.why} for s in spare], json_file)
