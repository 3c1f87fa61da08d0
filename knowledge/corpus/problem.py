"""A problem in a sheet, said so that it can be mended without reading any code."""

from dataclasses import dataclass
from pathlib import Path

KeyPath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong in a file and what to write instead.

    `line` counts from 1. A blocking problem keeps the sheet out of the catalogue; any other leaves out or plays down
    only the part it names.
    """

    file: Path
    line: int
    message: str
    blocks: bool = True

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Flaw:
    """A problem before its line is known: the keys that lead to it from the top of the sheet.

    `at_key` points at the key itself (an unknown key), not at its value.
    """

    path: KeyPath
    message: str
    blocks: bool = True
    at_key: bool = False
