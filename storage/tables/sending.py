"""What must become visible, and what was answered before."""

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    ForeignKey,
    FromClause,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    literal_column,
)

from storage.columns import Code, Id, Key, Moment, Plainly, Words
from storage.tables.naming import metadata

notices = Table(
    "notices",
    metadata,
    Column("id", Key, primary_key=True),
    Column("key", String(255), nullable=False, unique=True),
    Column("kind", Code, nullable=False),
    Column("number", Code),
    Column("place_kind", Code, nullable=False),
    Column("place_key", Code, nullable=False),
    Column("urgency", Integer, nullable=False),
    Column("order_group", String(160), nullable=False),
    Column("due_at", Moment, nullable=False),  # desk time; all other moments here are real time
    Column("params", Plainly, nullable=False),
    Column("state", Code, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("epoch", Integer, nullable=False),
    Column("owner", String(255)),
    Column("lease_until", Moment),
    Column("first_sent_at", Moment),
    Column("last_sent_at", Moment),
    Column("retry_at", Moment),
    Column("ended_at", Moment),
    Column("channel_id", Id),
    Column("message_ts", Code),
    Column("card_version", Integer),  # which version a card's first post shows at least
    Column("why", Words),
    Column("covered_by", String(255)),  # the roll-up that says it; "": alone from now on
)


def is_ready(source: FromClause) -> ColumnElement[bool]:
    """Say that a notice may be sent, in the words of the partial index: never with bound values."""
    return source.c.state == literal_column("'ready'")


def is_unfinished(source: FromClause) -> ColumnElement[bool]:
    """Say that a notice is not settled yet, in the words of the partial index."""
    states = ("ready", "sending", "unclear")
    return source.c.state.in_([literal_column(f"'{state}'") for state in states])


_ready, _unfinished = is_ready(notices), is_unfinished(notices)
Index(
    "ix_notices_ready",
    notices.c.urgency,
    notices.c.due_at,
    notices.c.id,
    sqlite_where=_ready,
    postgresql_where=_ready,
)
Index(
    "ix_notices_unfinished",
    notices.c.order_group,
    notices.c.id,
    sqlite_where=_unfinished,
    postgresql_where=_unfinished,
)
Index(None, notices.c.number)
_covered, _over = notices.c.covered_by.is_not(None), notices.c.ended_at.is_not(None)
Index(None, notices.c.covered_by, sqlite_where=_covered, postgresql_where=_covered)
Index(None, notices.c.ended_at, sqlite_where=_over, postgresql_where=_over)

troubles = Table(
    "troubles",  # what the watchdog told of and is not over
    metadata,
    Column("code", Code, primary_key=True),
    Column("since", Moment, nullable=False),
)

cards = Table(
    "cards",
    metadata,
    Column("id", Key, primary_key=True),
    Column("number_key", Key, ForeignKey("tickets.number_key"), nullable=False, index=True),
    Column("department", Code, nullable=False),
    Column("channel_id", Id),
    Column("message_ts", Code),
    Column("wanted", Integer, nullable=False),
    Column("shown", Integer, nullable=False),
    Column("is_current", Boolean, nullable=False),
    Column("retry_at", Moment),
    Column("why", Words),
    UniqueConstraint("channel_id", "message_ts"),
)
_stale = cards.c.wanted > cards.c.shown
Index("ix_cards_stale", cards.c.id, sqlite_where=_stale, postgresql_where=_stale)


receipts = Table(
    "receipts",
    metadata,
    Column("key", String(255), primary_key=True),
    Column("kind", Code, nullable=False),
    Column("number", Code),
    Column("answer", Plainly, nullable=False),
    Column("at", Moment, nullable=False, index=True),
)
