"""Retrospectives, and how their improvements are pursued."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Code, Id, Key, Moment, Plainly, Sealed

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add to the schema of 0019."""
    op.create_table(
        "retrospectives",
        sa.Column("id", Id, nullable=False),
        sa.Column("occasion", Code, nullable=False),
        sa.Column("key", Code, nullable=False),
        sa.Column("standing", Code, nullable=False),
        sa.Column("number_key", Key),
        sa.Column("about", Plainly, nullable=False),
        sa.Column("record", Sealed, nullable=False),
        sa.Column("made_at", Moment, nullable=False),
        sa.Column("changes", sa.Integer, nullable=False),
        sa.Column("look_at", Moment),
        sa.PrimaryKeyConstraint("id", name="pk_retrospectives"),
        sa.UniqueConstraint("key", name="uq_retrospectives_key"),
    )
    for column in ("number_key", "made_at", "look_at"):
        op.create_index(f"ix_retrospectives_{column}", "retrospectives", [column])
    op.create_table(
        "pursuits",
        sa.Column("item", Id, nullable=False),
        sa.Column("retro", Id, nullable=False),
        sa.Column("place", sa.Integer, nullable=False),
        sa.Column("about", Plainly, nullable=False),
        sa.Column("resources", Sealed, nullable=False),
        sa.Column("look_at", Moment),
        sa.PrimaryKeyConstraint("item", name="pk_pursuits"),
    )
    for column in ("retro", "look_at"):
        op.create_index(f"ix_pursuits_{column}", "pursuits", [column])
