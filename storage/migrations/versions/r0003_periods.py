"""Scheduled reports: which period was done when, and its frozen figures."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Code, Moment, Plainly

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add to the schema of 0002."""
    op.create_table(
        "periods",
        sa.Column("job", Code, nullable=False),
        sa.Column("key", Code, nullable=False),
        sa.Column("due_at", Moment, nullable=False),
        sa.Column("start_at", Moment, nullable=False),
        sa.Column("end_at", Moment, nullable=False),
        sa.Column("done_at", Moment, nullable=False),
        sa.Column("was_run", sa.Boolean, nullable=False),
        sa.Column("figures", Plainly, nullable=False),
        sa.PrimaryKeyConstraint("job", "key", name="pk_periods"),
    )
    op.create_index("ix_periods_job_due_at", "periods", ["job", "due_at"])
