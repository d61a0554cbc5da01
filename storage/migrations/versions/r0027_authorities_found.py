"""Cases before an authority are found by it: their clocks' rows name it."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add to the schema of 0026."""
    of_authority = sa.text("kind = 'authority'")
    op.create_index(
        "ix_deadlines_authority",
        "deadlines",
        ["detail", "number_key"],
        sqlite_where=of_authority,
        postgresql_where=of_authority,
    )
