"""Reveals: how many one person made of late, found without reading the audit log."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_REVEALED = "action = 'reveal' AND outcome = 'done'"


def upgrade() -> None:
    """Add to the schema of 0012."""
    op.create_index(
        "ix_audit_reveals",
        "audit",
        ["actor", "at"],
        sqlite_where=sa.text(_REVEALED),
        postgresql_where=sa.text(_REVEALED),
    )
