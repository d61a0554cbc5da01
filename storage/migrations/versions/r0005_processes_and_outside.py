"""Several processes and other systems: the configuration in force, what waits outside Slack."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Code, Key, Moment, Sealed

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add to the schema of 0004."""
    op.create_table(
        "revisions",
        sa.Column("id", Key, nullable=False),
        sa.Column("revision", Code, nullable=False),
        sa.Column("adopted_at", Moment, nullable=False),
        sa.Column("source", Sealed, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_revisions"),
    )
    op.create_index("ix_revisions_revision", "revisions", ["revision"])
