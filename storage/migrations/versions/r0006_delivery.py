"""Delivery: which notice is said by which roll-up, what the watchdog told of, what ended when."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Code, Moment

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_ENDED = "ended_at IS NOT NULL"


def upgrade() -> None:
    """Add to the schema of 0005."""
    op.add_column("notices", sa.Column("covered_by", sa.String(255)))
    op.create_index(
        "ix_notices_covered_by",
        "notices",
        ["covered_by"],
        sqlite_where=sa.text("covered_by IS NOT NULL"),
        postgresql_where=sa.text("covered_by IS NOT NULL"),
    )
    op.create_index(
        "ix_notices_ended_at",
        "notices",
        ["ended_at"],
        sqlite_where=sa.text(_ENDED),
        postgresql_where=sa.text(_ENDED),
    )
    op.create_table(
        "troubles",
        sa.Column("code", Code, nullable=False),
        sa.Column("since", Moment, nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_troubles")),
    )
