"""Archived cases are found by the words of their addenda too; what was sealed of their words stays as it is."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Key
from storage.migrations.archived import let_addenda_be_found

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add to the schema of 0027; addenda written before are found once `deskbot db index-addenda` has read them."""
    op.create_table(
        "addenda_found",
        sa.Column("number_key", Key, nullable=False),
        sa.Column("sealed", sa.Integer, nullable=False),
        sa.Column("taking", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("number_key", name="pk_addenda_found"),
        sa.ForeignKeyConstraint(
            ["number_key"], ["tickets.number_key"], name="fk_addenda_found_number_key_tickets"
        ),
    )
    let_addenda_be_found(op.get_bind())
