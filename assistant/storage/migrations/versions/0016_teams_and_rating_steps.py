"""Hours of teams, and each step of the way back from a rating."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "handoff_teams",
        sa.Column("name", sa.String(length=128), nullable=False),
        sa.Column("hours", sa.String(length=128), nullable=True),
        sa.Column("edited_by", sa.String(length=64), nullable=False),
        sa.Column("edited_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_handoff_teams")),
    )
    op.create_table(
        "handoff_rating_steps",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("ticket_id", sa.String(length=64), nullable=False),
        sa.Column("step", sa.String(length=32), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("word", sa.String(length=128), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ticket_id"],
            ["handoff_ratings.ticket_id"],
            name=op.f("fk_handoff_rating_steps_ticket_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handoff_rating_steps")),
    )
    op.create_index(op.f("ix_handoff_rating_steps_at"), "handoff_rating_steps", ["at"])
    op.create_index(op.f("ix_handoff_rating_steps_ticket_id"), "handoff_rating_steps", ["ticket_id"])


def downgrade() -> None:
    """Take them away."""
    op.drop_table("handoff_rating_steps")
    op.drop_table("handoff_teams")
