"""Values that prove the keys."""

from sqlalchemy import Column, Table

from storage.columns import Code, Sealed
from storage.tables.naming import metadata

canaries = Table(
    "canaries",
    metadata,
    Column("key_id", Code, primary_key=True),
    Column("sealed", Sealed, nullable=False),
)
