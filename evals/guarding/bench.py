"""`python -m evals.guarding.bench [--write]`: what the gates cost, on texts made of the shipped sheets.

Processor time of the thread tells what the work costs; the clock beside it also counts what else the machine computes.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import Random
from statistics import median
from typing import Protocol, runtime_checkable

from guardrails import pii
from guardrails.approved import Draft, Evidence, Stopped, Wording
from guardrails.entered import show_entered
from guardrails.inbound import scan_untrusted, screen
from guardrails.outbound import OutboundGuard, quote
from knowledge.corpus.catalogue import load_catalogue
from knowledge.statements import Statement
from knowledge.statements_of import item_statements

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "guardrails.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
LENGTH = 800
_TEXTS, _ROUNDS, _GOES, _SEED = 400, 3, 3, 20261122
_SENTENCES_OF_AN_ANSWER = 8


class Cached(Protocol):
    """How much a cache may hold."""

    @property
    def maxsize(self) -> int | None:
        """So many results; None without a limit."""
        ...


@runtime_checkable
class Cache(Protocol):
    """A function that remembers its results."""

    def cache_clear(self) -> None:
        """Forget them."""

    def cache_info(self) -> Cached:
        """How much it may hold."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Milliseconds of one kind of work, each time it was done."""

    name: str
    goal: str
    computed: tuple[float, ...]
    by_the_clock: tuple[float, ...]

    def marks(self) -> list[float]:
        """Median, 95th and 99th percentile: computed, then by the clock."""
        return [_mark(values, m) for values in (self.computed, self.by_the_clock) for m in (0.5, 0.95, 0.99)]


def row(rounds: Sequence[Cost]) -> str:
    """One line of the table: of each mark the median of the rounds, each of which had texts of its own."""
    marks = zip(*(cost.marks() for cost in rounds), strict=True)
    shown = [f"{median(of_rounds):.2f}" for of_rounds in marks]
    return f"| {rounds[0].name} | {rounds[0].goal} | {' | '.join(shown)} |"


def measured(name: str, goal: str, works: Sequence[Callable[[], object]]) -> Cost:
    """Do each work after a round to warm up, and time it, each time as if its texts had never been seen.

    What it computes is the least of three goes: other processes slow a processor that they share. The clock is of one.
    """
    for work in works[:20]:
        work()
    kept = _caches()
    computed, by_the_clock = [], []
    for work in works:
        goes = [_timed(work, kept) for _ in range(_GOES)]
        computed.append(min(computing for computing, _ in goes))
        by_the_clock.append(goes[0][1])
    return Cost(name=name, goal=goal, computed=tuple(computed), by_the_clock=tuple(by_the_clock))


def _timed(work: Callable[[], object], kept: Sequence[Cache]) -> tuple[float, float]:
    for cache in kept:
        cache.cache_clear()
    began, began_computing = time.perf_counter(), time.thread_time()
    work()
    return (time.thread_time() - began_computing) * 1000, (time.perf_counter() - began) * 1000


def _caches() -> list[Cache]:
    """What the guard remembers of texts; what it has loaded once for all, which is one thing each, stays."""
    modules = [module for name, module in sys.modules.items() if name.startswith("guardrails")]
    found = {id(thing): thing for module in modules for thing in vars(module).values() if isinstance(thing, Cache)}
    return [cache for cache in found.values() if (cache.cache_info().maxsize or 0) > 1]


def costs(statements: Sequence[Statement], rng: Random) -> Iterator[Cost]:
    """Each gate on texts of 800 characters, and all sentences and quotations of an answer."""
    texts = [_of_length(statements, rng) for _ in range(_TEXTS)]
    guard = OutboundGuard()
    yield measured("inbound, by signs, 800 characters", "p99 ≤ 5", [partial(screen, t) for t in texts])
    yield measured("of it, personal data", "", [partial(pii.find, t) for t in texts])
    yield measured("a document or field, 800 characters", "p99 ≤ 5", [partial(scan_untrusted, t) for t in texts])
    yield measured("a field shown again, 800 characters", "", [partial(show_entered, t) for t in texts])
    drafts = [_draft(rng.choice(statements).text, text, Wording.GENERATED) for text in texts]
    yield measured(
        "one free sentence, evidence of 800 characters", "p99 ≤ 5", [partial(guard.check, d) for d in drafts]
    )
    answers = [rng.sample(statements, _SENTENCES_OF_AN_ANSWER) for _ in range(_TEXTS)]
    for wording in (Wording.COMPOSED, Wording.GENERATED):
        works = [partial(_whole_answer, guard, a, wording) for a in answers]
        yield measured(f"a whole answer of 8 {wording.value} sentences with its citations", "p95 ≤ 40", works)


def stopped_by_mistake(statements: Sequence[Statement]) -> str:
    """How many statements of the shipped sheets the gate would not let out, each with itself as evidence."""
    guard = OutboundGuard()
    sourced = [s for s in statements if s.may_be_stated]
    drafts = [Draft(text=s.text, wording=Wording.COMPOSED, evidence=(_evidence(s),)) for s in sourced]
    stopped = sum(isinstance(guard.check(draft), Stopped) for draft in drafts)
    return f"Composed sentences of the shipped sheets stopped by mistake: {stopped} of {len(drafts)}."


def _evidence(statement: Statement) -> Evidence:
    return Evidence(statement.source, f"{statement.title}\n{statement.text}")


def _whole_answer(guard: OutboundGuard, said: Sequence[Statement], wording: Wording) -> None:
    for statement in said:
        guard.check(Draft(text=statement.text, wording=wording, evidence=(_evidence(statement),)))
        quote(statement.title, statement.source)
        quote(statement.text, statement.source)


def _of_length(statements: Sequence[Statement], rng: Random) -> str:
    text = ""
    while len(text) < LENGTH:
        text += rng.choice(statements).text
    return text[:LENGTH]


def _draft(text: str, evidence: str, wording: Wording) -> Draft:
    return Draft(text=text, wording=wording, evidence=(Evidence("items/a", f"{text}。{evidence}"),))


def _mark(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def table(rounds: Sequence[Sequence[Cost]], now: datetime) -> str:
    """The table as Markdown."""
    return "\n".join(
        [
            f"Milliseconds, {now:%Y-%m-%d}: one thread of a shared machine with two processors; "
            f"median of {len(rounds)} rounds of {_TEXTS} texts each, none seen before; computed: the least of "
            f"{_GOES} goes.",
            "",
            "| work | goal | computed p50 | p95 | p99 | by the clock p50 | p95 | p99 |",
            "|---|---|---|---|---|---|---|---|",
            *(row(costs_of_one) for costs_of_one in zip(*rounds, strict=True)),
        ]
    )


def main() -> None:
    """Measure, print, and with --write put the table into docs/guardrails.md."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write the table into docs/guardrails.md")
    wanted = parser.parse_args()
    statements = [s for item in load_catalogue(ROOT / "corpus").items for s in item_statements(item)]
    rounds = [list(costs(statements, Random(_SEED + n))) for n in range(_ROUNDS)]  # noqa: S311 - which texts, no secret
    shown = table(rounds, datetime.now(UTC))
    shown = f"{shown}\n\n{stopped_by_mistake(statements)}"
    sys.stdout.write(shown + "\n")
    if wanted.write:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
        _, _, after = rest.partition(END)
        PAGE.write_text(f"{before}{BEGIN}\n\n{shown}\n\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
