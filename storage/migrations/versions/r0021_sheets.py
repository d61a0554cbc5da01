"""The team's own sheets: which rows came in from where, and who may take everything out unmasked."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Code, Id, Key, Moment, Plainly, Sealed, Words

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add to the schema of 0020."""
    op.create_table(
        "imported_rows",
        sa.Column("number_key", Key, nullable=False, autoincrement=False),
        sa.Column("source", Code, nullable=False),
        sa.Column("source_no", Code, nullable=False),
        sa.Column("cells", Words, nullable=False),
        sa.Column("marked_with", Code, nullable=False),
        sa.PrimaryKeyConstraint("number_key", name="pk_imported_rows"),
        sa.ForeignKeyConstraint(
            ["number_key"], ["tickets.number_key"], name="fk_imported_rows_number_key_tickets"
        ),
    )
    op.create_index("ix_imported_rows_source_no", "imported_rows", ["source_no", "source"])
    op.create_index("ix_tickets_received_at", "tickets", ["received_at"])
    op.create_table(
        "export_requests",
        sa.Column("id", Id, nullable=False),
        sa.Column("what", Plainly, nullable=False),
        sa.Column("reason", Sealed, nullable=False),
        sa.Column("standing", Code, nullable=False),
        sa.Column("asked_by", Id, nullable=False),
        sa.Column("asked_at", Moment, nullable=False),
        sa.Column("decided_by", Id),
        sa.Column("decided_at", Moment),
        sa.Column("used_by", Id),
        sa.Column("used_at", Moment),
        sa.PrimaryKeyConstraint("id", name="pk_export_requests"),
        sa.CheckConstraint("asked_by <> decided_by", name="ck_export_requests_two_people"),
    )
