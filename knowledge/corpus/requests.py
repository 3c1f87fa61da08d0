"""Ways of asking (`corpus/asking/*.jsonl`): reading them, and what can be wrong in them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from knowledge.corpus.problem import Problem

_KEYS = frozenset({"item", "query", "style", "source"})


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOfAsking:
    """A request in a citizen's words. `item` is None where nothing in the catalogue fits; `source` is who wrote it."""

    item: str | None
    query: str
    style: str
    source: str


def ways_of_asking(folder: Path) -> tuple[WayOfAsking, ...]:
    """All requests of a folder, ordered by file and line; lines with problems are left out."""
    read = (_read(line) for file in sorted(folder.glob("*.jsonl")) for _, line in _lines(file))
    return tuple(way for way in read if isinstance(way, WayOfAsking))


def request_problems(folder: Path, slugs: frozenset[str]) -> Iterator[Problem]:
    """What is wrong: broken lines, items that do not exist, the same request twice for different items."""
    meant: dict[str, tuple[str | None, str]] = {}
    for file in sorted(folder.glob("*.jsonl")):
        for number, line in _lines(file):
            way = _read(line)
            if isinstance(way, str):
                yield Problem(file=file, line=number, message=way)
                continue
            if way.item is not None and way.item not in slugs:
                yield Problem(file=file, line=number, message=f"no item {way.item}: correct the slug, or write null")
            place = f"{file.name}:{number}"
            item, first = meant.setdefault(way.query, (way.item, place))
            if item != way.item:
                message = f"the same request means {item} in {first} and {way.item} here: keep one"
                yield Problem(file=file, line=number, message=message, blocks=False)


def _lines(file: Path) -> Iterator[tuple[int, str]]:
    text = file.read_text(encoding="utf-8", errors="replace")
    return ((number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip())


def _read(line: str) -> WayOfAsking | str:
    """The request, or what is wrong with the line."""
    try:
        found = json.loads(line)
    except ValueError as error:
        return f"broken JSON ({error}): one object on one line"
    if not isinstance(found, dict) or not found.keys() >= _KEYS:
        return f"keys are missing: write {', '.join(sorted(_KEYS))}"
    item, texts = found["item"], (found["query"], found["style"], found["source"])
    if not (item is None or isinstance(item, str)) or not all(isinstance(text, str) and text for text in texts):
        return "item must be a slug or null; query, style and source must be texts"
    return WayOfAsking(item=item, query=texts[0], style=texts[1], source=texts[2])
