"""Which desk file was in force since when; its text is sealed, for people write into comments what they should not."""

from sqlalchemy import Column, Table

from storage.columns import Code, Key, Moment, Sealed
from storage.tables.naming import metadata

revisions = Table(
    "revisions",
    metadata,
    Column("id", Key, primary_key=True),
    Column("revision", Code, nullable=False, index=True),
    Column("adopted_at", Moment, nullable=False),
    Column("source", Sealed, nullable=False),
)
