"""The vault: a key of their own for every customer, and a second column for hashes while keys rotate."""

import sqlalchemy as sa
from alembic import op

from storage.columns import Code, Id, Moment, Sealed

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add to the schema of 0006; customers there are get their key when something of theirs is sealed next."""
    op.create_table(
        "customer_keys",
        sa.Column("customer_id", Id, nullable=False),
        sa.Column("key_id", Code),
        sa.Column("wrapped", Sealed),
        sa.Column("destroyed_at", Moment),
        sa.PrimaryKeyConstraint("customer_id", name="pk_customer_keys"),
        sa.CheckConstraint(
            "(wrapped IS NULL) = (key_id IS NULL)", name="ck_customer_keys_wrapped_by"
        ),
        sa.CheckConstraint("wrapped IS NULL OR destroyed_at IS NULL", name="ck_customer_keys_gone"),
        sqlite_with_rowid=False,
    )
    op.execute("INSERT INTO customer_keys (customer_id) SELECT id FROM customers")
    for column in ("hashed_with", "hashed_next_with"):
        op.add_column("customers", sa.Column(column, Code))
    for column in ("phone_hash_next", "email_hash_next"):
        op.add_column("customers", sa.Column(column, Sealed))
        is_set = sa.text(f"{column} IS NOT NULL")
        op.create_index(
            f"ix_customers_{column}",
            "customers",
            [column],
            sqlite_where=is_set,
            postgresql_where=is_set,
        )
