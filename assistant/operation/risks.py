"""The risk monitor: counts what goes wrong, by minute and over all processes, and notices sudden changes.

How a sudden change is told: the share of turns in the last quarter of an hour is set beside that of the day before it.
It is sudden where the lower end of its 95 % Wilson interval lies above the upper end of the other's, so chance alone
rarely does it, and where it happened at least five times. Nothing is learnt, nothing has to be tuned.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from math import sqrt
from threading import Lock
from typing import Final

from sqlalchemy import Engine, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite

from assistant.operation.operation_tables import RiskCountRow
from knowledge.storage.engine import reading, writing

RECENT: Final = timedelta(minutes=15)
BEFORE: Final = timedelta(hours=24)
KEPT: Final = timedelta(days=31)
LEAST: Final = 5
_Z: Final = 1.96
_LONGEST_NAME: Final = 64


class RiskKind(StrEnum):
    """What is counted. TURN is what the others are a share of."""

    TURN = "turn"  # by status
    STOP = "stop"  # a sentence or message that a guard stopped, by check
    WHY = "why"  # why a turn ended without an answer
    DEGRADED = "degraded"  # an answer with a part of the product missing
    MODEL = "model"  # the model failed and the composer answered, by reason
    FAILURE = "failure"  # requests that ended in an incident
    REPORT = "report"  # answers that somebody said were wrong, by who


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many turns."""

    count: int
    turns: int

    @property
    def value(self) -> float:
        """The share; 0 where there were no turns."""
        return min(1.0, self.count / self.turns) if self.turns else 0.0

    def interval(self) -> tuple[float, float]:
        """The 95 % Wilson interval. Where there were no turns, it is all that is possible."""
        if not self.turns:
            return (0.0, 1.0)
        n, p = self.turns, self.value
        middle = (p + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
        half = _Z * sqrt(p * (1 - p) / n + _Z**2 / (4 * n * n)) / (1 + _Z**2 / n)
        return (max(0.0, middle - half), min(1.0, middle + half))


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """One thing that is counted, lately and before."""

    kind: RiskKind
    name: str
    recent: Share
    before: Share

    @property
    def is_sudden(self) -> bool:
        """Whether it happens clearly more often than before."""
        return self.recent.count >= LEAST and self.recent.interval()[0] > self.before.interval()[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskPicture:
    """Everything counted, the sudden ones first."""

    turns: int
    risks: tuple[Risk, ...]


class RiskMonitor:
    """Counts in memory, writes every few seconds, reads over all processes."""

    def __init__(self, engine: Engine | None = None) -> None:
        self._engine = engine
        self._lock = Lock()
        self._counts: Counter[tuple[datetime, RiskKind, str]] = Counter()

    def note(self, kind: RiskKind, name: str, at: datetime) -> None:
        """Count one."""
        minute = at.replace(second=0, microsecond=0)
        with self._lock:
            self._counts[minute, kind, name[:_LONGEST_NAME]] += 1

    def flush(self) -> None:
        """Write what was counted; where that fails, it is kept for the next time."""
        if self._engine is None:
            return
        with self._lock:
            counts, self._counts = self._counts, Counter()
        if not counts:
            return
        try:
            self._write(self._engine, counts)
        except Exception:
            with self._lock:
                self._counts.update(counts)
            raise

    def picture(self, now: datetime) -> RiskPicture:
        """What happened lately beside the day before."""
        self.flush()
        recent, before = self._sums(now - RECENT, now + RECENT), self._sums(now - RECENT - BEFORE, now - RECENT)
        turns, turns_before = _turns(recent), _turns(before)
        risks = [
            Risk(
                kind=kind,
                name=name,
                recent=Share(recent.get((kind, name), 0), turns),
                before=Share(before.get((kind, name), 0), turns_before),
            )
            for kind, name in {*recent, *before}
        ]
        ordered = sorted(risks, key=lambda r: (not r.is_sudden, r.kind is RiskKind.TURN, -r.recent.count, r.name))
        return RiskPicture(turns=turns, risks=tuple(ordered))

    def _write(self, engine: Engine, counts: Mapping[tuple[datetime, RiskKind, str], int]) -> None:
        insert = postgresql.insert if engine.dialect.name == "postgresql" else sqlite.insert
        with writing(engine) as session:
            # one order for all processes, or two of them wait for each other
            for (minute, kind, name), count in sorted(counts.items()):
                new = insert(RiskCountRow).values(minute=minute, kind=kind.value, name=name, count=count)
                added = RiskCountRow.count + new.excluded.count
                session.execute(
                    new.on_conflict_do_update(index_elements=["minute", "kind", "name"], set_={"count": added})
                )
            oldest = min(minute for minute, _, _ in counts) - KEPT
            session.execute(delete(RiskCountRow).where(RiskCountRow.minute < oldest))

    def _sums(self, since: datetime, until: datetime) -> dict[tuple[RiskKind, str], int]:
        if self._engine is None:
            found: Counter[tuple[RiskKind, str]] = Counter()
            with self._lock:
                for (minute, kind, name), count in self._counts.items():
                    if since <= minute < until:
                        found[kind, name] += count
            return dict(found)
        query = (
            select(RiskCountRow.kind, RiskCountRow.name, func.sum(RiskCountRow.count))
            .where(RiskCountRow.minute >= since, RiskCountRow.minute < until)
            .group_by(RiskCountRow.kind, RiskCountRow.name)
        )
        with reading(self._engine) as session:
            return {(RiskKind(kind), name): int(count) for kind, name, count in session.execute(query)}


def _turns(sums: Mapping[tuple[RiskKind, str], int]) -> int:
    return sum(count for (kind, _), count in sums.items() if kind is RiskKind.TURN)
