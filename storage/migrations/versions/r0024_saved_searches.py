"""Searches that people keep by a name, their own or for a department; names and lines sealed."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Code, Id, Moment, Sealed

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add to the schema of 0023."""
    op.create_table(
        "saved_searches",
        sa.Column("id", Id, nullable=False),
        sa.Column("owner", Id, nullable=False),
        sa.Column("department", Code),
        sa.Column("name", Sealed, nullable=False),
        sa.Column("line", Sealed, nullable=False),
        sa.Column("saved_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_saved_searches"),
    )
    op.create_index("ix_saved_searches_owner", "saved_searches", ["owner"])
    op.create_index("ix_saved_searches_department", "saved_searches", ["department"])
