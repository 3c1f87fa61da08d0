"""The database connection: SQLite with WAL, or PostgreSQL, and transactions that say plainly when the disk is full."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection as SqliteConnection
from sqlite3 import OperationalError

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from knowledge.errors import StorageFull

_BUSY_MS = 10_000  # how long a writer waits for another before it gives up
_WAL_RETRY_SECONDS = 0.02
_WRITES = "xiaoshen_writes"
_SOLE_WRITER_LOCK = 7_103_001  # any fixed number: the PostgreSQL advisory lock of the knowledge base
_PG_DISK_FULL = "53100"


def open_engine(url: str) -> Engine:
    """An engine for `sqlite:///…` or `postgresql+psycopg://…`. The folder of a SQLite file is made."""
    engine = create_engine(url, pool_pre_ping=not url.startswith("sqlite"))
    if engine.dialect.name == "sqlite":
        if engine.url.database and engine.url.database != ":memory:":
            Path(engine.url.database).parent.mkdir(parents=True, exist_ok=True)
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def sqlite_url(home: Path) -> str:
    """The database of a home."""
    return f"sqlite:///{(home / 'xiaoshen.db').resolve()}"


def _prepare_sqlite(connection: SqliteConnection, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver's own BEGIN comes too late; ours is below
    for pragma in (f"busy_timeout = {_BUSY_MS}", "foreign_keys = ON", "synchronous = FULL"):
        connection.execute(f"PRAGMA {pragma}")
    _turn_wal_on(connection)


def _turn_wal_on(connection: SqliteConnection) -> None:
    """WAL is a property of the file. The first switch needs the file alone, and SQLite does not wait for that."""
    give_up = time.monotonic() + _BUSY_MS / 1000
    while connection.execute("PRAGMA journal_mode").fetchone() not in (("wal",), ("memory",)):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except OperationalError:
            if time.monotonic() > give_up:
                raise
            time.sleep(_WAL_RETRY_SECONDS)


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes its place at once: a reader that turns writer half-way would be refused, not made to wait."""
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session that reads one consistent state."""
    with Session(engine) as session:
        yield session


@contextmanager
def writing(engine: Engine) -> Iterator[Session]:
    """One transaction: all or nothing. Raises StorageFull where the disk has no room."""
    with _disk_trouble_explained(), Session(engine.execution_options(**{_WRITES: True})) as session, session.begin():
        yield session


@contextmanager
def sole_writer(engine: Engine) -> Iterator[Session]:
    """One transaction that no other writer of the knowledge base overlaps."""
    with writing(engine) as session:
        if engine.dialect.name == "postgresql":
            session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _SOLE_WRITER_LOCK})
        yield session


@contextmanager
def _disk_trouble_explained() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        if _is_disk_trouble(error):
            raise StorageFull(
                "The disk that holds the database is full or failing; nothing of this step was written. "
                "Free some space (xiaoshen doctor shows how much is left), then do the same again."
            ) from error
        raise


def _is_disk_trouble(error: DBAPIError) -> bool:
    cause = error.orig
    name = getattr(cause, "sqlite_errorname", "") or ""
    state = getattr(cause, "sqlstate", "") or ""
    return name == "SQLITE_FULL" or name.startswith("SQLITE_IOERR") or state == _PG_DISK_FULL
