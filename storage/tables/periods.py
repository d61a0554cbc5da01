"""Scheduled jobs: which period was settled when and what it said; and the indexes their lists are read by."""

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    FromClause,
    Index,
    Table,
    and_,
    false,
    literal_column,
)

from storage.columns import Code, Moment, Plainly
from storage.tables.cases import deadlines, tickets
from storage.tables.naming import metadata

periods = Table(
    "periods",
    metadata,
    Column("job", Code, primary_key=True),
    Column("key", Code, primary_key=True),  # 2026-W47, 2026-11-24, 2026-11
    Column("due_at", Moment, nullable=False),
    Column("start_at", Moment, nullable=False),
    Column("end_at", Moment, nullable=False),  # where the next period of the job begins
    Column("done_at", Moment, nullable=False),
    Column("was_run", Boolean, nullable=False),  # else passed over: for a newer one, or at first
    Column("figures", Plainly, nullable=False),
)
Index(None, periods.c.job, periods.c.due_at)


def is_ending(source: FromClause) -> ColumnElement[bool]:
    """Say that the work is done and nothing archived, in the words of the partial index."""
    states = ("resolved", "follow_up", "closed", "invalid")
    return source.c.status.in_([literal_column(f"'{state}'") for state in states])


def is_running(source: FromClause) -> ColumnElement[bool]:
    """Say that a deadline is still owed, in the words of the partial index."""
    c = source.c
    return and_(c.met_at.is_(None), c.void == false(), c.breached_at.is_(None))


_ending, _running = is_ending(tickets), is_running(deadlines)
_breached = deadlines.c.breached_at.is_not(None)
Index(
    "ix_tickets_ending",
    tickets.c.status,
    tickets.c.number_key,
    sqlite_where=_ending,
    postgresql_where=_ending,
)
Index(
    "ix_deadlines_running",
    deadlines.c.due_at,
    deadlines.c.number_key,
    sqlite_where=_running,
    postgresql_where=_running,
)
Index(
    "ix_deadlines_breached_at",
    deadlines.c.breached_at,
    deadlines.c.number_key,
    sqlite_where=_breached,
    postgresql_where=_breached,
)
