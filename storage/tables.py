"""Every table of the records but the word index (search.py); migrations make them, a test compares the two."""

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    ForeignKey,
    FromClause,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    and_,
    literal_column,
    true,
)

from storage.columns import Code, Id, Key, Moment, Plainly, Sealed, Words

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=NAMES)

# --- the truth ----------------------------------------------------------------------------------

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

customers = Table(
    "customers",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Sealed),
    Column("phone", Sealed),
    Column("email", Sealed),
    Column("address", Sealed),
    Column("phone_hash", Sealed, index=True),
    Column("email_hash", Sealed, index=True),
    Column("salutation", Code, nullable=False),
    Column("preferred_channel", Code),
    Column("type", Code, nullable=False),
    Column("level", Sealed),  # typed by people
    Column("groups", Plainly, nullable=False),
    Column("created_at", Moment, nullable=False),
)

# --- projections of the log ---------------------------------------------------------------------

tickets = Table(
    "tickets",
    metadata,
    Column("number_key", Key, primary_key=True, autoincrement=False),
    Column("id", Id, nullable=False, unique=True),
    Column("number", Code, nullable=False),
    # Numbers are looked for by their tail; compared by bytes on either engine.
    Column(
        "number_reversed",
        Code.with_variant(String(64, collation="C"), "postgresql"),
        nullable=False,
        unique=True,
    ),
    Column("version", Integer, nullable=False),
    Column("status", Code, nullable=False),
    Column("is_open", Boolean, nullable=False),
    Column("priority", Code, nullable=False),
    Column("department", Code, nullable=False),
    Column("assignee", Id),
    Column("logged_by", Id, nullable=False),
    Column("caller", Id),  # who owes the customer word and call now
    Column("round", Integer, nullable=False),
    Column("kind", Code, nullable=False),
    Column("category", Code, nullable=False),
    Column("customer_id", Id, ForeignKey("customers.id"), nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("logged_at", Moment, nullable=False),
    Column("resolved_at", Moment),
    Column("closed_at", Moment),
    Column("changed_at", Moment, nullable=False),
    Column("restricted", Boolean, nullable=False),
    Column("summary", Words, nullable=False),  # redacted
    Column("next_kind", Code),
    Column("next_due_at", Moment),
    Column("due_order", Moment, nullable=False),  # next_due_at, or the end of time
    Column("paused_since", Moment),
)
_open = tickets.c.is_open == true()
_due = tickets.c.next_due_at.is_not(None)
_adrift = and_(_open, tickets.c.next_due_at.is_(None), tickets.c.paused_since.is_(None))
# Lists are read in their order, and told apart and counted without looking at a row.
_listed = (
    tickets.c.priority,
    tickets.c.due_order,
    tickets.c.number_key,
    tickets.c.department,
    tickets.c.assignee,
    tickets.c.logged_by,
    tickets.c.caller,
    tickets.c.status,
    tickets.c.is_open,
)
Index("ix_tickets_open", *_listed, sqlite_where=_open, postgresql_where=_open)
Index(
    "ix_tickets_no_next_step",
    tickets.c.next_due_at,  # always NULL; an equality, without which SQLite takes another index
    tickets.c.paused_since,  # always NULL; without it SQLite looks at every row
    *_listed,
    sqlite_where=_adrift,
    postgresql_where=_adrift,
)
Index("ix_tickets_assignee_open", tickets.c.assignee, sqlite_where=_open, postgresql_where=_open)
Index("ix_tickets_due", tickets.c.next_due_at, sqlite_where=_due, postgresql_where=_due)
_ended = tickets.c.closed_at.is_not(None)
Index("ix_tickets_closed_at", tickets.c.closed_at, sqlite_where=_ended, postgresql_where=_ended)
Index(None, tickets.c.logged_at)
Index(None, tickets.c.customer_id, tickets.c.received_at)

collaborators = Table(
    "collaborators",
    metadata,
    Column("number_key", Key, ForeignKey("tickets.number_key"), primary_key=True),
    Column("person", Id, primary_key=True),
)
Index(None, collaborators.c.person)

deadlines = Table(
    "deadlines",
    metadata,
    Column("number_key", Key, ForeignKey("tickets.number_key"), primary_key=True),
    Column("round", Integer, primary_key=True),
    Column("kind", Code, primary_key=True),
    Column("detail", Code, primary_key=True),
    Column("starts_at", Moment, nullable=False),
    Column("due_at", Moment),
    Column("warn_at", Moment),
    Column("met_at", Moment),
    Column("void", Boolean, nullable=False),
    Column("paused_since", Moment),
    Column("provisional", Boolean, nullable=False),
    Column("policy", Integer, nullable=False),
    Column("version", Integer, nullable=False),  # of the ticket that owed it last
)

serials = Table(
    "serials",
    metadata,
    Column("day", Code, primary_key=True),
    Column("last", Integer, nullable=False),
)

# --- what must become visible -------------------------------------------------------------------

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

# --- deliveries, people, keys -------------------------------------------------------------------

receipts = Table(
    "receipts",
    metadata,
    Column("key", String(255), primary_key=True),
    Column("kind", Code, nullable=False),
    Column("number", Code),
    Column("answer", Plainly, nullable=False),
    Column("at", Moment, nullable=False, index=True),
)

members = Table(
    "members",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", String(255), nullable=False),
    Column("language", Code, nullable=False),
    Column("timezone", Code, nullable=False),
    Column("is_active", Boolean, nullable=False),
    Column("is_guest", Boolean, nullable=False),
    Column("is_bot", Boolean, nullable=False),
)

channels = Table(
    "channels",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", String(255), nullable=False, index=True),
    Column("is_archived", Boolean, nullable=False),
    Column("has_bot", Boolean, nullable=False),
)

channel_members = Table(
    "channel_members",
    metadata,
    Column("channel_id", Id, primary_key=True),
    Column("person", Id, primary_key=True),
)

absences = Table(
    "absences",
    metadata,
    Column("person", Id, primary_key=True),
    Column("since", Moment, nullable=False),
)

turns = Table(
    "turns",
    metadata,
    Column("department", Code, primary_key=True),
    Column("person", Id, nullable=False),
)

drafts = Table(
    "drafts",
    metadata,
    Column("id", Id, primary_key=True),
    Column("person", Id, nullable=False),
    Column("text", Sealed, nullable=False),
    Column("kept_at", Moment, nullable=False, index=True),
)

canaries = Table(
    "canaries",
    metadata,
    Column("key_id", Code, primary_key=True),
    Column("sealed", Sealed, nullable=False),
)
