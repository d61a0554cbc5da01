"""What is to be made better, and how far the monthly meeting is."""

from sqlalchemy import Column, Index, Integer, String, Table

from storage.columns import Code, Id, Moment, Sealed
from storage.tables.naming import metadata

improvements = Table(
    "improvements",
    metadata,
    Column("id", Id, primary_key=True),
    Column("source", Code, nullable=False),
    Column("origin", Id, nullable=False),  # the meeting's key, or ""
    Column("point", String(255), nullable=False),  # of its agenda, or ""
    Column("pain", Sealed, nullable=False),  # these four are redacted before they are sealed
    Column("action", Sealed, nullable=False),
    Column("goal", Sealed, nullable=False),
    Column("outcome", Sealed),
    Column("priority", Code, nullable=False),
    Column("department", Code, nullable=False),
    Column("owner", Id, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("decided_at", Moment, nullable=False),
    Column("decided_by", Id, nullable=False),
    Column("done_at", Moment),
    Column("done_by", Id),
)
Index(None, improvements.c.source, improvements.c.origin)
_to_do = improvements.c.done_at.is_(None)
Index("ix_improvements_to_do", improvements.c.due_at, sqlite_where=_to_do, postgresql_where=_to_do)

monthly_meetings = Table(
    "monthly_meetings",
    metadata,
    Column("key", Code, primary_key=True),  # the report's period: 2026-10
    Column("changes", Integer, nullable=False),  # what was done in it, counted
    Column("started_at", Moment),
    Column("started_by", Id),
    Column("closed_at", Moment),
    Column("closed_by", Id),
)
