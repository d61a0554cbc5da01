"""Evidence copies: what was handed in stays readable when it is gone from Slack (DESK.md 6)."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Code, Id, Moment, Sealed

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add to the schema of 0016."""
    op.create_table(
        "evidence_copies",
        sa.Column("ticket_id", Id, nullable=False),
        sa.Column("file_id", Id, nullable=False),
        sa.Column("state", Code, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("look_at", Moment),
        sa.Column("kept_at", Moment),
        sa.Column("size", sa.BigInteger),
        sa.Column("sha256", Code),
        sa.Column("content", Sealed),
        sa.PrimaryKeyConstraint("ticket_id", "file_id", name="pk_evidence_copies"),
    )
    op.create_index("ix_evidence_copies_look_at", "evidence_copies", ["look_at"])
