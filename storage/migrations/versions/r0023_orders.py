"""Orders brought along each month: buyers as keyed hashes alone, and the key of those hashes, sealed."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Code, Moment, Sealed

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add to the schema of 0022."""
    op.create_table(
        "orders",
        sa.Column("order_hash", sa.String(64), nullable=False),
        sa.Column("buyer", sa.String(64), nullable=False),
        sa.Column("ordered_at", Moment, nullable=False),
        sa.Column("cents", sa.BigInteger),
        sa.Column("line", sa.String(80), nullable=False),
        sa.PrimaryKeyConstraint("order_hash", name="pk_orders"),
    )
    op.create_index("ix_orders_ordered_at_buyer", "orders", ["ordered_at", "buyer"])
    op.create_index("ix_orders_buyer", "orders", ["buyer"])
    op.create_table(
        "peppers",
        sa.Column("name", Code, nullable=False),
        sa.Column("sealed", Sealed, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_peppers"),
    )
