"""Files as jobs, the likeness of documents, and passages that try to command the assistant."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables, and mark no passage that is there already."""
    _jobs()
    _likenesses()
    with op.batch_alter_table("passages") as passages:
        passages.add_column(sa.Column("suspicious", sa.Boolean(), server_default=sa.false(), nullable=False))


def _jobs() -> None:
    op.create_table(
        "ingest_batches",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("publish", sa.Boolean(), nullable=False),
        sa.Column("approved_by", sa.Text(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ingest_batches")),
    )
    op.create_index(op.f("ix_ingest_batches_submitted_at"), "ingest_batches", ["submitted_at"])
    op.create_table(
        "ingest_jobs",
        sa.Column("id", sa.String(length=96), nullable=False),
        sa.Column("batch_id", sa.String(length=64), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=512), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("progress", sa.Double(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(), nullable=False),
        sa.Column("begun_at", sa.DateTime(), nullable=True),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("version_id", sa.String(length=64), nullable=True),
        sa.Column("report", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["ingest_batches.id"], name=op.f("fk_ingest_jobs_batch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ingest_jobs")),
        sa.UniqueConstraint("batch_id", "ordinal", name=op.f("uq_ingest_jobs_batch_id_ordinal")),
    )
    op.create_index("ix_ingest_jobs_batch_id_state", "ingest_jobs", ["batch_id", "state"])
    op.create_index(op.f("ix_ingest_jobs_state"), "ingest_jobs", ["state"])


def _likenesses() -> None:
    op.create_table(
        "document_likenesses",
        sa.Column("version_id", sa.String(length=64), nullable=False),
        sa.Column("title_key", sa.String(length=256), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["document_versions.id"], name=op.f("fk_document_likenesses_version_id")
        ),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_document_likenesses")),
    )
    op.create_index(op.f("ix_document_likenesses_title_key"), "document_likenesses", ["title_key"])
    op.create_table(
        "document_likeness_bands",
        sa.Column("version_id", sa.String(length=64), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("band", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["document_versions.id"], name=op.f("fk_document_likeness_bands_version_id")
        ),
        sa.PrimaryKeyConstraint("version_id", "place", name=op.f("pk_document_likeness_bands")),
    )
    op.create_index("ix_document_likeness_bands_band", "document_likeness_bands", ["band"])


def downgrade() -> None:
    """Take them away."""
    with op.batch_alter_table("passages") as passages:
        passages.drop_column("suspicious")
    for table in ("document_likeness_bands", "document_likenesses", "ingest_jobs", "ingest_batches"):
        op.drop_table(table)
