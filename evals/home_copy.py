"""A copy of a home to try something in: its knowledge, drafts, saved cases and index. The home itself is only read.

From PostgreSQL the tables of the knowledge alone are read, in one transaction that sees one state: nothing of citizens.
"""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, Table, insert, select

from assistant.settings import Settings
from assistant.storage.console_tables import EvaluationCaseRow
from assistant.storage.migrating import METADATA, upgrade_to_head
from assistant.storage.rule_versions import RuleVersionRow
from evals.compare import NotComparable
from knowledge.search.opening import FOLDER
from knowledge.storage.engine import open_engine, sqlite_url
from knowledge.storage.sheet_drafts import SheetDraftRow
from knowledge.storage.tables import (
    CorpusRow,
    DocumentRow,
    DocumentVersionRow,
    LinkRow,
    OriginalRow,
    PassageRow,
    PolicyVersionRow,
    PublicationRow,
    RevisionRow,
    ServiceItemVersionRow,
    WorkRow,
)

_DATABASE = "xiaoshen.db"
_AT_A_TIME = 500
_COPIED = frozenset(
    row.__tablename__
    for row in (
        CorpusRow,
        DocumentRow,
        DocumentVersionRow,
        EvaluationCaseRow,
        LinkRow,
        OriginalRow,
        PassageRow,
        PolicyVersionRow,
        PublicationRow,
        RevisionRow,
        RuleVersionRow,
        ServiceItemVersionRow,
        SheetDraftRow,
        WorkRow,
    )
)


def copy_of(settings: Settings, folder: Path) -> Settings:
    """The settings of a copy in the folder: a SQLite home with an index of its own and no model.

    Raises NotComparable where there is no home.
    """
    home = folder / "home"
    home.mkdir()
    if settings.database_url is None:
        _copy_file(settings.home, home)
    else:
        _copy_tables(settings.database_url, home)
    if (settings.home / FOLDER).is_dir():
        shutil.copytree(settings.home / FOLDER, home / FOLDER, dirs_exist_ok=True)
    return settings.model_copy(update={"home": home, "database_url": None, "chroma_url": None, "llm_base_url": None})


def _copy_file(home: Path, copy: Path) -> None:
    """SQLite's own backup waits for writers and sees a whole state."""
    source = home / _DATABASE
    if not source.is_file():
        raise NotComparable(f"{home} is no home with knowledge in it yet.")
    with closing(sqlite3.connect(source)) as from_, closing(sqlite3.connect(copy / _DATABASE)) as to:
        from_.backup(to)


def _copy_tables(url: str, copy: Path) -> None:
    """Row by row through the same table definitions: both databases have the same schema."""
    source, target = open_engine(url), open_engine(sqlite_url(copy))
    try:
        upgrade_to_head(target)
        reading = source.connect().execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with reading as from_, target.begin() as to:
            for table in METADATA.sorted_tables:
                if table.name in _COPIED:
                    _copy_rows(table, from_, to)
    finally:
        source.dispose()
        target.dispose()


def _copy_rows(table: Table, from_: Connection, to: Connection) -> None:
    """What the migrations themselves put into the new table gives way."""
    to.execute(table.delete())
    rows = from_.execution_options(yield_per=_AT_A_TIME).execute(select(table)).mappings()
    for part in rows.partitions(_AT_A_TIME):
        to.execute(insert(table), [dict(row) for row in part])
