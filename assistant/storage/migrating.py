"""Brings a database to the schema of this version, from any earlier one, also when several processes start at once."""

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from assistant.audit.audit_tables import AuditEntryRow
from assistant.clerk.tables import CannedAnswerRow
from assistant.handoff.tables import TicketRow
from assistant.identity.citizen_tables import CitizenRow
from assistant.operation.operation_tables import SwitchRow
from assistant.storage.case_tables import CaseRow
from assistant.storage.console_tables import EvaluationCaseRow
from assistant.storage.rule_versions import RuleVersionRow
from assistant.storage.tables import ConversationRow
from ingest.job_tables import JobRow
from knowledge.storage.engine import writing
from knowledge.storage.sheet_drafts import SheetDraftRow

_SCRIPTS = Path(__file__).parent / "migrations"
_MIGRATION_LOCK = 7_103_002  # any fixed number: the PostgreSQL advisory lock of migrations

REGISTERED = (
    AuditEntryRow,
    CannedAnswerRow,
    CaseRow,
    CitizenRow,
    ConversationRow,
    EvaluationCaseRow,
    JobRow,
    RuleVersionRow,
    SheetDraftRow,
    SwitchRow,
    TicketRow,
)  # importing them has put all tables on the one MetaData
METADATA = ConversationRow.metadata


def upgrade_to_head(engine: Engine) -> None:
    """Migrate to the newest schema; nothing is written where the database has it already."""
    if _revision_of(engine) != head():
        _run(engine, "upgrade", "head")


def downgrade_to(engine: Engine, revision: str) -> None:
    """Go back to an earlier schema (`base`: none at all). Data that the earlier one cannot hold is lost."""
    _run(engine, "downgrade", revision)


def head() -> str | None:
    """The newest revision of the schema."""
    return ScriptDirectory(str(_SCRIPTS)).get_current_head()


def differences(engine: Engine) -> tuple[str, ...]:
    """Where the database's schema is not the one of the code, in Alembic's words; empty when they are equal."""
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        return tuple(str(difference) for difference in compare_metadata(context, METADATA))


def _revision_of(engine: Engine) -> str | None:
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def _run(engine: Engine, step: str, target: str) -> None:
    with writing(engine) as session:
        connection = session.connection()
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _MIGRATION_LOCK})
        config = _config(connection)
        if step == "upgrade":
            command.upgrade(config, target)
        else:
            command.downgrade(config, target)


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
