"""Planned absences: from a day to a day, with a reason out of a closed set."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Code, Id, Moment

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add to the schema of 0015."""
    op.create_table(
        "planned_absences",
        sa.Column("person", Id, nullable=False),
        sa.Column("since", Moment, nullable=False),
        sa.Column("until", Moment, nullable=False),
        sa.Column("reason", Code, nullable=False),
        sa.Column("planned_by", Id, nullable=False),
        sa.PrimaryKeyConstraint("person", "since", name="pk_planned_absences"),
    )
