"""Opens the chain of a home with the home's key."""

from sqlalchemy import Engine

from assistant.audit.head_file import HeadFile
from assistant.audit.keeping import Sealing, SqlAudit
from assistant.audit.keys import key_of
from assistant.settings import Settings


def audit_of(engine: Engine, settings: Settings) -> SqlAudit:
    """The chain in this database, sealed with the configured key or that of the home."""
    key = key_of(settings.home, settings.audit_key)
    return SqlAudit(engine, Sealing(key=key, head_file=HeadFile(settings.home)))
