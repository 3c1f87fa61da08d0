"""What an identity provider vouched for, sealed, for as long as the session lasts."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("citizen_sessions", sa.Column("proof", sa.Text(), nullable=True))


def downgrade() -> None:
    """Take it away."""
    op.drop_column("citizen_sessions", "proof")
