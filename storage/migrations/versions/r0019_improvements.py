"""The monthly meeting, and the list of improvements that it and others keep."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Code, Id, Moment, Sealed

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add to the schema of 0018."""
    op.create_table(
        "improvements",
        sa.Column("id", Id, nullable=False),
        sa.Column("source", Code, nullable=False),
        sa.Column("origin", Id, nullable=False),
        sa.Column("point", sa.String(255), nullable=False),
        sa.Column("pain", Sealed, nullable=False),
        sa.Column("action", Sealed, nullable=False),
        sa.Column("goal", Sealed, nullable=False),
        sa.Column("outcome", Sealed),
        sa.Column("priority", Code, nullable=False),
        sa.Column("department", Code, nullable=False),
        sa.Column("owner", Id, nullable=False),
        sa.Column("due_at", Moment, nullable=False),
        sa.Column("decided_at", Moment, nullable=False),
        sa.Column("decided_by", Id, nullable=False),
        sa.Column("done_at", Moment),
        sa.Column("done_by", Id),
        sa.PrimaryKeyConstraint("id", name="pk_improvements"),
    )
    op.create_index("ix_improvements_source_origin", "improvements", ["source", "origin"])
    to_do = sa.text("done_at IS NULL")
    op.create_index(
        "ix_improvements_to_do",
        "improvements",
        ["due_at"],
        sqlite_where=to_do,
        postgresql_where=to_do,
    )
    op.create_table(
        "monthly_meetings",
        sa.Column("key", Code, nullable=False),
        sa.Column("changes", sa.Integer, nullable=False),
        sa.Column("started_at", Moment),
        sa.Column("started_by", Id),
        sa.Column("closed_at", Moment),
        sa.Column("closed_by", Id),
        sa.PrimaryKeyConstraint("key", name="pk_monthly_meetings"),
    )
