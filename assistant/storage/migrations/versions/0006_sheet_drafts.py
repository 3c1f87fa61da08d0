"""Drafts of items' sheets."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "sheet_drafts",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("slug", sa.String(length=128), nullable=False),
        sa.Column("base", sa.String(length=64), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("authors", sa.JSON(), nullable=False),
        sa.Column("reviewers", sa.JSON(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sheet_drafts")),
    )
    op.create_index(op.f("ix_sheet_drafts_slug"), "sheet_drafts", ["slug"])
    op.create_index(op.f("ix_sheet_drafts_state"), "sheet_drafts", ["state"])


def downgrade() -> None:
    """Take the table away."""
    op.drop_table("sheet_drafts")
