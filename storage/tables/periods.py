"""Scheduled jobs: which period was settled when, and the figures it said."""

from sqlalchemy import Boolean, Column, Index, Table

from storage.columns import Code, Moment, Plainly
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
