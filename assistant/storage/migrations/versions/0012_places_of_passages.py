"""Passages know their pages and rectangles in the original; documents know to whom they were sent."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; what is stored already has no places."""
    op.add_column("passages", sa.Column("places", sa.Text(), nullable=True))
    op.add_column("document_versions", sa.Column("addressees", sa.Text(), nullable=True))


def downgrade() -> None:
    """Take them away."""
    op.drop_column("document_versions", "addressees")
    op.drop_column("passages", "places")
