"""Clocks and scales: milliseconds of one call after another, calls a second of several at once, memory, disk."""

import gc
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil

from evals.statistics import quantiles

MIB = 2**20


def resident() -> float:
    """MiB of this process that are in memory."""
    gc.collect()
    return float(psutil.Process().memory_info().rss) / MIB


def milliseconds(call: Callable[[str], object], texts: Sequence[str], *, warm: int = 10) -> dict[str, float]:
    """p50, p95 and p99 of one call after another. The first `warm` texts are asked before and not counted."""
    for text in texts[:warm]:
        call(text)
    taken = []
    for text in texts[warm:]:
        began = time.perf_counter()
        call(text)
        taken.append((time.perf_counter() - began) * 1000)
    return quantiles(taken)


def calls_a_second(call: Callable[[str], object], texts: Sequence[str], *, seconds: float, threads: int = 1) -> float:
    """How many calls a second `threads` make between them for so long, each on texts of its own."""
    until = time.perf_counter() + seconds

    def work(own: Sequence[str]) -> int:
        done = 0
        while time.perf_counter() < until:
            call(own[done % len(own)])
            done += 1
        return done

    began = time.perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        done = sum(pool.map(work, [texts[start::threads] for start in range(threads)]))
    return done / (time.perf_counter() - began)


def on_disk(folder: Path) -> float:
    """MiB of all files below."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / MIB
