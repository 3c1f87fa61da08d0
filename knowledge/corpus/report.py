"""Counts what a corpus holds and how much of it is sourced: `python -m knowledge.corpus.report [FOLDER]`.

With `--write` the tables in the corpus' two README files are replaced; a test compares them.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from knowledge.corpus.catalogue import SHIPPED, Catalogue, load_catalogue
from knowledge.corpus.requests import OpenRequest, RequestKind, WayOfAsking, open_requests, ways_of_asking
from knowledge.items import FactStatus, ServiceItem
from knowledge.policies import Policy

BEGIN, END = "<!-- counted: begin -->", "<!-- counted: end -->"

_PARTS: tuple[tuple[str, Callable[[ServiceItem], Iterable[FactStatus]]], ...] = (
    ("legal basis", lambda item: (part.status for part in item.legal_basis)),
    ("conditions", lambda item: (part.status for part in item.conditions)),
    ("materials", lambda item: (part.status for part in item.materials)),
    ("process", lambda item: (part.status for part in item.process)),
    ("review points", lambda item: (part.status for part in item.review_points)),
    ("frequent questions", lambda item: (part.status for part in item.faq)),
    ("statutory time limit", lambda item: (item.statutory_days.status,)),
    ("promised time limit", lambda item: (item.promised_days.status,)),
    ("fee", lambda item: (item.fee.status,)),
    ("channels", lambda item: (item.channels.status,)),
    ("result", lambda item: (item.result.status,)),
    ("visits on site", lambda item: (item.visits_on_site.status,)),
)


def table(head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    """A Markdown table."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def catalogue_counts(catalogue: Catalogue) -> str:
    """The tables of the corpus' README."""
    items = catalogue.items
    kinds = Counter(item.item_type for item in items)
    audiences = Counter(part.value for item in items for part in item.audience)
    readiness = Counter(item.readiness for item in items)
    rows = [
        ("service items", len(items)),
        ("of these bundles (一件事)", sum(1 for item in items if item.is_bundle)),
        *((f"for {name}", number) for name, number in sorted(audiences.items())),
        *((f"of type {name}", number) for name, number in kinds.most_common()),
        *((f"readiness {name}", number) for name, number in sorted(readiness.items())),
        ("form fields (all derived)", sum(len(item.form_fields) for item in items)),
        ("policies", len(catalogue.policies)),
        ("of these with a confirmed period", sum(1 for p in catalogue.policies if p.period.verified)),
        ("of these with every sentence on the benefit sourced", sum(1 for p in catalogue.policies if _is_sourced(p))),
    ]
    skeletons = ", ".join(f"`{item.slug}`" for item in items if item.readiness == "skeleton")
    return "\n\n".join(
        (table(("what", "number"), rows), table(("part", *FactStatus), _by_part(items)), f"Only a frame: {skeletons}.")
    )


def _is_sourced(policy: Policy) -> bool:
    plain = policy.benefit.plain
    return bool(plain) and all(part.status is FactStatus.SOURCED for part in plain)


def _by_part(items: tuple[ServiceItem, ...]) -> Iterator[tuple[object, ...]]:
    total: Counter[FactStatus] = Counter()
    for name, statuses in _PARTS:
        counted = Counter(status for item in items for status in statuses(item))
        total += counted
        yield (name, *(counted[status] for status in FactStatus))
    yield ("all", *(total[status] for status in FactStatus))


def asking_counts(ways: tuple[WayOfAsking, ...], several: tuple[OpenRequest, ...]) -> str:
    """The tables of the README of the ways of asking."""
    everything: tuple[WayOfAsking | OpenRequest, ...] = (*ways, *several)
    sources = sorted({way.source for way in everything})
    head = ("source", "requests for an item", "items", "requests that fit none", *RequestKind)
    styles = Counter((way.style, way.source) for way in everything)
    by_style = table(
        ("style", *sources),
        ((style, *(styles[style, source] for source in sources)) for style in sorted({style for style, _ in styles})),
    )
    by_source = table(head, (_of_source(source, ways, several) for source in sources))
    return f"{by_source}\n\n{by_style}"


def _of_source(source: str, ways: tuple[WayOfAsking, ...], several: tuple[OpenRequest, ...]) -> tuple[object, ...]:
    single = [way for way in ways if way.source == source]
    items = [way.item for way in single if way.item]
    kinds = Counter(way.kind for way in several if way.source == source)
    return (source, len(items), len(set(items)), len(single) - len(items), *(kinds[kind] for kind in RequestKind))


def with_counts(readme: str, counts: str) -> str:
    """The README with the part between the two marks replaced."""
    before, _, rest = readme.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{counts}\n\n{END}{after}"


def readmes(folder: Path) -> dict[Path, str]:
    """Both README files as they should be."""
    counted = {
        folder / "README.md": catalogue_counts(load_catalogue(folder)),
        folder / "asking" / "README.md": asking_counts(
            ways_of_asking(folder / "asking"), open_requests(folder / "asking")
        ),
    }
    return {file: with_counts(file.read_text(encoding="utf-8"), counts) for file, counts in counted.items()}


def main(arguments: list[str]) -> None:
    """Print the counts of a folder, default the shipped corpus, or write them into its README files."""
    folders = [Path(argument) for argument in arguments if not argument.startswith("-")]
    folder = folders[0] if folders else SHIPPED
    if "--write" in arguments:
        for file, text in readmes(folder).items():
            file.write_text(text, encoding="utf-8")
        return
    sys.stdout.write(catalogue_counts(load_catalogue(folder)) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
