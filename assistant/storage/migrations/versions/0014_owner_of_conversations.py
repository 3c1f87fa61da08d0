"""Conversations belong to the browser session that first spoke in them."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the owner; conversations that are there belong to nobody until their browser comes back."""
    op.add_column("conversations", sa.Column("owner", sa.String(length=64), nullable=True))


def downgrade() -> None:
    """Take it away."""
    op.drop_column("conversations", "owner")
