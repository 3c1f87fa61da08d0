"""`xiaoshen prefill report`: fields and materials that no rule needs, for those who keep the sheets."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cli.options import JsonFile
from cli.output import console_for, write_json

if TYPE_CHECKING:
    from knowledge.items import ServiceItem
    from prefill.fewer import Spare

app = typer.Typer(no_args_is_help=True, help="Forms and their filling.")


@app.callback()
def _group() -> None:
    """Forms and their filling."""


@app.command("report")
def report(
    item: Annotated[str | None, typer.Option("--item", help="Only this item.")] = None,
    page: Annotated[Path | None, typer.Option("--page", help="Write it as a page for the office, Markdown.")] = None,
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
            console.print(f"{s.what:<9} {s.why:<26} {s.name} {s.detail}".rstrip(), markup=False)
    counts = Counter((s.what, s.why) for s in spare)
    for (what, why), count in sorted(counts.items()):
        console.print(f"{what}s, {why.replace('_', ' ')}: {count}", markup=False)
    if page is not None:
        page.write_text(_page(items, spare, today), encoding="utf-8")
        console.print(f"written: {page}", markup=False)
    write_json(
        [{"item": s.item, "what": s.what, "name": s.name, "why": s.why, "detail": s.detail} for s in spare], json_file
    )


def _page(items: "Sequence[ServiceItem]", spare: "Sequence[Spare]", today: date) -> str:
    """The report as a page for the office: items with most to decide first, each line with what to decide."""
    from prefill.fewer import explained
    from prefill.forms import form_of

    counted = sorted(items, key=lambda i: (-sum(s.item == i.slug for s in spare), i.slug))
    listed = [i for i in counted if any(s.item == i.slug for s in spare)]
    fields = sum(len(form_of(i).fields) for i in items)
    found = Counter(s.why for s in spare)
    head = [
        f"# 可以少填、少交的清单（{today.isoformat()}）",
        "",
        f"{len(items)} 个事项，{fields} 个填写栏。下面每一条都要由人来决定；没有任何一栏因为这份清单被改动。",
        "",
        *(f"- {explained(why)}：{count} 条" for why, count in found.most_common()),
        "",
    ]
    for one in listed:
        mine = [s for s in spare if s.item == one.slug]
        head += [f"## {one.name}（{one.slug}）", "", "| 栏目或材料 | 为什么、要定什么 |", "|---|---|"]
        head += [f"| {s.name} | {explained(s.why)}{'；' + s.detail if s.detail else ''} |" for s in mine]
        head.append("")
    return "\n".join(head)
