"""The ways of asking that ship in `corpus/asking/`: what people said, about which item, and who wrote it down."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.errors import SheetInvalid


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """One request. `item` is None where it fits nothing in the catalogue. `source` is who wrote it."""

    item: str | None
    query: str
    style: str
    source: str


def load_asking(folder: Path) -> tuple[Asking, ...]:
    """All requests of the folder's `*.jsonl` with one item or none, by file; nothing where there is no folder."""
    return tuple(one for file in sorted(folder.glob("*.jsonl")) for one in _read(file))


def _read(file: Path) -> Sequence[Asking]:
    rows = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            if "kind" in row:  # about how many things are wanted: not a way of asking for one
                continue
            rows.append(
                Asking(item=row["item"], query=str(row["query"]), style=str(row["style"]), source=str(row["source"]))
            )
        except (ValueError, KeyError, TypeError) as error:
            message = f'{file}:{number}: a line must be {{"item", "query", "style", "source"}}; mend or delete it.'
            raise SheetInvalid(message) from error
    return rows
