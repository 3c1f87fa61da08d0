"""Ways of asking (`corpus/asking/*.jsonl`): reading them, and what can be wrong in them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from knowledge.corpus.problem import Problem

_KEYS = frozenset({"item", "query", "style", "source"})
_OPEN_KEYS = frozenset({"items", "kind", "query", "style", "source"})


class RequestKind(StrEnum):
    """How many things a request wants, where this is the question, and what its items have to do with each other."""

    AMBIGUOUS = "ambiguous"  # one is meant, the words leave open which: ask back
    MULTI = "multi"  # all are wanted
    LIFE_EVENT = "life_event"  # an occasion: the bundle comes first, what it brings along follows
    SINGLE = "single"  # sounds like several things and is one


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOfAsking:
    """A request in a citizen's words. `item` is None where nothing in the catalogue fits; `source` is who wrote it."""

    item: str | None
    query: str
    style: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRequest:
    """A request that names several items, or sounds like it, or says too little to name one."""

    items: tuple[str, ...]
    kind: RequestKind
    query: str
    style: str
    source: str


def ways_of_asking(folder: Path) -> tuple[WayOfAsking, ...]:
    """All requests with one item or none, ordered by file and line; lines with problems are left out."""
    return tuple(way for way in _readable(folder) if isinstance(way, WayOfAsking))


def open_requests(folder: Path) -> tuple[OpenRequest, ...]:
    """All requests that have a kind, ordered by file and line; lines with problems are left out."""
    return tuple(way for way in _readable(folder) if isinstance(way, OpenRequest))


def request_problems(folder: Path, slugs: frozenset[str]) -> Iterator[Problem]:
    """What is wrong: broken lines, items that do not exist, the same request twice for different items."""
    meant: dict[str, tuple[frozenset[str], str]] = {}
    for file in sorted(folder.glob("*.jsonl")):
        for number, line in _lines(file):
            way = _read(line)
            if isinstance(way, str):
                yield Problem(file=file, line=number, message=way)
                continue
            wanted = _wanted(way)
            for slug in sorted(wanted - slugs):
                yield Problem(file=file, line=number, message=f"no item {slug}: correct the slug, or write null")
            here = f"{file.name}:{number}"
            known, first = meant.setdefault(way.query, (wanted, here))
            if known != wanted:
                message = f"the same request means {_named(known)} in {first} and {_named(wanted)} here: keep one"
                yield Problem(file=file, line=number, message=message, blocks=False)


def _wanted(way: WayOfAsking | OpenRequest) -> frozenset[str]:
    if isinstance(way, OpenRequest):
        return frozenset(way.items)
    return frozenset(() if way.item is None else (way.item,))


def _named(items: frozenset[str]) -> str:
    return ", ".join(sorted(items)) or "nothing"


def _readable(folder: Path) -> Iterator[WayOfAsking | OpenRequest]:
    read = (_read(line) for file in sorted(folder.glob("*.jsonl")) for _, line in _lines(file))
    return (way for way in read if not isinstance(way, str))


def _lines(file: Path) -> Iterator[tuple[int, str]]:
    text = file.read_text(encoding="utf-8", errors="replace")
    return ((number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip())


def _read(line: str) -> WayOfAsking | OpenRequest | str:
    """The request, or what is wrong with the line."""
    try:
        found = json.loads(line)
    except ValueError as error:
        return f"broken JSON ({error}): one object on one line"
    if not isinstance(found, dict):
        return f"not an object: write {', '.join(sorted(_KEYS))}"
    keys = _OPEN_KEYS if "kind" in found else _KEYS
    if not found.keys() >= keys:
        return f"keys are missing: write {', '.join(sorted(keys))}"
    query, style, source = (found[key] for key in ("query", "style", "source"))
    if not all(isinstance(text, str) and text for text in (query, style, source)):
        return "query, style and source must be texts"
    read = _read_open if "kind" in found else _read_single
    return read(found)


def _read_single(found: dict[str, Any]) -> WayOfAsking | str:
    if not (found["item"] is None or isinstance(found["item"], str)):
        return "item must be a slug or null"
    return WayOfAsking(item=found["item"], query=found["query"], style=found["style"], source=found["source"])


def _read_open(found: dict[str, Any]) -> OpenRequest | str:
    items, kind = found["items"], found["kind"]
    if kind not in tuple(RequestKind):
        return f"kind must be one of {', '.join(RequestKind)}; a request with one item has `item` and no kind"
    if not isinstance(items, list) or not all(isinstance(slug, str) for slug in items):
        return "items must be a list of slugs"
    if len(set(items)) != len(items) or not items:
        return "items must be different slugs, and at least one"
    if (kind == RequestKind.SINGLE) != (len(items) == 1):
        return f"one item goes with the kind {RequestKind.SINGLE}, two or more with the others"
    return OpenRequest(
        items=tuple(items),
        kind=RequestKind(kind),
        query=found["query"],
        style=found["style"],
        source=found["source"],
    )
