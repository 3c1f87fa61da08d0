"""Counts of requests in the database, for several workers that share one quota. `limits` decides; this only counts."""

import hashlib
import time
from collections.abc import Callable

from limits.storage import Storage
from sqlalchemy import Engine, case, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError

from assistant.operation.operation_tables import RateCountRow
from knowledge.storage.engine import reading, writing


class SqlRateStorage(Storage):
    """Implements the storage of `limits`. A count begins anew when its window has ended."""

    STORAGE_SCHEME = None

    def __init__(self, engine: Engine, clock: Callable[[], float] = time.time) -> None:
        super().__init__()
        self._engine = engine
        self._clock = clock

    @property
    def base_exceptions(self) -> type[Exception]:
        """What counting may raise."""
        return SQLAlchemyError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        """Add to a count; the new count."""
        now = self._clock()
        insert = postgresql.insert if self._engine.dialect.name == "postgresql" else sqlite.insert
        new = insert(RateCountRow).values(key=_hash(key), count=amount, ends_at=now + expiry)
        runs = RateCountRow.ends_at > now
        changed = new.on_conflict_do_update(
            index_elements=["key"],
            set_={
                "count": case((runs, RateCountRow.count + amount), else_=amount),
                "ends_at": case((runs, RateCountRow.ends_at), else_=now + expiry),
            },
        ).returning(RateCountRow.count)
        with writing(self._engine) as session:
            return session.scalars(changed).one()

    def get(self, key: str) -> int:
        """The count; 0 where no window runs."""
        found = self._row(key)
        return found.count if found else 0

    def get_expiry(self, key: str) -> float:
        """When the window ends."""
        found = self._row(key)
        return found.ends_at if found else self._clock()

    def check(self) -> bool:
        """Whether the database answers."""
        try:
            self._row("")
        except SQLAlchemyError:
            return False
        return True

    def reset(self) -> int | None:
        """Forget all counts."""
        with writing(self._engine) as session:
            session.execute(delete(RateCountRow))
        return None

    def clear(self, key: str) -> None:
        """Forget one count."""
        with writing(self._engine) as session:
            session.execute(delete(RateCountRow).where(RateCountRow.key == _hash(key)))

    def forget_ended(self) -> None:
        """Drop the counts whose windows have ended."""
        with writing(self._engine) as session:
            session.execute(delete(RateCountRow).where(RateCountRow.ends_at <= self._clock()))

    def _row(self, key: str) -> RateCountRow | None:
        query = select(RateCountRow).where(RateCountRow.key == _hash(key), RateCountRow.ends_at > self._clock())
        with reading(self._engine) as session:
            row = session.scalar(query)
            if row is not None:
                session.expunge(row)
            return row


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()
