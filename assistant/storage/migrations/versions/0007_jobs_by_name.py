"""Jobs are found by the name of their file."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index."""
    op.create_index(op.f("ix_ingest_jobs_name"), "ingest_jobs", ["name"])


def downgrade() -> None:
    """Take it away."""
    op.drop_index(op.f("ix_ingest_jobs_name"), "ingest_jobs")
