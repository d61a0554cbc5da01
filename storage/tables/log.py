"""The truth: the event log, the audit log and its chain."""

from sqlalchemy import Column, Index, Integer, Table, UniqueConstraint, text

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

_REVEALED = text("action = 'reveal' AND outcome = 'done'")

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
    Index("ix_audit_reveals", "actor", "at", sqlite_where=_REVEALED, postgresql_where=_REVEALED),
    Column("signature", Sealed),  # of the row itself; none: an earlier program wrote it
    Index("ix_audit_number", "number"),
)

audit_seals = Table(
    "audit_seals",
    metadata,
    Column("seq", Key, primary_key=True, autoincrement=False),  # 1, 2, 3 … without a gap
    Column("audit_id", Key, nullable=False),
    Column("key_id", Code, nullable=False),
    Column("mac", Sealed, nullable=False),  # over the row, its place and the seal before it
    Column("sealed_at", Moment, nullable=False),
    UniqueConstraint("audit_id"),
)

# A trigger puts each new row here; what is sealed is taken out. Ids are given before a transaction
# commits, so the highest sealed one says nothing of what arrives late.
audit_waiting = Table(
    "audit_waiting",
    metadata,
    Column("audit_id", Key, primary_key=True, autoincrement=False),
)
