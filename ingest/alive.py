"""Long work on one file says page by page that it goes on, so that only a reader that stands still is ended."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar


def _nobody() -> None:
    """No one waits."""


_TOLD: ContextVar[Callable[[], None]] = ContextVar("told", default=_nobody)


def still_working() -> None:
    """A page of a scan is done: whoever waits may wait on."""
    _TOLD.get()()


@contextmanager
def telling(tell: Callable[[], None]) -> Iterator[None]:
    """While this lasts, `tell` hears of every page."""
    token = _TOLD.set(tell)
    try:
        yield
    finally:
        _TOLD.reset(token)
