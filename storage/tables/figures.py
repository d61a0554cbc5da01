"""Rows that figures are taken from: one a ticket and round, one an errand; remade from the log at any time."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table

from storage.columns import Code, Id, Key, Moment
from storage.tables.naming import metadata

round_figures = Table(
    "round_figures",
    metadata,
    Column("number_key", Key, ForeignKey("tickets.number_key"), primary_key=True),
    Column("round", Integer, primary_key=True),
    Column("is_last", Boolean, nullable=False),
    Column("counts", Boolean, nullable=False),
    Column("standing", Code, nullable=False),
    Column("logged_at", Moment, nullable=False),
    Column("department", Code, nullable=False),
    Column("assignee", Id),
    Column("kind", Code, nullable=False),
    Column("category", Code, nullable=False),
    Column("priority", Code, nullable=False),
    Column("channel", Code, nullable=False),
    Column("customer_type", Code, nullable=False),
    Column("peak", Boolean, nullable=False),
    Column("promised", Boolean, nullable=False),
    Column("in_time", Boolean, nullable=False),
    # Lengths in whole seconds, by the clock and in opening hours.
    Column("response_s", Integer),
    Column("response_open_s", Integer),
    Column("handling_s", Integer),
    Column("handling_open_s", Integer),
    Column("allowed_s", Integer),
    Column("allowed_open_s", Integer),
    Column("score", Integer),
    Column("cause", Code),
    Column("late_cause", Code),
    Column("repeats", Integer, nullable=False),
    Column("expected_s", Integer),
)
Index(None, round_figures.c.logged_at)

errand_figures = Table(
    "errand_figures",
    metadata,
    Column("number_key", Key, ForeignKey("tickets.number_key"), primary_key=True),
    Column("round", Integer, primary_key=True),
    Column("kind", Code, primary_key=True),
    Column("detail", Code, primary_key=True),
    Column("department", Code, nullable=False),
    Column("person", Id),
    Column("starts_at", Moment, nullable=False),
    Column("due_at", Moment),
    Column("met_at", Moment),
    Column("dropped", Boolean, nullable=False),
    Column("took_s", Integer),
    Column("took_open_s", Integer),
)
Index(None, errand_figures.c.kind, errand_figures.c.starts_at)
Index(None, errand_figures.c.kind, errand_figures.c.due_at)
