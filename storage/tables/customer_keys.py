"""A key for each customer, wrapped by the desk's key; backups keep this table apart (DESK.md 6)."""

from sqlalchemy import CheckConstraint, Column, Table

from storage.columns import Code, Id, Moment, Sealed
from storage.tables.naming import metadata

# No foreign key: the newest keys are put back beside older records, which know fewer customers.
customer_keys = Table(
    "customer_keys",
    metadata,
    Column("customer_id", Id, primary_key=True),
    Column("key_id", Code),  # the desk's key that wraps it
    Column("wrapped", Sealed),  # NULL: none was made yet, or it was destroyed
    Column("destroyed_at", Moment),
    CheckConstraint("(wrapped IS NULL) = (key_id IS NULL)", name="wrapped_by"),
    CheckConstraint("wrapped IS NULL OR destroyed_at IS NULL", name="gone"),
    sqlite_with_rowid=False,
)
