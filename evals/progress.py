"""Progress of long work: a function that passes cases through and shows how far it is."""

import sys
import time
from collections.abc import Iterable, Iterator
from typing import Protocol, TextIO, TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

T = TypeVar("T")

SECONDS_BETWEEN_LINES = 5.0


class Progress(Protocol):
    """Passes an iterable through."""

    def __call__(self, things: Iterable[T], /) -> Iterator[T]:
        """The same things, in the same order."""
        ...


class Silent:
    """No progress at all."""

    def __call__(self, things: Iterable[T], /) -> Iterator[T]:
        """The same things, unseen."""
        yield from things


class Shown:
    """A bar on a terminal, a plain line every few seconds elsewhere; always on stderr, so that stdout stays JSON."""

    def __init__(self, title: str, total: int | None = None, out: TextIO | None = None) -> None:
        self.title, self.total, self.out = title, total, out or sys.stderr

    def __call__(self, things: Iterable[T], /) -> Iterator[T]:
        """The same things, counted aloud."""
        return self._bar(things) if self.out.isatty() else self._lines(things)

    def _bar(self, things: Iterable[T]) -> Iterator[T]:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Bar(*columns, console=Console(file=self.out)) as bar:
            yield from bar.track(things, total=self.total, description=self.title)

    def _lines(self, things: Iterable[T]) -> Iterator[T]:
        said, count = time.monotonic(), 0
        for count, thing in enumerate(things, 1):
            yield thing
            if time.monotonic() - said > SECONDS_BETWEEN_LINES:
                said = time.monotonic()
                print(f"{self.title}: {count}/{self.total or '?'}", file=self.out, flush=True)
        print(f"{self.title}: {count} done", file=self.out, flush=True)
