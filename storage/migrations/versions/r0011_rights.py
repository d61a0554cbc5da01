"""Customers' rights: requests to end what is kept of people."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Code, Id, Moment, Plainly, Sealed

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add to the schema of 0010."""
    op.create_table(
        "disposal_requests",
        sa.Column("id", Id, nullable=False),
        sa.Column("occasion", Code, nullable=False),
        sa.Column("standing", Code, nullable=False),
        sa.Column("customer", Id),
        sa.Column("reason", Sealed, nullable=False),
        sa.Column("about", Plainly, nullable=False),
        sa.Column("report", Plainly, nullable=False),
        sa.Column("made_at", Moment, nullable=False),
        sa.Column("since", Moment, nullable=False),
        sa.Column("asked_by", Id),
        sa.Column("decided_by", Id),
        sa.Column("run_by", Id),
        sa.PrimaryKeyConstraint("id", name="pk_disposal_requests"),
        sa.CheckConstraint("asked_by <> decided_by", name="ck_disposal_requests_two_people"),
    )
    for column in ("standing", "customer"):
        op.create_index(f"ix_disposal_requests_{column}", "disposal_requests", [column])
    op.create_index("ix_customers_created_at", "customers", ["created_at"])
