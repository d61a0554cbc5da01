"""The truth: the event log and the audit log."""

from sqlalchemy import Column, Integer, Table, UniqueConstraint

from storage.columns import Code, Id, Key, Moment, Plainly, Sealed
from storage.tables.naming import metadata

events = Table(
    "events",
    metadata,
    Column("id", Key, primary_key=True),
    Column("ticket_id", Id, nullable=False),
    Column("number", Code, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("actor", Id, nullable=False),
    Column("kind", Code, nullable=False),
    Column("plain", Plainly, nullable=False),
    Column("words", Sealed),  # the fact's words as one sealed object; none: NULL
    UniqueConstraint("ticket_id", "seq"),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Key, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("actor", Id, nullable=False),
    Column("action", Code, nullable=False),
    Column("number", Code),
    Column("outcome", Code, nullable=False),
    Column("detail", Plainly, nullable=False),
    Column("chain", Sealed),  # set when the entries are chained in order
)
