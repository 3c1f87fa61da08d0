"""Processes beside each other, each with the product open: thousands of requests take minutes of one core."""

import gc
import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import date
from multiprocessing.connection import wait
from threading import Thread

from assistant.turn import Assistant
from evals.harness.opening import Opening, opened
from evals.result import Row
from evals.samples import RecognitionCase
from evals.tasks.recognition import Elsewhere, recognized

WORTH_IT = 1_500
"""Cases from which on the seconds that each process needs to start are won back."""

MOST = 4

_open: list[Assistant] = []
_kept_open = ExitStack()


@contextmanager
def recognizing(opening: Opening, cases: int) -> Iterator[ProcessPoolExecutor | None]:
    """The processes that recognise, for so many cases; none where they would not be worth it."""
    processes = min(MOST, len(os.sched_getaffinity(0)))
    if cases < WORTH_IT or processes < 2 or opening.corpus is not None:  # noqa: PLR2004
        yield None
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, mp_context=context, initializer=_begin, initargs=(opening,)) as pool:
        pool.submit(_is_open)  # they open the product while this process reads the cases
        yield pool


def asked_of(pool: Executor) -> Elsewhere:
    """Sends cases to the processes."""

    def elsewhere(case: RecognitionCase, today: date) -> Future[Row]:
        return pool.submit(recognized_here, case, today)

    return elsewhere


def recognized_here(case: RecognitionCase, today: date) -> Row:
    """The row of one case, in a process that has the product open."""
    (assistant,) = _open
    return recognized(assistant, case, today)


def _is_open() -> bool:
    return bool(_open)


def _begin(opening: Opening) -> None:
    Thread(target=_die_with_the_run, daemon=True).start()
    _open.append(_kept_open.enter_context(opened(opening)).assistant)
    gc.freeze()  # nothing of the product is garbage until the end: no need to look at it again and again


def _die_with_the_run() -> None:
    """A run that is killed takes its processes with it: nobody else would end them."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
