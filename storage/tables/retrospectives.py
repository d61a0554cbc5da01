"""Retrospectives, and how their improvements are pursued."""

from sqlalchemy import Column, Integer, Table

from storage.columns import Code, Id, Key, Moment, Plainly, Sealed
from storage.tables.naming import metadata

retrospectives = Table(
    "retrospectives",
    metadata,
    Column("id", Id, primary_key=True),
    Column("occasion", Code, nullable=False),
    Column("key", Code, nullable=False, unique=True),  # of the occasion, which is offered once
    Column("standing", Code, nullable=False),
    Column("number_key", Key, index=True),  # the case; none: a period
    Column("about", Plainly, nullable=False),  # ids and moments: who, which period, how far
    Column("record", Sealed, nullable=False),  # what people said, redacted before it is sealed
    Column("made_at", Moment, nullable=False, index=True),
    Column("changes", Integer, nullable=False),
    Column("look_at", Moment, index=True),
)

pursuits = Table(
    "pursuits",
    metadata,
    Column("item", Id, primary_key=True),  # the improvement
    Column("retro", Id, nullable=False, index=True),
    Column("place", Integer, nullable=False),
    Column("about", Plainly, nullable=False),  # figure, numbers, looks at whether it helped
    Column("resources", Sealed, nullable=False),  # redacted before it is sealed
    Column("look_at", Moment, index=True),
)
