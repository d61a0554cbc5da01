"""The archive: what was archived under which key, each day sealed, and the cases whose words were disposed of."""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Integer,
    Table,
    UniqueConstraint,
)

from storage.columns import Bytewise, Code, Id, Key, Moment, Sealed, Words
from storage.tables.naming import metadata

archived_tickets = Table(
    "archived_tickets",
    metadata,
    Column("number_key", Key, ForeignKey("tickets.number_key"), primary_key=True),
    Column("archive_key", Words, nullable=False),
    Column("folded", Bytewise, nullable=False, index=True),  # the key as it is looked for
    Column("day", Code),  # NULL: archived before days were sealed
    Column("part", Integer),
    Column("version", Integer, nullable=False),  # of the ticket when it was archived
    Column("digest", Sealed),  # of its rows and its log up to then
)

archived_days = Table(
    "archived_days",
    metadata,
    Column("day", Code, primary_key=True),  # the desk's own: 2026-11-24
    Column("part", Integer, primary_key=True),  # a day is archived press by press
    Column("count", Integer, nullable=False),
    Column("head", Sealed, nullable=False),  # keyed, over this part and the head before it
    Column("key_id", Code, nullable=False),
    Column("at", Moment, nullable=False),
)

disposals = Table(
    "disposals",
    metadata,
    Column("id", Id, primary_key=True),
    Column("number", Code, nullable=False),
    Column("reason", Sealed, nullable=False),
    Column("asked_by", Id, nullable=False),
    Column("approved_by", Id, nullable=False),
    Column("at", Moment, nullable=False),
    Column("done_at", Moment),  # once its words are gone nothing of it changes any more
    Column("remains", Sealed),  # the digest of what was left
    UniqueConstraint("number"),
    CheckConstraint("asked_by <> approved_by", name="two_people"),
)

addenda_found = Table(
    "addenda_found",
    metadata,
    Column("number_key", Key, ForeignKey("tickets.number_key"), primary_key=True),
    Column("sealed", Integer, nullable=False),  # characters of its words in the index before them
    Column("taking", Boolean, nullable=False),  # words are being added in this transaction
)
