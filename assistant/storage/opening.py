"""Opening a home: the database migrated, and the corpus published where it changed since the last start."""

import hashlib
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from assistant.storage.migrating import upgrade_to_head
from knowledge.corpus.catalogue import Catalogue, load_catalogue
from knowledge.errors import SheetInvalid
from knowledge.storage.engine import open_engine, reading, sole_writer, sqlite_url
from knowledge.storage.publishing import CatalogueChange
from knowledge.storage.store import KnowledgeStore
from knowledge.storage.tables import CorpusRow

_PUBLISHER = "xiaoshen"
_SHEETS_IN_FORCE = "sheets"  # one row, whatever the folder is called: another corpus takes the place of the former
_SHEETS = ("items", "policies")


def open_store(home: Path, database_url: str | None = None) -> KnowledgeStore:
    """The knowledge base of a home, its schema up to date. `store.engine` is the database; close it with dispose()."""
    engine = open_engine(database_url or sqlite_url(home))
    upgrade_to_head(engine)
    return KnowledgeStore(engine)


def publish_corpus(store: KnowledgeStore, corpus: Path, *, now: datetime) -> tuple[Catalogue, CatalogueChange] | None:
    """Publish the corpus where its files changed since they were last published; None where they did not.

    Broken sheets are left out and named in `Catalogue.problems`; their last good version stays in force, and the corpus
    is read again at each start, so that they are named again. Raises SheetInvalid where no sheet can be read: a
    mistyped folder must not withdraw all that is published.
    """
    digest = digest_of(corpus)
    if _published_digest(store.engine) == digest:
        return None
    catalogue = load_catalogue(corpus)
    if not catalogue.sheets:
        raise SheetInvalid(f"No sheet can be read; nothing was changed. See XIAOSHEN_CORPUS. {catalogue.problems[0]}")
    change = store.publish_catalogue(catalogue, now=now, actor=_PUBLISHER, why=f"{corpus.name} {digest[:12]}")
    if not catalogue.problems:
        with sole_writer(store.engine) as session:
            session.merge(CorpusRow(name=_SHEETS_IN_FORCE, digest=digest, published_at=now))
    return catalogue, change


def digest_of(corpus: Path) -> str:
    """A hash of all sheets: names and bytes, in a fixed order."""
    found = hashlib.sha256()
    folders = [corpus / part for part in _SHEETS if (corpus / part).is_dir()] or [corpus]
    for file in sorted(file for folder in folders for file in folder.glob("*.y*ml")):
        content = file.read_bytes()
        found.update(f"{file.relative_to(corpus).as_posix()}\0{len(content)}\0".encode("utf-8", "surrogateescape"))
        found.update(content)
    return found.hexdigest()


def _published_digest(engine: Engine) -> str | None:
    with reading(engine) as session:
        row = session.get(CorpusRow, _SHEETS_IN_FORCE)
        return row.digest if row else None
