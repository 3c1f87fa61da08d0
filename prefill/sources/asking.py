"""Asks several sources at once, each within a deadline; one that fails or is late stops nobody."""

import logging
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import date
from typing import Final

from prefill.errors import SourceUnavailable
from prefill.facts import Fact
from prefill.sources.consent import Consent, allowed
from prefill.sources.source import FactSource, Subject

_LOG: Final = logging.getLogger(__name__)
DEADLINE: Final = 3.0
"""Seconds a citizen waits for registers before the form goes on without them."""
_TOGETHER: Final = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceAnswer:
    """What one source told. `problem` says in plain Chinese why it told nothing."""

    source: str
    consent: str
    facts: tuple[Fact, ...] = ()
    problem: str = ""


def ask_all(
    sources: Sequence[FactSource],
    subject: Subject,
    consents: Sequence[Consent],
    *,
    item: str,
    today: date,
    deadline: float = DEADLINE,
) -> tuple[SourceAnswer, ...]:
    """Ask every source that a consent covers, in parallel. Sources without consent are not contacted at all."""
    wanted = [
        (source, consent)
        for source in sources
        for consent in allowed(consents, source.name, source.keys(), item=item, today=today)
    ]
    if not wanted:
        return ()
    pool = ThreadPoolExecutor(max_workers=min(_TOGETHER, len(wanted)), thread_name_prefix="register")
    try:
        futures = [pool.submit(source.facts, subject, consent) for source, consent in wanted]
        wait(futures, timeout=deadline)
        return tuple(_answer(s, c, f) for (s, c), f in zip(wanted, futures, strict=True))
    finally:
        # a late register is not waited for; its own time limit ends its thread
        pool.shutdown(wait=False, cancel_futures=True)


def _answer(source: FactSource, consent: Consent, future: "Future[tuple[Fact, ...]]") -> SourceAnswer:
    if not future.done():
        _LOG.warning("prefill.source.late", extra={"source": source.name})
        return SourceAnswer(
            source=source.name, consent=consent.id, problem=f"{source.name}没有及时答复，请先自行填写。"
        )
    try:
        facts = future.result()
    except SourceUnavailable:
        _LOG.warning("prefill.source.failed", extra={"source": source.name})
    except Exception:  # noqa: BLE001 - a register's adapter must not stop the others, whatever is wrong with it
        _LOG.exception("prefill.source.broken", extra={"source": source.name})
    else:
        told = tuple(f for f in facts if f.key in consent.keys)
        return SourceAnswer(source=source.name, consent=consent.id, facts=told)
    return SourceAnswer(source=source.name, consent=consent.id, problem=f"暂时查不到{source.name}的信息，请自行填写。")
