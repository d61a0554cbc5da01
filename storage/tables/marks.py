"""Where what goes on and on stood last: the watch, a recomputation."""

from sqlalchemy import Column, Table

from storage.columns import Code, Moment, Words
from storage.tables.naming import metadata

marks = Table(
    "marks",
    metadata,
    Column("name", Code, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("value", Words, nullable=False),
)
