"""Who is who, who is away, whose turn it is, and what was kept for whom."""

from sqlalchemy import Boolean, Column, String, Table

from storage.columns import Code, Id, Moment, Sealed
from storage.tables.naming import metadata

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

planned_absences = Table(
    "planned_absences",
    metadata,
    Column("person", Id, primary_key=True),
    Column("since", Moment, primary_key=True),
    Column("until", Moment, nullable=False),
    Column("reason", Code, nullable=False),
    Column("planned_by", Id, nullable=False),
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
