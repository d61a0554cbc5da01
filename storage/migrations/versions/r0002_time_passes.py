"""What time does: when each deadline is looked at next, and how far it was said."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Code, Ladder, Moment, Words

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add to the schema of 0001; what is open is reckoned anew at the first tick."""
    for column in (
        sa.Column("breached_at", Moment),
        sa.Column("look_at", Moment),
        sa.Column("stage", sa.Integer),
        sa.Column("said_stage", sa.Integer),
        sa.Column("said_due_at", Moment),
        sa.Column("ladder", Ladder),
        sa.Column("backfilled", sa.Boolean),
    ):
        op.add_column("deadlines", column)
    looked_at = sa.text("look_at IS NOT NULL")
    op.create_index(
        "ix_deadlines_look_at",
        "deadlines",
        ["look_at", "number_key"],
        sqlite_where=looked_at,
        postgresql_where=looked_at,
    )
    op.create_table(
        "marks",
        sa.Column("name", Code, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("value", Words, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_marks"),
    )
