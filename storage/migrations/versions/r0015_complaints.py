"""Whom a complaint is about: kept out of its lists and searches."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Id, Key

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add to the schema of 0014."""
    op.create_table(
        "complained_about",
        sa.Column("number_key", Key, nullable=False),
        sa.Column("person", Id, nullable=False),
        sa.PrimaryKeyConstraint("number_key", "person", name="pk_complained_about"),
        sa.ForeignKeyConstraint(
            ["number_key"],
            ["tickets.number_key"],
            name="fk_complained_about_number_key_tickets",
        ),
    )
    op.create_index("ix_complained_about_person", "complained_about", ["person"])
