"""Customers, and the projections of the log that lists look at."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    and_,
    literal_column,
    true,
)

from storage.columns import Code, Id, Key, Ladder, Moment, Plainly, Sealed, Words
from storage.tables.naming import metadata

customers = Table(
    "customers",
    metadata,
    Column("id", Id, primary_key=True),
    Column("code", Code),  # public; NULL: erased
    Column("name", Sealed),
    Column("phone", Sealed),
    Column("email", Sealed),
    Column("address", Sealed),
    Column("phone_hash", Sealed, index=True),
    Column("email_hash", Sealed, index=True),
    Column("hashed_with", Code),  # the desk's key of these hashes; NULL: from before it was noted
    Column("phone_hash_next", Sealed),  # while keys rotate (RELIABILITY.md F59)
    Column("email_hash_next", Sealed),
    Column("hashed_next_with", Code),
    Column("salutation", Code, nullable=False),
    Column("preferred_channel", Code),
    Column("type", Code, nullable=False),
    Column("level", Sealed),  # typed by people
    Column("groups", Plainly, nullable=False),
    Column("profile", Sealed),  # as one piece
    Column("marks", Plainly, nullable=False),  # the desk's own tags
    Column("opt_outs", Plainly, nullable=False),
    Column("created_at", Moment, nullable=False),
)
Index("ix_customers_code", customers.c.code, unique=True)
for _next in (customers.c.phone_hash_next, customers.c.email_hash_next):
    _is_set = _next.is_not(None)
    Index(None, _next, sqlite_where=_is_set, postgresql_where=_is_set)

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
    Column("confirmed", Boolean, nullable=False),  # by the customer, while resolved
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
    Column("backfilled", Boolean, nullable=False),  # 补录
    Column("owes_fields", Boolean, nullable=False),  # of the fast lane
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
_owing = tickets.c.owes_fields == true()
Index("ix_tickets_owes_fields", tickets.c.logged_by, sqlite_where=_owing, postgresql_where=_owing)
Index("ix_tickets_closed_at", tickets.c.closed_at, sqlite_where=_ended, postgresql_where=_ended)
_archived = tickets.c.status == literal_column("'archived'")
Index(
    "ix_tickets_archived",
    tickets.c.number_key,
    sqlite_where=_archived,
    postgresql_where=_archived,
)
Index(None, tickets.c.logged_at)
Index(None, tickets.c.customer_id, tickets.c.received_at)

collaborators = Table(
    "collaborators",
    metadata,
    Column("number_key", Key, ForeignKey("tickets.number_key"), primary_key=True),
    Column("person", Id, primary_key=True),
)
Index(None, collaborators.c.person)

complained_about = Table(
    "complained_about",
    metadata,
    Column("number_key", Key, ForeignKey("tickets.number_key"), primary_key=True),
    Column("person", Id, primary_key=True),  # neither lists nor search show it to them
)
Index(None, complained_about.c.person)

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
    Column("breached_at", Moment),
    Column("look_at", Moment),  # when it has something to say; NULL: nothing more
    Column("stage", Integer),  # what it says then: 0 a warning, 1 the breach, 2 … the ladder
    Column("said_stage", Integer),
    Column("said_due_at", Moment),
    Column("ladder", Ladder),  # while it is owed
    Column("backfilled", Boolean),
)
_looked_at = deadlines.c.look_at.is_not(None)
Index(
    "ix_deadlines_look_at",
    deadlines.c.look_at,
    deadlines.c.number_key,
    sqlite_where=_looked_at,
    postgresql_where=_looked_at,
)
_of_authority = deadlines.c.kind == literal_column("'authority'")
Index(
    "ix_deadlines_authority",
    deadlines.c.detail,
    deadlines.c.number_key,
    sqlite_where=_of_authority,
    postgresql_where=_of_authority,
)

CUSTOMERS = "customers"
"""Where the customers' own sequence stands among the serials of the days."""

serials = Table(
    "serials",
    metadata,
    Column("day", Code, primary_key=True),  # or CUSTOMERS
    Column("last", Integer, nullable=False),
)
