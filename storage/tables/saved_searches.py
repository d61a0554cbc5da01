"""Searches that people keep by a name."""

from sqlalchemy import Column, Index, Table

from storage.columns import Code, Id, Moment, Sealed
from storage.tables.naming import metadata

saved_searches = Table(
    "saved_searches",
    metadata,
    Column("id", Id, primary_key=True),
    Column("owner", Id, nullable=False),
    Column("department", Code),  # whose members share it
    Column("name", Sealed, nullable=False),
    Column("line", Sealed, nullable=False),  # words and filters, as they are typed
    Column("saved_at", Moment, nullable=False),
)
Index(None, saved_searches.c.owner)
Index(None, saved_searches.c.department)
