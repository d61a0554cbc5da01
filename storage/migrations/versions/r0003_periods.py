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
    # What was met late before breaches were kept; reckoning looks at open cases only.
    op.execute("UPDATE deadlines SET breached_at = due_at WHERE met_at > due_at")
    ending = sa.text("status IN ('resolved', 'follow_up', 'closed', 'invalid')")
    op.create_index(
        "ix_tickets_ending",
        "tickets",
        ["status", "number_key"],
        sqlite_where=ending,
        postgresql_where=ending,
    )
    running = sa.and_(
        sa.column("met_at").is_(None),
        sa.column("void", sa.Boolean) == sa.false(),
        sa.column("breached_at").is_(None),
    )
    for name, column, where in (
        ("ix_deadlines_running", "due_at", running),
        ("ix_deadlines_breached_at", "breached_at", sa.text("breached_at IS NOT NULL")),
    ):
        op.create_index(
            name,
            "deadlines",
            [column, "number_key"],
            sqlite_where=where,
            postgresql_where=where,
        )
