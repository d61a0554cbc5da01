"""The weekly meetings: what each looked at, what was decided, and what stands in the way of tickets."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
)

from storage.columns import Code, Id, Key, Moment, Plainly, Sealed
from storage.tables.naming import metadata

meetings = Table(
    "meetings",
    metadata,
    Column("key", Code, primary_key=True),  # the period's: 2026-W48
    Column("starts_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False, index=True),
    Column("is_late", Boolean, nullable=False),
    Column("channel", String(255), nullable=False),  # as desk.yml named it then
    Column("previous", Code),  # the meeting held before
    Column("figures", Plainly, nullable=False),  # frozen
    Column("changes", Integer, nullable=False),  # what was done in it, counted
    Column("started_at", Moment),
    Column("started_by", Id),
    Column("closed_at", Moment),
    Column("closed_by", Id),
)

meeting_rows = Table(
    "meeting_rows",
    metadata,
    Column("meeting", Code, ForeignKey("meetings.key"), primary_key=True),
    Column("number_key", Key, primary_key=True, autoincrement=False),
    Column("department", Code, nullable=False),
    Column("place", Integer, nullable=False),  # within its department, the oldest first
    Column("priority", Code, nullable=False),
    Column("category", Code, nullable=False),
    Column("assignee", Id),
    Column("restricted", Boolean, nullable=False),
    Column("deadline", Code, nullable=False),
    Column("overdue_since", Moment, nullable=False),
    Column("late_s", Integer, nullable=False),  # of working time
    Column("change", Code, nullable=False),  # new, still, solved
)
Index(
    "ix_meeting_rows_place",
    meeting_rows.c.meeting,
    meeting_rows.c.department,
    meeting_rows.c.place,
)

decisions = Table(
    "decisions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("meeting", Code, ForeignKey("meetings.key"), nullable=False),
    Column("number_key", Key, nullable=False),
    Column("place", Integer, nullable=False),  # the meeting's first, second …
    Column("text", Sealed),  # redacted before it is sealed
    Column("help", Sealed),  # likewise
    Column("owner", Id),
    Column("due_at", Moment),
    Column("blocker", Id),
    Column("decided_at", Moment, nullable=False),
    Column("decided_by", Id, nullable=False),
    UniqueConstraint("meeting", "place"),
)
Index(None, decisions.c.meeting, decisions.c.number_key)

blockers = Table(
    "blockers",
    metadata,
    Column("id", Id, primary_key=True),
    Column("name", Sealed, nullable=False),  # redacted before it is sealed
    Column("named_at", Moment, nullable=False),
    Column("named_by", Id, nullable=False),
    Column("solved_at", Moment),
    Column("solved_by", Id),
)
_unsolved = blockers.c.solved_at.is_(None)
Index(
    "ix_blockers_unsolved", blockers.c.named_at, sqlite_where=_unsolved, postgresql_where=_unsolved
)

blocked = Table(
    "blocked",
    metadata,
    Column("blocker", Id, ForeignKey("blockers.id"), primary_key=True),
    Column("number_key", Key, ForeignKey("tickets.number_key"), primary_key=True, index=True),
    Column("since", Moment, nullable=False),
)
