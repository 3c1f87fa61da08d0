"""Handoff: tickets with their logs, clerks and their duty, files, contacts, ratings."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    _clerks()
    _duty()
    _tickets()
    _contacts()
    _files()
    _log()
    _ratings()


def _clerks() -> None:
    op.create_table(
        "handoff_clerks",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("team", sa.String(length=128), nullable=False),
        sa.Column("departments", sa.Text(), nullable=True),
        sa.Column("items", sa.Text(), nullable=True),
        sa.Column("districts", sa.Text(), nullable=True),
        sa.Column("languages", sa.Text(), nullable=True),
        sa.Column("leads", sa.Boolean(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("duty", sa.String(length=32), nullable=False),
        sa.Column("lease_until", sa.DateTime(), nullable=True),
        sa.Column("last_ended_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handoff_clerks")),
    )
    op.create_index(op.f("ix_handoff_clerks_duty"), "handoff_clerks", ["duty"], unique=False)


def _duty() -> None:
    op.create_table(
        "handoff_duty",
        sa.Column("id", sa.Integer(), sa.Identity(always=False), nullable=False),
        sa.Column("clerk", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("duty", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handoff_duty")),
    )
    op.create_index(op.f("ix_handoff_duty_at"), "handoff_duty", ["at"], unique=False)
    op.create_index(op.f("ix_handoff_duty_clerk"), "handoff_duty", ["clerk"], unique=False)


def _tickets() -> None:
    op.create_table(
        "handoff_tickets",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("conversation", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=32), nullable=False),
        sa.Column("item", sa.String(length=128), nullable=True),
        sa.Column("department", sa.String(length=128), nullable=True),
        sa.Column("district", sa.String(length=32), nullable=True),
        sa.Column("language", sa.String(length=32), nullable=False),
        sa.Column("case_id", sa.String(length=64), nullable=True),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("tier", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("waiting_since", sa.DateTime(), nullable=False),
        sa.Column("rank_at", sa.DateTime(), nullable=False),
        sa.Column("widen_at", sa.DateTime(), nullable=True),
        sa.Column("escalate_at", sa.DateTime(), nullable=True),
        sa.Column("choice_at", sa.DateTime(), nullable=True),
        sa.Column("choice_offered_at", sa.DateTime(), nullable=True),
        sa.Column("choice", sa.String(length=32), nullable=True),
        sa.Column("estimate", sa.Integer(), nullable=True),
        sa.Column("offered_to", sa.String(length=64), nullable=True),
        sa.Column("offered_until", sa.DateTime(), nullable=True),
        sa.Column("passed", sa.Text(), nullable=True),
        sa.Column("clerk", sa.String(length=64), nullable=True),
        sa.Column("helpers", sa.Text(), nullable=True),
        sa.Column("accepted_at", sa.DateTime(), nullable=True),
        sa.Column("answered_at", sa.DateTime(), nullable=True),
        sa.Column("answer_by", sa.DateTime(), nullable=True),
        sa.Column("call_at", sa.DateTime(), nullable=True),
        sa.Column("is_call", sa.Boolean(), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.DateTime(), nullable=True),
        sa.Column("ending", sa.String(length=32), nullable=True),
        sa.Column("stars", sa.Integer(), nullable=True),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("due_at", sa.DateTime(), nullable=True),
        sa.Column("changed_at", sa.DateTime(), nullable=False),
        sa.Column("citizen_seen_at", sa.DateTime(), nullable=False),
        sa.Column("citizen_read", sa.Integer(), nullable=False),
        sa.Column("clerk_read", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handoff_tickets")),
    )
    op.create_index("ix_handoff_clerk", "handoff_tickets", ["clerk", "state"], unique=False)
    op.create_index("ix_handoff_line", "handoff_tickets", ["state", "rank_at"], unique=False)
    op.create_index("ix_handoff_offered", "handoff_tickets", ["offered_to", "state"], unique=False)
    op.create_index(op.f("ix_handoff_tickets_asked_at"), "handoff_tickets", ["asked_at"], unique=False)
    op.create_index(op.f("ix_handoff_tickets_changed_at"), "handoff_tickets", ["changed_at"], unique=False)
    op.create_index(op.f("ix_handoff_tickets_conversation"), "handoff_tickets", ["conversation"], unique=False)
    op.create_index(op.f("ix_handoff_tickets_due_at"), "handoff_tickets", ["due_at"], unique=False)
    op.create_index(op.f("ix_handoff_tickets_ended_at"), "handoff_tickets", ["ended_at"], unique=False)
    op.create_index(
        "uq_handoff_open",
        "handoff_tickets",
        ["conversation"],
        unique=True,
        sqlite_where=sa.text("state <> 'ended'"),
        postgresql_where=sa.text("state <> 'ended'"),
    )


def _contacts() -> None:
    op.create_table(
        "handoff_contacts",
        sa.Column("ticket_id", sa.String(length=64), nullable=False),
        sa.Column("phone", sa.String(length=32), nullable=False),
        sa.Column("called", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["handoff_tickets.id"], name=op.f("fk_handoff_contacts_ticket_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("ticket_id", name=op.f("pk_handoff_contacts")),
    )


def _files() -> None:
    op.create_table(
        "handoff_files",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("ticket_id", sa.String(length=64), nullable=False),
        sa.Column("side", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("media_type", sa.String(length=128), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["handoff_tickets.id"], name=op.f("fk_handoff_files_ticket_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handoff_files")),
    )
    op.create_index(op.f("ix_handoff_files_ticket_id"), "handoff_files", ["ticket_id"], unique=False)


def _log() -> None:
    op.create_table(
        "handoff_log",
        sa.Column("ticket_id", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("side", sa.String(length=32), nullable=False),
        sa.Column("by", sa.String(length=64), nullable=True),
        sa.Column("about", sa.String(length=64), nullable=True),
        sa.Column("client_id", sa.String(length=64), nullable=True),
        sa.Column("text", sa.Text(), nullable=True),
        sa.Column("word", sa.String(length=128), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("until", sa.DateTime(), nullable=True),
        sa.Column("file", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["handoff_tickets.id"], name=op.f("fk_handoff_log_ticket_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("ticket_id", "seq", name=op.f("pk_handoff_log")),
        sa.UniqueConstraint("ticket_id", "side", "client_id", name=op.f("uq_handoff_log_ticket_id_side_client_id")),
    )
    op.create_index(op.f("ix_handoff_log_at"), "handoff_log", ["at"], unique=False)


def _ratings() -> None:
    op.create_table(
        "handoff_ratings",
        sa.Column("ticket_id", sa.String(length=64), nullable=False),
        sa.Column("stars", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("rated_at", sa.DateTime(), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("set_aside", sa.Text(), nullable=True),
        sa.Column("problem", sa.String(length=128), nullable=True),
        sa.Column("owner", sa.String(length=64), nullable=True),
        sa.Column("due_at", sa.DateTime(), nullable=True),
        sa.Column("called_back_at", sa.DateTime(), nullable=True),
        sa.Column("mended", sa.Text(), nullable=True),
        sa.Column("checked_by", sa.String(length=64), nullable=True),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["handoff_tickets.id"], name=op.f("fk_handoff_ratings_ticket_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("ticket_id", name=op.f("pk_handoff_ratings")),
    )
    op.create_index(op.f("ix_handoff_ratings_problem"), "handoff_ratings", ["problem"], unique=False)
    op.create_index(op.f("ix_handoff_ratings_rated_at"), "handoff_ratings", ["rated_at"], unique=False)
    op.create_index(op.f("ix_handoff_ratings_state"), "handoff_ratings", ["state"], unique=False)


def downgrade() -> None:
    """Take them away."""
    op.drop_table("handoff_ratings")
    op.drop_table("handoff_log")
    op.drop_table("handoff_files")
    op.drop_table("handoff_contacts")
    op.drop_table("handoff_tickets")
    op.drop_table("handoff_duty")
    op.drop_table("handoff_clerks")
