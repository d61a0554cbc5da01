"""The audit log's chain: a seal for each row, and what waits to be sealed."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Code, Key, Moment, Sealed
from storage.migrations import append_only
from storage.migrations.waiting import queue_audit

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Have each row signed by itself, and make the chain beside the log."""
    connection = op.get_bind()
    connection.exec_driver_sql("ALTER TABLE audit RENAME COLUMN chain TO signature")
    op.create_index("ix_audit_number", "audit", ["number"])
    op.create_table(
        "audit_seals",
        sa.Column("seq", Key, autoincrement=False, nullable=False),
        sa.Column("audit_id", Key, nullable=False),
        sa.Column("key_id", Code, nullable=False),
        sa.Column("mac", Sealed, nullable=False),
        sa.Column("sealed_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_audit_seals"),
        sa.UniqueConstraint("audit_id", name="uq_audit_seals_audit_id"),
    )
    op.create_table(
        "audit_waiting",
        sa.Column("audit_id", Key, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("audit_id", name="pk_audit_waiting"),
    )
    connection.exec_driver_sql("INSERT INTO audit_waiting SELECT id FROM audit")
    append_only(connection, "audit_seals")
    queue_audit(connection)
