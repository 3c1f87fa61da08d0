"""The desk: what became of suggestions, canned answers, notes beside a handoff."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "clerk_suggestion_outcomes",
        sa.Column("ticket_id", sa.String(length=64), nullable=False),
        sa.Column("suggestion", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("item", sa.String(length=128), nullable=True),
        sa.Column("clerk", sa.String(length=64), nullable=False),
        sa.Column("outcome", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=True),
        sa.Column("kept_share", sa.Double(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ticket_id"],
            ["handoff_tickets.id"],
            name=op.f("fk_clerk_suggestion_outcomes_ticket_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("ticket_id", "suggestion", name=op.f("pk_clerk_suggestion_outcomes")),
    )
    op.create_index(op.f("ix_clerk_suggestion_outcomes_at"), "clerk_suggestion_outcomes", ["at"], unique=False)
    op.create_table(
        "clerk_canned_answers",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("item", sa.String(length=128), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("written_by", sa.String(length=64), nullable=False),
        sa.Column("written_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clerk_canned_answers")),
    )
    op.create_index(op.f("ix_clerk_canned_answers_expires_on"), "clerk_canned_answers", ["expires_on"], unique=False)
    op.create_index(op.f("ix_clerk_canned_answers_item"), "clerk_canned_answers", ["item"], unique=False)
    op.create_table(
        "clerk_notes",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("ticket_id", sa.String(length=64), nullable=False),
        sa.Column("clerk", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["handoff_tickets.id"], name=op.f("fk_clerk_notes_ticket_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clerk_notes")),
    )
    op.create_index(op.f("ix_clerk_notes_ticket_id"), "clerk_notes", ["ticket_id"], unique=False)


def downgrade() -> None:
    """Take them away."""
    op.drop_table("clerk_notes")
    op.drop_table("clerk_canned_answers")
    op.drop_table("clerk_suggestion_outcomes")
